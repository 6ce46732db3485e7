"""Metrics: how good the predictions are, in numbers that people compare.

`outputs` are (samples, k), with k = 1 for two classes told apart by a threshold; `labels` are the true
classes (samples,), whole numbers from 0.  Of two classes, 1 is the positive one.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import nan
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.engine.arrays import Array

Counts = NDArray[np.int64]


def border(low: float) -> float:
    """The threshold between two classes, of which the lower is coded as `low` (−1 or 0), the other as 1."""
    return (low + 1) / 2


def classify(outputs: Array, threshold: float) -> NDArray[np.intp]:
    """The class of each sample: one output against a threshold, or the largest of k."""
    if outputs.shape[1] == 1:
        return (outputs[:, 0] >= threshold).astype(np.intp)
    classes: NDArray[np.intp] = outputs.argmax(axis=1)
    return classes


# --- classes: what every epoch records --------------------------------------------------------------


def classification_metrics(outputs: Array, labels: NDArray[Any], threshold: float) -> Mapping[str, float]:
    """Accuracy, the share of samples (0 to 1) whose class is right."""
    right = int(np.count_nonzero(classify(outputs, threshold) == labels))
    return {"accuracy": right / len(labels)}


# --- classes: in detail -----------------------------------------------------------------------------


def confusion_matrix(labels: NDArray[Any], predicted: NDArray[Any], classes: int) -> Counts:
    """How often each true class (row) was taken for each class (column): (classes, classes)."""
    pairs = labels.astype(np.intp) * classes + predicted
    return np.bincount(pairs, minlength=classes * classes).reshape(classes, classes)


def confusion_metrics(confusion: Counts) -> Mapping[str, float]:
    """Accuracy, 0-1 loss, precision, recall and F1, each 0 to 1.

    The last three are of the positive class where there are two, and otherwise the mean over the classes that
    occur or are predicted.  A share of nothing counts as 0.
    """
    right, named, there = confusion.diagonal(), confusion.sum(axis=0), confusion.sum(axis=1)
    accuracy = _share(right.sum(), confusion.sum())
    of_classes = slice(1, 2) if len(confusion) == 2 else named + there > 0
    shares = {"precision": (right, named), "recall": (right, there), "f1": (2 * right, named + there)}
    return {"accuracy": accuracy, "zero_one": 1 - accuracy} | {
        name: float(np.mean(_shares(part, whole)[of_classes])) for name, (part, whole) in shares.items()
    }


def _share(part: float, whole: float) -> float:
    return float(part / whole) if whole else 0.0


def _shares(parts: Counts, wholes: Counts) -> Array:
    return np.divide(parts, wholes, out=np.zeros(len(parts)), where=wholes > 0)


def roc_auc(scores: Array, positive: NDArray[np.bool_]) -> float:
    """The area under the ROC curve: how often a positive sample scores above a negative one, ties half.

    NaN when there is only one sort of sample.  Mann & Whitney 1947.
    """
    negatives, positives = np.sort(scores[~positive]), np.sort(scores[positive])
    if not (len(negatives) and len(positives)):
        return nan
    below = np.searchsorted(negatives, positives, "left").sum()
    not_above = np.searchsorted(negatives, positives, "right").sum()
    return float(below + not_above) / (2 * len(negatives) * len(positives))


def auc(outputs: Array, labels: NDArray[Any]) -> float:
    """ROC-AUC by the last output for two classes; for more, the mean of each class against the rest.

    Classes without samples are left out; NaN when nothing can be compared.
    """
    if outputs.shape[1] <= 2:
        return roc_auc(outputs[:, -1], labels == 1)
    areas = [roc_auc(column, labels == index) for index, column in enumerate(outputs.T)]
    known = [area for area in areas if area == area]  # not NaN
    return sum(known) / len(known) if known else nan


# --- numbers ----------------------------------------------------------------------------------------


def regression_metrics(outputs: Array, targets: NDArray[Any]) -> Mapping[str, float]:
    """Mean absolute error, root of the mean squared error, and R² (1 − squared error / variance).

    `targets` are (samples,), or (samples, k) of which all are taken together, each about its own mean.  R² of
    targets that are all alike is 1 for a perfect prediction and 0 for any other.  What is not asked for, NaN,
    counts nothing.
    """
    targets = targets.reshape(outputs.shape)
    error = np.subtract(outputs, targets, dtype=np.float64)
    asked = ~np.isnan(targets)
    if asked.all():
        return _of_errors(error.ravel(), squared_deviation(targets))
    mean = np.nansum(targets, axis=0) / np.maximum(asked.sum(axis=0), 1)
    deviation = (targets - mean)[asked]
    return _of_errors(error[asked], float(np.dot(deviation, deviation)))


def squared_deviation(targets: Array) -> float:
    """The sum of the squared distances of targets (samples, k) from the mean of each column."""
    deviation = (targets - targets.sum(axis=0) / max(len(targets), 1)).ravel()
    return float(np.dot(deviation, deviation))


def metrics_of_sums(absolute: Any, squared: Any, deviation: float, count: int) -> Mapping[str, Any]:
    """The same by the sums of absolute and squared errors, and of the targets' squared deviations.

    The errors may be arrays of sums, and then so are the metrics.
    """
    if not count:
        return dict.fromkeys(("mae", "rmse", "r2"), nan)
    return {
        "mae": absolute / count,
        "rmse": np.sqrt(squared / count),
        "r2": 1 - squared / deviation if deviation > 0 else (squared == 0) * 1.0,
    }


def _of_errors(error: Array, deviation: float) -> Mapping[str, float]:
    return metrics_of_sums(float(np.abs(error).sum()), float(np.dot(error, error)), deviation, len(error))
