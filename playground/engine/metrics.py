"""Metrics: how good the predictions are, in numbers that people compare."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.engine.arrays import Array


def classify(outputs: Array, threshold: float) -> NDArray[np.intp]:
    """The class of each sample: outputs (samples, k), one of them against a threshold or the largest of k."""
    if outputs.shape[1] == 1:
        return (outputs[:, 0] >= threshold).astype(np.intp)
    classes: NDArray[np.intp] = outputs.argmax(axis=1)
    return classes


def classification_metrics(outputs: Array, labels: NDArray[Any], threshold: float) -> Mapping[str, float]:
    """Accuracy, the share of samples (0 to 1) whose class is right."""
    return {"accuracy": float(np.mean(classify(outputs, threshold) == labels))}


def regression_metrics(outputs: Array, targets: NDArray[Any]) -> Mapping[str, float]:
    """Mean absolute error, root of the mean squared error, and R² (1 − squared error / variance)."""
    error = outputs[:, 0].astype(np.float64) - targets
    squared = float(np.mean(error**2))
    variance = float(np.var(targets))
    return {
        "mae": float(np.mean(np.abs(error))),
        "rmse": squared**0.5,
        "r2": 1 - squared / variance if variance > 0 else 0.0,
    }
