"""Samples of a regression with two weights: the slope that each one sees, and how means of them scatter."""

from __future__ import annotations

from dataclasses import dataclass
from math import atan2, hypot, sqrt

import numpy as np
from numpy.random import default_rng
from numpy.typing import NDArray

from playground.labs.race.terrain import Box

Floats = NDArray[np.float64]

TRUE = np.array([1.0, -0.5])
"""The weights that the targets are made by."""
SPREADS = np.array([1.0, 0.6])
"""Standard deviations of the two inputs: the loss is flatter along the second."""
REACH = (2.4, 1.8)
"""How far is seen around the true weights."""


@dataclass(frozen=True, eq=False)
class RegressionSamples:
    """Inputs (n, 2) and targets (n,); the loss is ½ mean (w₁x₁ + w₂x₂ − t)²."""

    inputs: Floats
    targets: Floats

    @classmethod
    def drawn(cls, count: int, noise: float, seed: int) -> RegressionSamples:
        """So many, with normal noise of this standard deviation on their targets."""
        chance = default_rng(seed)
        inputs = chance.standard_normal((count, 2)) * SPREADS
        return cls(inputs, inputs @ TRUE + noise * chance.standard_normal(count))

    def loss(self, x: Floats, y: Floats) -> Floats:
        """The loss at weights, arrays of one shape."""
        hessian = self.inputs.T @ self.inputs / len(self.targets)
        pull = self.inputs.T @ self.targets / len(self.targets)
        squares: Floats = hessian[0, 0] * x * x + 2 * hessian[0, 1] * x * y + hessian[1, 1] * y * y
        level = float(np.mean(self.targets**2)) / 2
        return np.asarray(squares / 2 - pull[0] * x - pull[1] * y + level, np.float64)

    def slopes(self, w: Floats) -> Floats:
        """The gradient that each sample sees (n, 2); that of the loss is their mean."""
        errors = self.inputs[:, 0] * w[0] + self.inputs[:, 1] * w[1] - self.targets
        return np.asarray(self.inputs * errors[:, np.newaxis], np.float64)

    @property
    def lowest(self) -> float:
        """The least loss that there is."""
        best, *_ = np.linalg.lstsq(self.inputs, self.targets)
        return float(np.mean((self.inputs @ best - self.targets) ** 2)) / 2

    @property
    def seen(self) -> Box:
        """The part of the plane of weights that is seen."""
        (x, y), (across, up) = TRUE.tolist(), REACH
        return x - across, x + across, y - up, y + up


@dataclass(frozen=True)
class Scatter:
    """How means of batches lie about the mean of all: an ellipse of one standard deviation.

    Attributes:
        longer, shorter: its radii.
        turned: radians from the first axis to the longer radius.
    """

    longer: float
    shorter: float
    turned: float

    @property
    def deviation(self) -> float:
        """The root of the mean squared distance."""
        return hypot(self.longer, self.shorter)


def scatter(slopes: Floats, batch: int) -> Scatter:
    """That of means of so many of the slopes (n, 2), drawn without putting back.

    Worked out without products of matrices, so that a window may ask for it at any time.
    """
    count = len(slopes)
    if batch >= count:
        return Scatter(0.0, 0.0, 0.0)
    (x, y), share = (slopes - slopes.mean(axis=0)).T, (count - batch) / (count - 1) / batch
    a, b, c = (float(np.mean(each)) * share for each in (x * x, x * y, y * y))
    middle, half = (a + c) / 2, hypot((a - c) / 2, b)
    return Scatter(sqrt(middle + half), sqrt(max(middle - half, 0.0)), atan2(2 * b, a - c) / 2)
