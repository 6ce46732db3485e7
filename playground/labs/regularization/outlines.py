"""The outlines of a loss and of a penalty in the plane of two weights."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from playground.labs.regularization.laboratory import Regularization

Floats = NDArray[np.float64]

ANGLES = np.linspace(0, 2 * np.pi, 181)
"""Of the points of an outline; corners of the ball of L1 are among them."""


def contour(lab: Regularization, level: float) -> Floats:
    """Where the loss is so far above its least: an ellipse (n, 2)."""
    values, axes = np.linalg.eigh(lab.curvature)
    circle = np.stack([np.cos(ANGLES), np.sin(ANGLES)])
    spread: Floats = axes @ (circle * np.sqrt(2 * max(level, 0.0) / values)[:, np.newaxis])
    return spread.T + lab.best


def ball(lab: Regularization, price: float) -> Floats:
    """Where weights cost so much, for λ = 1: (n, 2)."""
    ways = np.stack([np.cos(ANGLES), np.sin(ANGLES)], axis=1)
    square, size = (1 - lab.alpha) / 2, lab.alpha * np.abs(ways).sum(axis=1)
    price = max(price, 0.0)
    far = price / size if square == 0 else (np.sqrt(size**2 + 4 * square * price) - size) / (2 * square)
    outline: Floats = ways * np.asarray(far)[:, np.newaxis]
    return outline
