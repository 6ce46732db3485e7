"""Bringing inputs and targets to one scale, since a network learns faster from numbers of like size."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from playground.record import record
from playground.value import Kind

Floats = NDArray[np.float64]


class Fitted(ABC):
    """A scaling with its numbers found."""

    @abstractmethod
    def apply(self, inputs: Floats) -> Floats:
        """The scaled inputs, (n, k) as given."""

    @abstractmethod
    def undo(self, scaled: Floats) -> Floats:
        """The numbers (n, k) that were scaled to these."""


@record(eq=False)
class ByColumn(Fitted):
    """(inputs − shift) · factor, column by column."""

    shift: Floats
    """(k,)"""
    factor: Floats
    """(k,)"""

    def apply(self, inputs: Floats) -> Floats:
        """The scaled inputs, (n, k) as given."""
        scaled: Floats = inputs - self.shift
        scaled *= self.factor  # in place, as pictures are many
        return scaled

    def undo(self, scaled: Floats) -> Floats:
        """The numbers (n, k) that were scaled to these."""
        return scaled / self.factor + self.shift


@record(eq=False)
class ByMatrix(Fitted):
    """(inputs − shift) · matrix: every scaled column is a mixture of all inputs."""

    shift: Floats
    """(k,)"""
    matrix: Floats
    """(k, k)"""

    def apply(self, inputs: Floats) -> Floats:
        """The scaled inputs, (n, k) as given."""
        return (inputs - self.shift) @ self.matrix

    def undo(self, scaled: Floats) -> Floats:
        """The numbers (n, k) that were scaled to these."""
        return scaled @ np.linalg.inv(self.matrix) + self.shift


@record(eq=False)
class OverTime(Fitted):
    """Each step of a sequence by the same numbers; steps that are not there stay NaN."""

    of_step: Fitted
    columns: int

    def apply(self, inputs: Floats) -> Floats:
        """The scaled inputs, (n, time · columns) as given."""
        return self.of_step.apply(inputs.reshape(-1, self.columns)).reshape(inputs.shape)

    def undo(self, scaled: Floats) -> Floats:
        """The numbers (n, time · columns) that were scaled to these."""
        return self.of_step.undo(scaled.reshape(-1, self.columns)).reshape(scaled.shape)


class Scaling(Kind):
    """How numbers are scaled."""

    mixes: ClassVar[bool] = False
    """Whether a scaled input is made of several, so that it stands for none of them."""

    @abstractmethod
    def fit(self, inputs: Floats) -> Fitted:
        """Find the numbers from the training inputs (n, k); a constant column is only shifted."""

    def names(self, inputs: tuple[str, ...]) -> tuple[str, ...]:
        """What to call the scaled inputs, given the names of the k inputs."""
        return inputs


def fitted_to(values: Floats, scaling: Scaling, columns: int) -> Fitted:
    """A scaling with its numbers from values (n, k); of steps with so many columns, where there are any.

    Steps that are not there tell nothing of them.
    """
    if not columns:
        return scaling.fit(values)
    steps = values.reshape(-1, columns)
    there = steps[~np.isnan(steps).any(axis=1)]
    return OverTime(scaling.fit(there if len(there) else np.zeros((1, columns))), columns)


class NoScaling(Scaling):
    title = "None"
    help = "The numbers stay as they are."
    formula = "x′ = x"
    advice = "When all numbers are of like size already, as on the plane."
    kind: Literal["none"] = "none"

    def fit(self, inputs: Floats) -> Fitted:
        """Nothing is shifted or stretched."""
        columns = inputs.shape[1]
        return ByColumn(np.zeros(columns), np.ones(columns))


class MinMax(Scaling):
    title = "Min–max to [0, 1]"
    help = "The smallest number in training becomes 0, the largest 1."
    formula = "x′ = (x − min) / (max − min)"
    advice = "For numbers with firm bounds, such as the brightness of pixels."
    kind: Literal["min_max"] = "min_max"

    def fit(self, inputs: Floats) -> Fitted:
        """Shift by the minimum, divide by the range."""
        low, high = inputs.min(axis=0), inputs.max(axis=0)
        return ByColumn(low, _inverse(high - low, _rounding(inputs)))


class SymmetricMinMax(Scaling):
    title = "Min–max to [−1, 1]"
    help = "The smallest number in training becomes −1, the largest 1."
    formula = "x′ = 2(x − min) / (max − min) − 1"
    advice = "For numbers with firm bounds; centred on zero, which tanh likes better."
    kind: Literal["min_max_symmetric"] = "min_max_symmetric"

    def fit(self, inputs: Floats) -> Fitted:
        """Shift by the middle of the range, divide by half of it."""
        low, high = inputs.min(axis=0), inputs.max(axis=0)
        return ByColumn((low + high) / 2, _inverse((high - low) / 2, _rounding(inputs)))


class Standardize(Scaling):
    title = "Standardize"
    help = "The numbers seen in training get mean 0 and standard deviation 1 (z-score)."
    formula = "x′ = (x − mean) / σ"
    advice = "The usual choice for tables, whose columns have units of their own."
    kind: Literal["z_score"] = "z_score"

    def fit(self, inputs: Floats) -> Fitted:
        """Shift by the mean, divide by the standard deviation."""
        return ByColumn(inputs.mean(axis=0), _inverse(inputs.std(axis=0), _rounding(inputs)))


class PcaWhitening(Scaling):
    title = "PCA whitening"
    help = "Turns what was seen in training to its principal components, each with variance 1."
    formula = "x′ = Λ^(−½) Vᵗ(x − mean),   VΛVᵗ: covariance"
    advice = "When columns go up and down together; the loss then has rounder valleys."
    reference = "Hotelling 1933."
    kind: Literal["pca_whitening"] = "pca_whitening"
    mixes = True

    def fit(self, inputs: Floats) -> Fitted:
        """Shift by the mean, turn, divide by the standard deviations; the first component varies most."""
        shift = inputs.mean(axis=0)
        triangle = np.linalg.qr(inputs - shift, mode="r")  # has the same components, and at most k rows
        _, lengths, components = np.linalg.svd(triangle)
        spread = np.zeros(len(components))
        spread[: len(lengths)] = lengths / np.sqrt(len(inputs))
        components *= _signs(components)
        rounding = np.abs(components) @ _rounding(inputs)
        return ByMatrix(shift, components.T * _inverse(spread, rounding))

    def names(self, inputs: tuple[str, ...]) -> tuple[str, ...]:
        """The components by number."""
        return tuple(f"PC {number}" for number in range(1, len(inputs) + 1))


def _signs(components: Floats) -> Floats:
    """±1 for each row (k, 1), so that its first large entry becomes positive.

    Large is half of the largest: which of two equally large entries is the largest would be up to rounding.
    """
    sizes = np.abs(components)
    first = np.argmax(sizes >= sizes.max(axis=1, keepdims=True) / 2, axis=1)
    signs: Floats = np.copysign(1.0, np.take_along_axis(components, first[:, None], axis=1))
    return signs


def _rounding(inputs: Floats) -> Floats:
    """How much rounding may move the columns of the inputs (n, k), with room to spare; (k,)."""
    number = np.finfo(np.float64)
    rounding: Floats = 10 * number.eps * np.maximum(inputs.max(axis=0), -inputs.min(axis=0)) + number.tiny
    return rounding


def _inverse(spread: Floats, rounding: Floats) -> Floats:
    """1 / spread (k,), and 1 for what varies by no more than rounding does."""
    return 1 / np.where(spread > rounding, spread, 1.0)
