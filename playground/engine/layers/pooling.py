"""Pooling and upsampling: layers without weights that make pictures and sequences smaller or larger."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from functools import partial
from math import prod
from typing import Annotated, Any, ClassVar, Literal, Self

import numpy as np
from pydantic import Field

from playground.engine.arrays import Array, Operation, Places, Shape, number
from playground.engine.layers.base import MOST_UNITS, Layer, LayerProblem, Operations, Wires
from playground.engine.layers.sliding import Side, SlidingWindows, Windowed, fitting, on_a_grid
from playground.engine.portable import PoolOp, PortableValue, ReduceOp, RepeatOp, Wording
from playground.numbers.writing import by
from playground.record import record
from playground.text import say
from playground.value import Titles, Typical

PADDING = "Zeros around the input, which do not count: none, or as many as let every value be in a window."


class Pool(Windowed):
    """Each window of a channel gives one value; of a sequence each window of a column."""

    icon = "arrows-in"
    axes = ("height", "width", "channels")
    has_neurons = True
    takes: ClassVar[Literal["max", "mean"]] = "mean"
    """What it takes of each window."""

    size: Annotated[int, Typical(1, 4)] = Field(
        2, ge=1, le=31, title="Window", description="How many values a window sees each way; 2 is usual."
    )
    stride: Annotated[int, Typical(1, 4)] = Field(
        2,
        ge=1,
        le=31,
        title="Stride",
        description="How far one window is from the next; its size is usual.",
    )
    padding: Annotated[Literal["valid", "same"], Titles({"valid": "None", "same": "Same size"})] = Field(
        "valid", title="Padding", description=PADDING
    )

    @classmethod
    def examples(cls) -> tuple[Self, ...]:
        return cls(), cls(size=3, stride=1), cls(size=3, stride=2, padding="same")

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        windows, shape = self.windows(inputs[0]), inputs[0]
        sizes = (windows.across.count,) if len(shape) == 2 else (windows.down.count, windows.across.count)
        return (*sizes, shape[-1])

    def windows(self, shape: Shape) -> SlidingWindows:
        *sides, _ = on_a_grid(self, shape)
        found = [Side.of(length, self.size, self.stride, padding=self.padding) for length in sides]
        return fitting(self, SlidingWindows(*([Side.of(1, 1), *found][-2:])), by(sides))

    def workspace(self, inputs: tuple[Shape, ...], samples: int) -> int:
        copied = 2 * prod(inputs[0]) if self.windows(inputs[0]).pads or len(inputs[0]) == 2 else 0
        return super().workspace(inputs, samples) + samples * copied

    def places_behind(self, inputs: tuple[Shape, ...]) -> Sequence[int] | None:
        return self.windows(inputs[0]).across.begun

    def portable(self, wording: Wording) -> PortableValue:
        (x,) = wording.inputs
        windows = self.windows(x.shape)
        pool = PoolOp(self.takes, windows.sizes, windows.strides, windows.padding)
        picture = wording.shaped(x, x.shape if len(x.shape) == 3 else (1, *x.shape), name="picture")
        given = wording.do(pool, picture, *wording.masked)
        return wording.shaped(given, given.shape[3 - len(x.shape) :])

    def bind(self, wires: Wires) -> Operations:
        (shape,) = wires.shapes
        windows = self.windows(shape)
        x = wires.inputs[0].values.reshape(windows.down.length, windows.across.length, shape[-1], -1)
        y = wires.output.values.reshape(windows.down.count, windows.across.count, *x.shape[2:])
        there = None if wires.mask is None else wires.mask[np.newaxis, :, np.newaxis]
        padded = windows.padded(x, self._outside)
        if there is not None and padded is x:
            padded = np.empty_like(x)
        look, share = _shares(windows, there, y.dtype)
        seen = Pooled(windows, padded, y, share, there is not None)
        enter = [] if padded is x else self._enter(x, there, windows.inside(padded))
        forward: list[Operation] = [*look, *enter, *self._forward(seen)]
        if wires.output_gradient is None or (upstream := wires.input_gradients[0]) is None:
            return Operations(forward, [])
        dx = upstream.values.reshape(x.shape)
        spread = windows.padded(dx)
        leave = [partial(np.copyto, dx, windows.inside(spread))] if windows.pads else []
        leave += [] if there is None else [partial(np.multiply, dx, there, dx)]
        backward = self._backward(seen, wires.output_gradient.values.reshape(y.shape), spread)
        clear: Operation = partial(spread.fill, 0)
        return Operations(forward, [clear, *backward, *leave])

    def _enter(self, x: Array, there: Array | None, inside: Array) -> list[Operation]:
        """Copy the input to where windows see it, without what is not there."""
        if there is None:
            return [partial(np.copyto, inside, x)]
        real = np.empty(there.shape, bool)
        return [
            partial(np.not_equal, there, 0, real),
            partial(inside.fill, self._outside),
            partial(np.copyto, inside, x, where=real),
        ]

    _outside = 0.0
    """What stands around the input, and at places that are not there."""

    @abstractmethod
    def _forward(self, seen: Pooled) -> list[Operation]:
        """From the padded input to one value a window."""

    @abstractmethod
    def _backward(self, seen: Pooled, gradient: Array, dx: Array) -> list[Operation]:
        """Add what each window says to the gradient of the padded input, which is 0 before."""


@record
class Pooled:
    """What windows see of one batch.

    Attributes:
        x: the padded input, (height, width, channels, samples).
        y: one value a window, (rows, columns, channels, samples).
        share: 1 / how many values each window sees that are real, (rows, columns, 1, 1 or samples).
        gaps: whether a window may see none.
    """

    windows: SlidingWindows
    x: Array
    y: Array
    share: Array
    gaps: bool


class MaxPool(Pool):
    kind: Literal["max_pool"] = "max_pool"
    title = "Max pool"
    help = "Keeps the largest value of each small window: whether a pattern is there, not where exactly."
    formula = "y(i, j) = max over the window of x"
    advice = "Behind a convolution, to halve the size of its maps."
    reference = "Riesenhuber & Poggio 1999."
    common = True
    takes = "max"

    _outside = -np.inf

    def _forward(self, seen: Pooled) -> list[Operation]:
        y = seen.y
        first, *others = seen.windows.places(seen.x)
        largest = [partial(np.maximum, y, other, out=y) for other in others]
        return [partial(np.copyto, y, first), *largest, *([partial(_finite, y)] if seen.gaps else [])]

    def _backward(self, seen: Pooled, gradient: Array, dx: Array) -> list[Operation]:
        """The first of the largest takes all, as in PyTorch; what is left is for those behind it."""
        left, share = np.empty_like(seen.y), np.empty_like(seen.y)
        found: list[Operation] = [partial(np.copyto, left, gradient)]
        for values, slopes in zip(seen.windows.places(seen.x), seen.windows.places(dx), strict=True):
            found += [
                partial(np.equal, values, seen.y, share),
                partial(np.multiply, share, left, share),
                partial(np.add, slopes, share, slopes),
                partial(np.subtract, left, share, left),
            ]
        return found


class AveragePool(Pool):
    kind: Literal["average_pool"] = "average_pool"
    title = "Average pool"
    help = "Takes the mean of each small window: a smaller picture of the same."
    formula = "y(i, j) = mean over the window of x"
    advice = "Where how much there is matters more than whether there is any."
    reference = "LeCun et al. 1990."

    def _forward(self, seen: Pooled) -> list[Operation]:
        y = seen.y
        first, *others = seen.windows.places(seen.x)
        add = [partial(np.add, y, other, y) for other in others]
        return [partial(np.copyto, y, first), *add, partial(np.multiply, y, seen.share, y)]

    def _backward(self, seen: Pooled, gradient: Array, dx: Array) -> list[Operation]:
        share = np.empty_like(seen.y)
        give = partial(np.multiply, gradient, seen.share, share)
        return [give, *(partial(np.add, slopes, share, slopes) for slopes in seen.windows.places(dx))]


class GlobalAveragePool(Layer):
    kind: Literal["global_average_pool"] = "global_average_pool"
    title = "Global average pool"
    help = (
        "Takes the mean of each channel over the whole picture, or of each column over the steps there are."
    )
    formula = "y(c) = mean over i, j of x(i, j, c)"
    advice = "Instead of Flatten before the output: far fewer weights, whatever the size of the picture."
    reference = "Lin et al. 2014."
    icon = "arrows-in-simple"
    axes = ("height", "width", "channels")
    has_neurons = True

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        return on_a_grid(self, inputs[0])[-1:]

    def portable(self, wording: Wording) -> PortableValue:
        return wording.do(ReduceOp("mean"), *wording.inputs, *wording.masked)

    def bind(self, wires: Wires) -> Operations:
        *sides, channels = wires.shapes[0]
        x, y = wires.inputs[0].values.reshape(prod(sides), channels, -1), wires.output.values
        if wires.mask is not None:
            return _mean_of_some(x, wires, wires.mask)
        share = number(1 / prod(sides), y.dtype)
        forward: list[Operation] = [partial(np.add.reduce, x, 0, None, y), partial(np.multiply, y, share, y)]
        if wires.output_gradient is None or (upstream := wires.input_gradients[0]) is None:
            return Operations(forward, [])
        dx = upstream.values.reshape(x.shape)
        return Operations(forward, [partial(np.multiply, wires.output_gradient.values, share, dx)])


def _mean_of_some(x: Array, wires: Wires, mask: Array) -> Operations:
    """The mean over the steps (time, columns, samples) that are there."""
    y, work, share, at = wires.output.values, np.empty_like(x), np.empty_like(mask[:1]), mask[:, np.newaxis]
    forward: list[Operation] = [
        partial(np.multiply, x, at, work),
        partial(np.add.reduce, work, 0, None, y),
        partial(np.add.reduce, mask, 0, None, share[0]),
        partial(np.maximum, share, number(1, y.dtype), out=share),
        partial(np.reciprocal, share, share),
        partial(np.multiply, y, share, y),
    ]
    if wires.output_gradient is None or (upstream := wires.input_gradients[0]) is None:
        return Operations(forward, [])
    dx, given = upstream.values.reshape(x.shape), wires.output_gradient.values
    return Operations(
        forward, [partial(np.multiply, given, share, work[0]), partial(np.multiply, work[0], at, dx)]
    )


class Upsample(Layer):
    kind: Literal["upsample"] = "upsample"
    title = "Upsample"
    help = "Repeats each value of a picture across and down, or each step of a sequence."
    formula = "y(i, j) = x(i / k, j / k),   both rounded down"
    advice = "In a decoder, before a convolution, to make a picture large again."
    reference = "Odena, Dumoulin & Olah 2016."
    icon = "arrows-out"
    axes = ("height", "width", "channels")
    has_neurons = True

    factor: Annotated[int, Typical(2, 4)] = Field(
        2, ge=1, le=16, title="Factor", description="How often each value comes each way; 2 is usual."
    )

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        *sides, channels = on_a_grid(self, inputs[0])
        shape = (*(side * self.factor for side in sides), channels)
        if prod(shape) > MOST_UNITS * channels:
            raise LayerProblem(
                say(
                    "layer.grid_too_large",
                    "It would give {shape}; take a smaller factor.",
                    shape=by(shape),
                )
            )
        return shape

    def places_behind(self, inputs: tuple[Shape, ...]) -> Sequence[int] | None:
        shape = self.output_shape(inputs)
        return [place // self.factor for place in range(shape[0])] if len(shape) == 2 else None

    def sees(self, shape: Shape, places: Places) -> Places:
        return tuple(range(at.start // self.factor, (at.stop - 1) // self.factor + 1) for at in places)

    def workspace(self, inputs: tuple[Shape, ...], samples: int) -> int:
        return 0

    def portable(self, wording: Wording) -> PortableValue:
        (x,), factor = wording.inputs, self.factor
        if len(x.shape) == 3:
            return wording.do(RepeatOp((factor, factor)), x)
        given = wording.do(RepeatOp((1, factor)), wording.shaped(x, (1, *x.shape), name="picture"))
        return wording.shaped(given, given.shape[1:])

    def bind(self, wires: Wires) -> Operations:
        *sides, channels = wires.shapes[0]
        repeats = [(side, self.factor) for side in sides]
        x = wires.inputs[0].values.reshape(*(size for side in sides for size in (side, 1)), channels, -1)
        y = wires.output.values.reshape(*(size for pair in repeats for size in pair), channels, -1)
        forward: list[Operation] = [partial(np.copyto, y, x)]
        if wires.output_gradient is None or (upstream := wires.input_gradients[0]) is None:
            return Operations(forward, [])
        dx = upstream.values.reshape(*sides, channels, -1)
        axes = tuple(range(1, 2 * len(sides), 2))
        gradient = wires.output_gradient.values.reshape(y.shape)
        return Operations(forward, [partial(np.add.reduce, gradient, axes, None, dx)])


def _finite(y: Array) -> None:
    """Make the largest of nothing 0."""
    np.copyto(y, 0, where=np.isneginf(y))


def _shares(
    windows: SlidingWindows, there: Array | None, dtype: np.dtype[Any]
) -> tuple[list[Operation], Array]:
    """1 / how many real values each window sees (see `Pooled`), and how it is found in each batch."""
    sizes = windows.down.length, windows.across.length, 1, 1
    given = np.ones(sizes, dtype) if there is None else there
    real = windows.padded(given)
    first, *others = windows.places(real)
    share = np.empty(first.shape, dtype)
    found: list[Operation] = [
        *([partial(np.copyto, windows.inside(real), given)] if windows.pads else []),
        partial(np.copyto, share, first),
        *(partial(np.add, share, other, share) for other in others),
        partial(np.maximum, share, number(1, dtype), out=share),
        partial(np.reciprocal, share, share),
    ]
    if there is not None:
        return found, share
    for operation in found:
        operation()
    return [], share
