"""Samples with two columns of different size, which go together, and one sample that may lie outside."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

COUNT = 64
WEIGHTS = np.array([1.0, -0.7])
"""What the target is made of: both columns, each by its own standard deviation."""
NOISE = 0.2


class MeasuredSamples(NamedTuple):
    """Inputs (n, 2) as they are measured, and targets (n,) about their mean."""

    inputs: Floats
    targets: Floats


class ColumnUnits(NamedTuple):
    """How the columns are: their mean in standard deviations, and how many times wider the second is."""

    mean: float
    ratio: float

    def measured(self, standard: Floats) -> Floats:
        """Inputs (n, 2) of what is told in standard deviations."""
        return (standard + self.mean) * (1.0, self.ratio)

    def standard(self, measured: Floats) -> Floats:
        """The other way."""
        return measured / (1.0, self.ratio) - self.mean


def drawn(
    columns: ColumnUnits, together: float, outside: tuple[float, float] | None, seed: int
) -> MeasuredSamples:
    """Samples whose columns correlate; the one outside, in standard deviations, comes last."""
    chance = np.random.default_rng(seed)
    standard = chance.standard_normal((COUNT, 2))
    standard[:, 1] = together * standard[:, 0] + np.sqrt(1 - together**2) * standard[:, 1]
    noise = NOISE * chance.standard_normal(COUNT)
    if outside is not None:
        standard, noise = np.vstack([standard, outside]), np.append(noise, 0.0)
    targets = standard @ WEIGHTS + noise
    return MeasuredSamples(columns.measured(standard), targets - targets.mean())
