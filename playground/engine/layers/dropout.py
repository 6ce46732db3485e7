"""Dropout: neurons, or whole channels, that are missing at random while the network trains."""

from __future__ import annotations

from functools import partial
from typing import Literal, Self

import numpy as np
from pydantic import Field

from playground.engine.arrays import Array, Operation, Places, Shape, number
from playground.engine.layers.base import Layer, Operations, Tensor, Wires
from playground.engine.layers.sliding import on_a_grid
from playground.engine.loops import LoopRow, LoopRows, Place, handed_on, multiply_loop
from playground.engine.portable import DropoutOp, PortableValue, Wording
from playground.randomness import Streams


def dropout_loop(v: Array, at: Place, p: Array) -> None:
    """Make even numbers 1/(1 − p) where they keep a value, else 0, and multiply by them."""
    size, zero = at[3], v.dtype.type(0)
    x, kept, y = v[at[0] : at[0] + size], v[at[1] : at[1] + size], v[at[2] : at[2] + size]
    probability, scale = v.dtype.type(p[0]), v.dtype.type(1 / (1 - p[0]))
    for i in range(size):
        kept[i] = scale if kept[i] >= probability else zero
        y[i] = x[i] * kept[i]


class Dropout(Layer):
    """Inverted: what remains is scaled up by 1/(1 − p), so that nothing changes at test time."""

    kind: Literal["dropout"] = "dropout"
    title = "Dropout"
    help = "Silences values at random while training, so that none is relied on alone."
    formula = "y = m x / (1 − p),   m = 0 with probability p, else 1"
    advice = "Against overfitting, behind layers of many neurons.  It needs more epochs."
    reference = "Srivastava et al. 2014."
    icon = "circle-dashed"
    common = True
    loops = (dropout_loop,)
    loop_fields = ("probability",)

    probability: float = Field(
        0.2,
        ge=0,
        lt=1,
        title="Drop",
        description="Share of values silenced in training; 0.1 to 0.5 is usual.",
    )

    @classmethod
    def examples(cls) -> tuple[Self, ...]:
        return tuple(cls(probability=share) for share in (0.0, 0.3, 0.6))

    def portable(self, wording: Wording) -> PortableValue:
        return wording.do(DropoutOp(self.probability), *wording.inputs)

    def bind(self, wires: Wires) -> Operations:
        return dropped(self.probability, wires, len(wires.output.values))

    def lower(self, wires: Wires) -> LoopRows:
        x, y, upstream, gradient = wires.flow
        if not wires.training or wires.streams is None:
            return handed_on(x, y, gradient, upstream)
        kept, size = np.empty_like(y), (y.size,)
        forward = [LoopRow(dropout_loop, (x, kept, y), size, self)]
        if gradient is None or upstream is None:
            return LoopRows(forward, [], evens=[kept])
        return LoopRows(forward, [LoopRow(multiply_loop, (gradient, kept, upstream), size)], evens=[kept])


class ChannelDropout(Layer):
    kind: Literal["channel_dropout"] = "channel_dropout"
    title = "Channel dropout"
    help = "Silences whole channels at random while training, as a value is known from those around it."
    formula = "y(i, j, c) = m(c) x(i, j, c) / (1 − p),   m = 0 with probability p, else 1"
    advice = "Against overfitting, behind a convolution, where single values would not be missed."
    reference = "Tompson et al. 2015."
    icon = "circle-dashed"
    axes = ("height", "width", "channels")

    probability: float = Field(
        0.1, ge=0, lt=1, title="Drop", description="Share of channels silenced; 0.1 to 0.3 is usual."
    )

    @classmethod
    def examples(cls) -> tuple[Self, ...]:
        return tuple(cls(probability=share) for share in (0.0, 0.3, 0.6))

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        return on_a_grid(self, inputs[0])

    def sees(self, shape: Shape, places: Places) -> Places:
        return places

    def workspace(self, inputs: tuple[Shape, ...], samples: int) -> int:
        return 2 * samples * inputs[0][-1]

    def portable(self, wording: Wording) -> PortableValue:
        return wording.do(DropoutOp(self.probability, whole_channels=True), *wording.inputs)

    def bind(self, wires: Wires) -> Operations:
        return dropped(self.probability, wires, wires.shapes[0][-1])


def dropped(probability: float, wires: Wires, channels: int) -> Operations:
    """Each channel silenced at all its places at once; a neuron is a channel with one place."""
    x, y = (_places(tensor, channels) for tensor in (wires.inputs[0], wires.output))
    upstream = wires.input_gradients[0] if wires.input_gradients else None
    if not wires.training or wires.streams is None:
        hand_on: list[Operation] = [partial(np.copyto, y, x)]
        if wires.output_gradient is None or upstream is None:
            return Operations(hand_on, [])
        return Operations(hand_on, [partial(np.copyto, upstream.values, wires.output_gradient.values)])
    kept = np.empty_like(y[0])
    multiply: Operation = partial(np.multiply, x, kept, y)
    forward = [*_draw(probability, wires.streams, kept), multiply]
    if wires.output_gradient is None or upstream is None:
        return Operations(forward, [])
    gradient, dx = (_places(tensor, channels) for tensor in (wires.output_gradient, upstream))
    return Operations(forward, [partial(np.multiply, gradient, kept, dx)])


def _places(tensor: Tensor, channels: int) -> Array:
    """The values of a tensor as (places, channels, samples)."""
    return tensor.values.reshape(-1, channels, tensor.values.shape[1])


def _draw(probability: float, streams: Streams, kept: Array) -> list[Operation]:
    """Write 1/(1 − p) where a channel is kept and 0 where it is dropped."""
    dtype, mask = kept.dtype, np.empty_like(kept, bool)
    return [
        partial(streams.dropout.random, out=kept, dtype=dtype),
        partial(np.greater_equal, kept, number(probability, dtype), mask),
        partial(np.copyto, kept, mask),
        partial(np.multiply, kept, number(1 / (1 - probability), dtype), kept),
    ]
