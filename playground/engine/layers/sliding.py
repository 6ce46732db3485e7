"""Windows that move over a grid of values: where they lie, and views of what they see, without a copy."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from typing import Literal, TypeAlias

import numpy as np
from numpy.lib.stride_tricks import as_strided

from playground.engine.arrays import Array, Places, Shape
from playground.engine.layers.base import Layer, LayerProblem
from playground.numbers.writing import by
from playground.record import record
from playground.text import say

Padding: TypeAlias = Literal["valid", "same", "causal"]


@record
class Side:
    """One direction of the grid: how many values it has, and how windows move along it.

    Attributes:
        length: how many values there are.
        size: how many of them a window sees.
        stride: how far one window is from the next.
        dilation: how far what a window sees lies apart.
        before, after: by how much the grid is padded at its ends.
    """

    length: int
    size: int
    stride: int
    dilation: int
    before: int
    after: int

    @classmethod
    def of(
        cls, length: int, size: int, stride: int = 1, dilation: int = 1, padding: Padding = "valid"
    ) -> Side:
        """One that is padded as Keras does.

        With "same" there are length / stride windows, rounded up, and an odd zero is behind; with "causal"
        all zeros are in front, so that no window sees what comes later.
        """
        reach = dilation * (size - 1)
        match padding:
            case "valid":
                return cls(length, size, stride, dilation, 0, 0)
            case "causal":
                return cls(length, size, stride, dilation, reach, 0)
        windows = -(-length // stride)
        zeros = max((windows - 1) * stride + reach + 1 - length, 0)
        return cls(length, size, stride, dilation, zeros // 2, zeros - zeros // 2)

    @property
    def padded(self) -> int:
        """How many values there are with the padding."""
        return self.before + self.length + self.after

    @property
    def count(self) -> int:
        """How many windows fit; 0 or less when none does."""
        return (self.padded - self.dilation * (self.size - 1) - 1) // self.stride + 1

    @property
    def inside(self) -> slice:
        """Where the values lie in the padded grid."""
        return slice(self.before, self.before + self.length)

    def span(self, places: range) -> range:
        """From the first to the last value that the windows at these places see, padding too."""
        reach = self.dilation * (self.size - 1) + 1
        first, last = places.start * self.stride, (places.stop - 1) * self.stride
        return range(first - self.before, last - self.before + reach)

    @property
    def begun(self) -> range:
        """The value by which each window is there: so there are as many as of a shorter grid."""
        first = 0 if self.before or self.after else self.dilation * (self.size - 1)
        return range(first, self.length, self.stride)[: self.count]

    def seen(self, place: int) -> slice:
        """What all windows see at one of their places."""
        start = place * self.dilation
        return slice(start, start + (self.count - 1) * self.stride + 1, self.stride)


@record
class SlidingWindows:
    """Windows over a grid (height, width, …)."""

    down: Side
    across: Side

    @property
    def count(self) -> int:
        """How many there are."""
        return self.down.count * self.across.count

    @property
    def size(self) -> int:
        """How many values of one channel each of them sees."""
        return self.down.size * self.across.size

    @property
    def sizes(self) -> tuple[int, int]:
        """How many values a window sees down and across."""
        return self.down.size, self.across.size

    @property
    def strides(self) -> tuple[int, int]:
        """How far one window is from the next, down and across."""
        return self.down.stride, self.across.stride

    @property
    def dilations(self) -> tuple[int, int]:
        """How far what a window sees lies apart, down and across."""
        return self.down.dilation, self.across.dilation

    @property
    def padding(self) -> tuple[int, int, int, int]:
        """By how much the grid is padded above, below, left and right."""
        return self.down.before, self.down.after, self.across.before, self.across.after

    @property
    def pads(self) -> bool:
        """Whether the grid is padded."""
        return self.down.padded > self.down.length or self.across.padded > self.across.length

    def padded(self, values: Array, outside: float = 0.0) -> Array:
        """A grid for `values` with something around them; that itself where nothing is."""
        if not self.pads:
            return values
        return np.full((self.down.padded, self.across.padded, *values.shape[2:]), outside, values.dtype)

    def inside(self, grid: Array) -> Array:
        """The values of a padded grid, without what is around them."""
        return grid[self.down.inside, self.across.inside]

    def places(self, grid: Array) -> Iterator[Array]:
        """What all windows see at each of their places in turn, (rows, columns, …), of a padded grid."""
        for down, across in np.ndindex(self.down.size, self.across.size):
            yield grid[self.down.seen(down), self.across.seen(across)]

    def view(self, grid: Array) -> Array:
        """All windows of a padded grid at once: (down, across, rows, columns, …)."""
        tall, wide, *others = grid.strides
        return as_strided(
            grid,
            (self.down.size, self.across.size, self.down.count, self.across.count, *grid.shape[2:]),
            (
                self.down.dilation * tall,
                self.across.dilation * wide,
                self.down.stride * tall,
                self.across.stride * wide,
                *others,
            ),
        )


class Windowed(Layer):
    """A layer of whose values each is made of one window over a picture, or over a sequence."""

    @abstractmethod
    def windows(self, shape: Shape) -> SlidingWindows:
        """The windows over a picture, or over a sequence as a picture of one row.

        Raises:
            LayerProblem: when it is neither, or too small.
        """

    def sees(self, shape: Shape, places: Places) -> Places:
        windows = self.windows(shape)
        sides = (windows.down, windows.across)[-len(places) :]
        return tuple(side.span(along) for side, along in zip(sides, places, strict=True))


def fitting(layer: Layer, windows: SlidingWindows, size: str) -> SlidingWindows:
    """The windows, where at least one fits.

    Raises:
        LayerProblem: when none does.
    """
    if windows.down.count < 1 or windows.across.count < 1:
        raise LayerProblem(
            say(
                "layer.window_too_large",
                "A window of {layer} is larger than its input of {size}; make it smaller, or pad the input.",
                layer=layer.named(),
                size=size,
            )
        )
    return windows


def on_a_grid(layer: Layer, shape: Shape) -> Shape:
    """The shape, which is that of a picture or of a sequence.

    Raises:
        LayerProblem: when it is neither.
    """
    if len(shape) not in (2, 3):
        raise LayerProblem(
            say(
                "layer.reads_grids",
                "{layer} reads pictures or sequences, and is given {shape}; put it before the Flatten.",
                layer=layer.named(),
                shape=by(shape),
            )
        )
    return shape


def in_time(layer: Layer, shape: Shape) -> tuple[int, int]:
    """Steps and columns of the sequences that a layer reads.

    Raises:
        LayerProblem: when its input is none.
    """
    if len(shape) == 1:
        raise LayerProblem(
            say(
                "layer.reads_sequences_not_rows",
                "{layer} reads sequences, steps × columns, and is given {shape}; "
                "put it before the Flatten, behind layers that give all their steps.",
                layer=layer.named(),
                shape=by(shape),
            )
        )
    if len(shape) != 2:
        raise LayerProblem(
            say(
                "layer.reads_sequences",
                "{layer} reads sequences, steps × columns, and is given {shape}.",
                layer=layer.named(),
                shape=by(shape),
            )
        )
    time, columns = shape
    return time, columns
