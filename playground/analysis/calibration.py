"""How sure a network is beside how often it is right, and which mistakes it makes, class by class."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan

import numpy as np
from numpy.typing import NDArray

from playground.data.prepared import Split
from playground.engine.arrays import Array
from playground.engine.metrics import Counts, auc, confusion_matrix, confusion_metrics
from playground.training.moment import Answers, Moment

BINS = 10


@dataclass(frozen=True, eq=False)
class Calibration:
    """Samples by how sure the network was.

    Attributes:
        sure: (bins,) the mean probability of the answers of each bin that has any.
        right: (bins,) the share of them that is right.
        counts: (bins,) how many they are.
        error: the mean distance of both, weighed by the counts (expected calibration error).
    """

    sure: Array
    right: Array
    counts: NDArray[np.int64]
    error: float


@dataclass(frozen=True, eq=False)
class SideJudged:
    """One side of the split.

    Attributes:
        losses: (classes,) the mean loss of the samples of each class, NaN where there is none; of numbers
            that of all samples alone.
        counts: (classes,) how many there are.
        confusion: true class (row) by predicted (column); None for numbers.
        metrics: what follows from that.
        calibration: None where the outputs are no probabilities.
    """

    losses: Array
    counts: NDArray[np.int64]
    confusion: Counts | None = None
    metrics: dict[str, float] | None = None
    calibration: Calibration | None = None


def calibration(shares: Array, labels: NDArray[np.intp]) -> Calibration:
    """By the probabilities of each class (n, classes), and the true ones (n,).

    Of two classes the probability of the second counts, and how often that is the true one; of more that of
    the answer, and how often it is right.  Bins are equally wide.  Guo et al. 2017.
    """
    sure, hits = shares[:, -1], labels == 1
    if shares.shape[1] > 2:
        sure, hits = shares.max(axis=1), shares.argmax(axis=1) == labels
    places = np.clip(np.searchsorted(np.linspace(0, 1, BINS + 1)[1:-1], sure), 0, BINS - 1)
    counts = np.bincount(places, minlength=BINS)
    there = counts > 0
    means = np.bincount(places, sure, BINS)[there] / counts[there]
    right = np.bincount(places, hits, BINS)[there] / counts[there]
    error = float((np.abs(means - right) * counts[there]).sum() / max(len(labels), 1)) if len(labels) else nan
    return Calibration(means, right, counts[there], error)


def judge(moment: Moment) -> dict[str, SideJudged]:
    """Every side of the split that there is: "training", "test" and perhaps "validation"."""
    data = moment.data
    sides = {"training": data.train, "test": data.test, "validation": data.validation}
    return {
        name: _judged(moment, split, moment.judge(split))
        for name, split in sides.items()
        if split is not None and len(split.inputs)
    }


def _judged(moment: Moment, split: Split, answers: Answers) -> SideJudged:
    classes, losses = moment.data.task.classes, answers.losses
    assert losses is not None
    if not classes or answers.classes is None:
        return SideJudged(np.array([losses.mean()]), np.array([len(losses)]))
    labels = split.truth.astype(np.intp)
    counts = np.bincount(labels, minlength=classes)
    sums = np.bincount(labels, losses, classes)
    means = np.divide(sums, counts, out=np.full(classes, nan), where=counts > 0)
    confusion = confusion_matrix(labels, answers.classes, classes)
    scores = answers.outputs if answers.shares is None else answers.shares
    metrics = {**confusion_metrics(confusion), "auc": auc(scores, labels)}
    known = None if answers.shares is None else calibration(answers.shares, labels)
    return SideJudged(means, counts, confusion, metrics, known)
