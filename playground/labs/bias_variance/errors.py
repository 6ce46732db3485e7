"""What errors are made of, by the size of the model, and what each part of the data is for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Fits:
    """Models of one size, each fitted to samples of its own.

    Attributes:
        x, y: the samples (sets, n).
        grid: places (g,) at which all are looked at, as many everywhere.
        truth: what is true there.
        predictions: what each says there (sets, g).
    """

    x: Floats
    y: Floats
    grid: Floats
    truth: Floats
    predictions: Floats

    @property
    def mean(self) -> Floats:
        """What they say on average (g,)."""
        mean: Floats = self.predictions.mean(axis=0)
        return mean

    @property
    def error(self) -> float:
        """How far they are from the truth: the mean square."""
        return float(np.mean((self.predictions - self.truth) ** 2))

    @property
    def bias(self) -> float:
        """How far their average is from the truth, squared; the chance of few sets is taken out."""
        spread = float(np.mean(self.predictions.var(axis=0, ddof=1)))
        return max(self.error - spread, 0.0)

    @property
    def variance(self) -> float:
        """How far they are from their average: what is left of the error."""
        return self.error - self.bias


@dataclass(frozen=True)
class SizeErrors:
    """Mean squared errors of models of one size.

    Attributes:
        size: degree of the polynomial, or number of neurons.
        bias, variance: of all sets, bias being squared.
        training, validation, test: of the model of the first set, on what it was fitted to, on samples kept
            aside, and on endless fresh ones.
    """

    size: int
    bias: float
    variance: float
    training: float
    validation: float
    test: float


def chosen_by_validation(found: list[SizeErrors]) -> SizeErrors | None:
    """The size with the smallest error on the samples kept aside; the smaller of two alike."""
    return min(found, key=lambda each: (each.validation, each.size), default=None)
