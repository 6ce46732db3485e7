"""How the gradient of weights is summed up: an error term by what it met, at each place that they serve."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from math import prod

import numpy as np
from numpy.typing import NDArray

from playground.engine.arrays import Array
from playground.record import record

Numbers = NDArray[np.intp]


@record(eq=False)
class GradientSum:
    """The gradient of weight (row, column) is the sum of deltas[row] · read[column] over places and samples.

    Attributes:
        block: the block of parameters that the weights are in.
        deltas: (rows, places …, samples), the gradient with respect to what the weights bring at a place.
        read: (columns, places …, samples), what they weigh there.
        entries: (rows, columns) which number of the block each weight is; None where that is their order.
        units: (columns, places …) which value of the layer's input is read there, −1 for none; None where no
            gradient goes back this way.
        ends: (2, places) from which node to which, where places are edges and the samples' axis is missing.
    """

    block: str
    deltas: Array
    read: Array
    entries: Numbers | None = None
    units: Numbers | None = None
    ends: Numbers | None = None

    def in_order(self, order: Numbers) -> GradientSum:
        """A copy with the samples in another order."""
        if self.ends is not None:
            return replace(self, deltas=self.deltas.copy(), read=self.read.copy())
        return replace(self, deltas=self.deltas[..., order], read=self.read[..., order])

    def read_in(self, mark: str, order: slice) -> GradientSum:
        """Those of the block with that mark behind its name, of steps that were read in some order."""
        return replace(self, block=self.block + mark, deltas=self.deltas[:, order], read=self.read[:, order])

    def over(self, places: Sequence[int], width: int) -> GradientSum:
        """The same where samples are places of samples, of each of which so many values are in a row."""
        shape = *places, -1
        return replace(
            self,
            deltas=self.deltas.reshape(len(self.deltas), *shape),
            read=self.read.reshape(len(self.read), *shape),
            units=None if self.units is None else numbered(places, self.units, width),
        )

    @property
    def size(self) -> int:
        """How many numbers it holds."""
        return self.deltas.size + self.read.size


Sums = Callable[[], tuple[GradientSum, ...]]
"""Gives them behind a step, as long as its arrays have not been written anew."""


def outer(block: str, deltas: Array, read: Array) -> tuple[GradientSum, ...]:
    """That of a matrix of weights with the biases last, which reads a row of values and ones behind it."""
    return (GradientSum(block, deltas, read, units=columns(len(read) - 1)),)


def numbered(places: Sequence[int], units: Numbers, width: int) -> Numbers:
    """Which value is read at each place, (columns, places …), where there so many are in a row.

    `units` says which of those in the row each column reads, −1 for none.
    """
    starts = width * np.arange(prod(places)).reshape(places)
    columns = units.reshape(-1, *[1] * len(places))
    return np.where(columns < 0, -1, columns + starts)


def columns(count: int) -> Numbers:
    """That so many columns read one value each, and another one 1, for the bias."""
    return with_ones(np.arange(count))


def with_ones(units: Numbers) -> Numbers:
    """With a last column that reads no value, but 1 for the bias."""
    return np.concatenate([units, np.full_like(units[:1], -1)])
