"""Transposed convolutions: each value lays a pattern down, and patterns that lie over one another add up.

It is what a convolution does to gradients on the way back, taken forward (Dumoulin & Visin 2016).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from math import prod
from typing import Annotated, Literal, Self

import numpy as np
from pydantic import Field

from playground.engine.activations import Activation, ActivationWires, Relu, Tanh
from playground.engine.arrays import Array, Operation, Places, Shape
from playground.engine.initializers import Fans, HeNormal
from playground.engine.layers.base import (
    MOST_UNITS,
    Frozen,
    InitialBias,
    InitialWeights,
    Layer,
    LayerProblem,
    Operations,
    Wires,
)
from playground.engine.layers.columns import MOST_COLUMNS, in_parts
from playground.engine.layers.convolution import Filters, KernelSize, Stride, pictured, shared
from playground.engine.layers.sliding import Side, SlidingWindows
from playground.engine.parameter import Parameter
from playground.engine.portable import ConvolveTransposedOp, PortableValue, Wording
from playground.engine.sums import GradientSum
from playground.numbers.writing import by
from playground.record import record
from playground.text import say
from playground.value import AnyOf, Basic, Titles


class ConvTranspose(Layer):
    kind: Literal["conv_transpose"] = "conv_transpose"
    title = "Conv transpose"
    help = "Filters that each lay a pattern down at every place, as strongly as the value there says."
    formula = "a(s i + u, s j + v) = f(Σ W(u, v, c) x(i, j, c) + b)"
    advice = "In a decoder, to make a picture larger; a kernel that the stride divides leaves no chequers."
    reference = "Zeiler et al. 2010."
    icon = "arrows-out"
    can_be_output = True
    has_neurons = True
    adds_bias = True
    axes = ("height", "width", "channels")
    sized_by = "filters"

    filters: Filters = 8
    kernel: KernelSize = 4
    stride: Stride = 2
    padding: Annotated[Literal["valid", "same"], Titles({"valid": "None", "same": "Times stride"})] = Field(
        "same",
        title="Padding",
        description="What is cut off: nothing, or what is beyond the size of the input times the stride.",
    )
    activation: Annotated[AnyOf[Activation], Basic()] = Field(
        Relu.usual(), title="Activation", description="The function applied to each net input."
    )
    initializer: InitialWeights = HeNormal.usual()
    bias: InitialBias = 0.0
    frozen: Frozen = False

    @classmethod
    def examples(cls) -> tuple[Self, ...]:
        return (
            cls(filters=2, kernel=2, activation=Tanh()),
            cls(filters=3, kernel=3, stride=1, padding="valid"),
            cls(filters=2, kernel=3, stride=2),
            cls(filters=1, kernel=1, stride=2, padding="valid"),
        )

    @property
    def output_range(self) -> tuple[float, float]:
        return self.activation.range

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        pictured(self, inputs[0])
        windows = self.laid(inputs[0])
        shape = (windows.down.length, windows.across.length, self.filters)
        if prod(shape) > MOST_UNITS * self.filters:
            raise LayerProblem(
                say(
                    "layer.picture_too_large",
                    "It would give {shape}; take a smaller stride.",
                    shape=by(shape),
                )
            )
        return shape

    def laid(self, shape: Shape) -> SlidingWindows:
        """The windows over its output of which each holds what one value of its input lays down."""
        return SlidingWindows(*(self._side(length) for length in shape[:2]))

    def _side(self, length: int) -> Side:
        given = (length - 1) * self.stride + self.kernel if self.padding == "valid" else length * self.stride
        return Side.of(given, self.kernel, self.stride, padding=self.padding)

    def sees(self, shape: Shape, places: Places) -> Places:
        return tuple(
            range(
                -((self.kernel - 1 - along.start - side.before) // self.stride),
                (along.stop - 1 + side.before) // self.stride + 1,
            )
            for along, side in zip(places, map(self._side, shape), strict=False)
        )

    def parameters(self, inputs: tuple[Shape, ...]) -> tuple[Parameter, ...]:
        seen, laid = inputs[0][2] * self.kernel**2, self.filters * self.kernel**2
        fans = Fans(max(1, seen // self.stride**2), laid)  # so many patterns lie over one another
        return shared(self.filters, seen, fans, self.initializer, self.bias, self.activation)

    def workspace(self, inputs: tuple[Shape, ...], samples: int) -> int:
        of_each = self._on(inputs[0]).of_each
        return min(max(of_each, MOST_COLUMNS), samples * of_each)

    def portable(self, wording: Wording) -> PortableValue:
        (x,), block = wording.inputs, wording.blocks["weights"]
        windows = self.laid(x.shape)
        down, across = windows.down, windows.across
        kernels = block[:, :-1].reshape(self.filters, -1, down.size, across.size).transpose(0, 2, 3, 1)
        sizes = down.length, across.length
        laid = ConvolveTransposedOp(kernels, block[:, -1], windows.strides, down.before, across.before, sizes)
        return wording.bent(self.activation, laid, x)

    def bind(self, wires: Wires) -> Operations:
        laid = self._on(wires.shapes[0])
        return in_parts(partial(_LaidPiece, laid, wires), laid.of_each, wires)

    def _on(self, shape: Shape) -> LaidPatterns:
        return LaidPatterns(shape, self.laid(shape), self.filters, self.activation)


@record
class LaidPatterns:
    """Patterns of so many filters laid down by pictures of the shape `grid`, (height, width, channels)."""

    grid: Shape
    windows: SlidingWindows
    filters: int
    activation: Activation

    @property
    def of_each(self) -> int:
        """How many numbers are kept of each sample: patterns, inputs, padded output, net inputs."""
        output = self.windows.down.padded * self.windows.across.padded * self.filters
        return self.windows.count * (self.windows.size * self.filters + self.grid[2]) + 5 * output


class _LaidPiece:
    """The operations for some samples of a batch; see `Piece`."""

    def __init__(
        self,
        laid: LaidPatterns,
        wires: Wires,
        samples: slice,
        gradients: Mapping[str, Array],
        room: dict[int, Array],
    ) -> None:
        self._laid, self._windows, self._samples = laid, laid.windows, samples
        self._count = samples.stop - samples.start
        channels, weights = laid.grid[2], wires.parameters["weights"]
        self._kernels = self._turned(weights)
        self._kernel = np.empty(self._kernels.shape, weights.dtype)
        self._flat = self._kernel.reshape(-1, channels)
        self._values = np.empty((channels, self._windows.count * self._count), weights.dtype)
        patterns = (len(self._flat), self._values.shape[1])
        self._patterns = room.setdefault(self._count, np.empty(patterns, weights.dtype))
        given = wires.inputs[0].values.reshape(*laid.grid, -1)[..., samples]
        self.lay_out: list[Operation] = [
            partial(np.copyto, self._kernel, self._kernels),
            partial(np.copyto, self._spread(self._values, given.shape), given.transpose(2, 0, 1, 3)),
        ]
        output = self._outputs(wires.output.values)
        self._padded = np.empty(
            (self._windows.down.padded, self._windows.across.padded, laid.filters, self._count), weights.dtype
        )
        z = np.empty((laid.filters, prod(output.shape[1:])), weights.dtype)
        a = np.empty_like(z)
        slopes = None if wires.output_gradient is None else (np.empty_like(z), np.empty_like(z))
        upper, delta = slopes or (None, None)
        bend, unbend = laid.activation.bind(ActivationWires(z, a, upper, delta, wires.parameters, gradients))
        give: Operation = partial(np.copyto, output, a.reshape(output.shape))
        self.forward: list[Operation] = [*self.lay_out, *self._forward(weights[:, -1], z), *bend, give]
        self.backward: list[Operation] = []
        self.z, self.delta = (
            None if values is None else values.reshape(output.shape).transpose(1, 2, 0, 3)
            for values in (z, delta)
        )
        self._delta = delta
        if wires.output_gradient is not None and upper is not None and delta is not None:
            given = self._outputs(wires.output_gradient.values)
            take = partial(np.copyto, upper.reshape(output.shape), given)
            self.backward = [take, *unbend, *self._backward(delta, wires, gradients["weights"])]

    def sums(self) -> tuple[GradientSum, ...]:
        """That of the patterns, over the values that lay them down, and that of the biases."""
        if self._delta is None:
            return ()
        for operation in self.lay_out:
            operation()
        filters, (height, width, channels) = self._laid.filters, self._laid.grid
        places = height, width, self._count
        read = self._values.reshape(channels, *places)
        values = np.arange(height * width * channels).reshape(height, width, channels).transpose(2, 0, 1)
        numbers = np.arange(filters * (channels * self._windows.size + 1.0)).reshape(filters, -1)
        laid, entries = self._turned(numbers).reshape(-1, channels).astype(int), numbers.astype(int)
        delta = self._delta.reshape(filters, self._windows.down.length, self._windows.across.length, -1)
        ones = np.ones_like(delta[:1])
        return (
            GradientSum("weights", self._patterns.reshape(-1, *places), read, laid, values),
            GradientSum("weights", delta, ones, entries[:, -1:]),
        )

    # --- the same numbers in other arrangements ---------------------------------------------------------

    def _turned(self, weights: Array) -> Array:
        """The kernels in a block of weights as (filters, down, across, channels)."""
        sizes = self._windows.down.size, self._windows.across.size
        return weights[:, :-1].reshape(len(weights), -1, *sizes).transpose(0, 2, 3, 1)

    def _outputs(self, values: Array) -> Array:
        """A layer's outputs (units, all samples) as (filters, height, width, these samples)."""
        sizes = self._windows.down.length, self._windows.across.length
        return values.reshape(*sizes, -1, values.shape[1])[..., self._samples].transpose(2, 0, 1, 3)

    def _spread(self, values: Array, sizes: Shape) -> Array:
        """Values (channels, places · samples) as (channels, rows, columns, samples)."""
        return values.reshape(sizes[2], *sizes[:2], -1)

    def _split(self) -> Array:
        """The patterns as (filters, down, across, rows, columns, samples)."""
        down, across = self._windows.down, self._windows.across
        return self._patterns.reshape(-1, down.size, across.size, down.count, across.count, self._count)

    # --- operations -------------------------------------------------------------------------------------

    def _forward(self, bias: Array, z: Array) -> list[Operation]:
        """Lay down what each value makes of the kernels, and add the biases."""
        found: list[Operation] = [
            partial(np.matmul, self._flat, self._values, self._patterns),
            partial(self._padded.fill, 0),
        ]
        patterns, places = self._split(), np.ndindex(self._windows.down.size, self._windows.across.size)
        for values, (down, across) in zip(self._windows.places(self._padded), places, strict=True):
            found.append(partial(np.add, values, patterns[:, down, across].transpose(1, 2, 0, 3), values))
        inside = self._windows.inside(self._padded).transpose(2, 0, 1, 3)
        found.append(partial(np.add, inside, bias[:, None, None, None], z.reshape(inside.shape)))
        return found

    def _backward(self, delta: Array, wires: Wires, gradient: Array) -> list[Operation]:
        """From the gradient δ of the net inputs to that of the weights and of the inputs."""
        inside = self._windows.inside(self._padded).transpose(2, 0, 1, 3)
        seen = self._windows.view(self._padded).transpose(4, 0, 1, 2, 3, 5)
        slopes = np.empty_like(self._flat)
        found: list[Operation] = [
            partial(np.add.reduce, delta, 1, None, gradient[:, -1]),
            partial(self._padded.fill, 0),
            partial(np.copyto, inside, delta.reshape(inside.shape)),
            partial(np.copyto, self._split(), seen),
            partial(np.matmul, self._patterns, self._values.T, slopes),
            partial(np.copyto, self._turned(gradient), slopes.reshape(self._kernel.shape)),
        ]
        if (upstream := wires.input_gradients[0]) is None:
            return found
        given = upstream.values.reshape(*self._laid.grid, -1)[..., self._samples]
        onward = self._spread(self._values, given.shape).transpose(1, 2, 0, 3)
        found.append(partial(np.matmul, self._flat.T, self._patterns, self._values))
        return [*found, partial(np.copyto, given, onward)]
