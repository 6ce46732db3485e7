"""Bringing the inputs to one scale, since a network learns faster from numbers of like size."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from playground.value import Kind

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Fitted:
    """A scaling with its numbers found: (inputs − shift) · factor, column by column."""

    shift: Floats
    """(k,)"""
    factor: Floats
    """(k,)"""

    def apply(self, inputs: Floats) -> Floats:
        """The scaled inputs, (n, k) as given."""
        return (inputs - self.shift) * self.factor


class Scaling(Kind):
    """How inputs are scaled."""

    @abstractmethod
    def fit(self, inputs: Floats) -> Fitted:
        """Find the numbers from the training inputs (n, k); a constant column is only shifted."""


class NoScaling(Scaling):
    """The inputs stay as they are."""

    title: ClassVar[str] = "None"
    kind: Literal["none"] = "none"

    def fit(self, inputs: Floats) -> Fitted:
        """Nothing is shifted or stretched."""
        columns = inputs.shape[1]
        return Fitted(np.zeros(columns), np.ones(columns))


class MinMax(Scaling):
    """The smallest training input becomes 0, the largest 1."""

    title: ClassVar[str] = "Min–max to [0, 1]"
    kind: Literal["min_max"] = "min_max"

    def fit(self, inputs: Floats) -> Fitted:
        """Shift by the minimum, divide by the range."""
        low, high = inputs.min(axis=0), inputs.max(axis=0)
        return Fitted(low, _inverse(high - low, inputs))


class SymmetricMinMax(Scaling):
    """The smallest training input becomes −1, the largest 1."""

    title: ClassVar[str] = "Min–max to [−1, 1]"
    kind: Literal["min_max_symmetric"] = "min_max_symmetric"

    def fit(self, inputs: Floats) -> Fitted:
        """Shift by the middle of the range, divide by half of it."""
        low, high = inputs.min(axis=0), inputs.max(axis=0)
        return Fitted((low + high) / 2, _inverse((high - low) / 2, inputs))


class Standardize(Scaling):
    """The training inputs get mean 0 and standard deviation 1 (z-score)."""

    title: ClassVar[str] = "Standardize"
    kind: Literal["z_score"] = "z_score"

    def fit(self, inputs: Floats) -> Fitted:
        """Shift by the mean, divide by the standard deviation."""
        return Fitted(inputs.mean(axis=0), _inverse(inputs.std(axis=0), inputs))


def _inverse(spread: Floats, inputs: Floats) -> Floats:
    """1 / spread (k,), and 1 for the columns of the inputs (n, k) that vary by no more than rounding does."""
    number = np.finfo(np.float64)
    rounding = 10 * number.eps * np.abs(inputs).max(axis=0) + number.tiny
    return 1 / np.where(spread > rounding, spread, 1.0)
