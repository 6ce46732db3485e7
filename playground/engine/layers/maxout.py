"""Maxout: neurons that learn their activation, too."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Annotated, Literal, Self

import numpy as np
from pydantic import Field

from playground.engine.arrays import Array, Operation, Shape, product
from playground.engine.initializers import XavierUniform
from playground.engine.layers.base import (
    MOST_UNITS,
    Edges,
    Frozen,
    InitialBias,
    InitialWeights,
    Layer,
    Operations,
    Wires,
)
from playground.engine.layers.dense import affine_loop, back_loop, outer_loop
from playground.engine.loops import LoopRow, LoopRows, Place
from playground.engine.parameter import Parameter, affine
from playground.engine.portable import AffineOp, MaximumOp, PortableValue, Wording
from playground.engine.sums import outer
from playground.value import Basic, Logarithmic, Typical


def largest_loop(v: Array, at: Place) -> None:
    """The largest of each value's pieces; one that is not a number counts as the largest."""
    size, pieces = at[2], at[3]
    y, first = v[at[1] : at[1] + size], v[at[0] : at[0] + size]
    for i in range(size):
        y[i] = first[i]
    for p in range(1, pieces):
        z = v[at[0] + p * size : at[0] + (p + 1) * size]
        for i in range(size):
            y[i] = y[i] if y[i] >= z[i] or y[i] != y[i] else z[i]


def hand_out_loop(v: Array, at: Place) -> None:
    """Each value's gradient to the first piece that is the largest; what is left goes to the last."""
    z, size, pieces = at[0], at[4], at[5]
    y, gradient, last = v[at[1] : at[1] + size], v[at[2] : at[2] + size], at[3] + (pieces - 1) * size
    left, zero = v[last : last + size], v.dtype.type(0)
    for i in range(size):
        left[i] = gradient[i]
    for p in range(pieces - 1):
        piece = v[z + p * size : z + (p + 1) * size]
        delta = v[at[3] + p * size : at[3] + (p + 1) * size]
        for i in range(size):
            taken = piece[i] == y[i]
            delta[i] = left[i] if taken else zero
            left[i] = zero if taken else left[i]


class Maxout(Layer):
    """The pieces make up a convex activation that is learned.

    With two of them it may become a ReLU or |x|.  Of equal pieces the first counts as the largest.
    """

    kind: Literal["maxout"] = "maxout"
    title = "Maxout"
    help = "Neurons that each give the largest of several weighted sums of all inputs."
    formula = "a = max over p of (Wₚ x + bₚ)"
    advice = "Instead of a dense layer with ReLU: no neuron dies, for twice the weights."
    reference = "Goodfellow et al. 2013."
    icon = "caret-double-up"
    has_neurons = True
    sized_by = "units"
    loops = (largest_loop, hand_out_loop)

    units: Annotated[int, Logarithmic(1), Typical(1, 64), Basic()] = Field(
        4,
        ge=1,
        le=MOST_UNITS,
        title="Neurons",
        description="How many neurons the layer has; 2 to 16 draw well.",
    )
    pieces: int = Field(2, ge=2, le=16, title="Pieces", description="Sums a neuron chooses from; 2 to 5.")
    initializer: InitialWeights = XavierUniform.usual()
    bias: InitialBias = 0.0
    frozen: Frozen = False

    @classmethod
    def examples(cls) -> tuple[Self, ...]:
        return (cls(units=1, pieces=4), cls(units=2, pieces=2), cls(units=3, pieces=3))

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        self._flat(inputs[0])
        return (self.units,)

    def parameters(self, inputs: tuple[Shape, ...]) -> tuple[Parameter, ...]:
        return (affine("pieces", (self.pieces, self.units, *inputs[0]), self.initializer, self.bias),)

    def portable(self, wording: Wording) -> PortableValue:
        pieces = [
            wording.do(AffineOp(piece[:, :-1], piece[:, -1]), *wording.inputs, name=f"piece{number}")
            for number, piece in enumerate(wording.blocks["pieces"], 1)
        ]
        return wording.do(MaximumOp(), *pieces)

    def bind(self, wires: Wires) -> Operations:
        x, y = wires.inputs[0].full, wires.output.values
        weights = wires.parameters["pieces"].reshape(-1, len(x))  # all pieces of all neurons as one matrix
        z = np.empty((self.pieces, *y.shape), y.dtype)
        first, second, *others = z
        forward: list[Operation] = [
            product(weights, x, z.reshape(-1, y.shape[1])),
            partial(np.maximum, first, second, out=y),
            *(partial(np.maximum, y, piece, out=y) for piece in others),
        ]
        if wires.output_gradient is None:
            return Operations(forward, [])
        delta = np.empty_like(z)
        rows = delta.reshape(-1, y.shape[1])
        backward = _hand_out(wires.output_gradient.values, z, y, delta)
        backward.append(product(rows, x.T, wires.gradients["pieces"].reshape(weights.shape)))
        if (upstream := wires.input_gradients[0]) is not None:
            backward.append(product(weights.T, rows, upstream.full))
        return Operations(forward, backward, sums=partial(outer, "pieces", rows, x))

    def lower(self, wires: Wires) -> LoopRows:
        x, y, upstream, gradient = wires.flow
        weights = wires.parameters["pieces"]
        z, sizes = np.empty((self.pieces, *y.shape), y.dtype), (self.pieces * self.units, len(x))
        forward = [
            LoopRow(affine_loop, (weights, x, z), sizes),
            LoopRow(largest_loop, (z, y), (y.size, self.pieces)),
        ]
        if gradient is None:
            return LoopRows(forward, [])
        delta = np.empty_like(z)
        backward = [
            LoopRow(hand_out_loop, (z, y, gradient, delta), (y.size, self.pieces)),
            LoopRow(outer_loop, (delta, x, wires.gradients["pieces"]), sizes),
        ]
        if upstream is not None:
            backward.append(LoopRow(back_loop, (weights, delta, upstream), sizes))
        return LoopRows(forward, backward)

    def edges(self, blocks: Mapping[str, Array]) -> Edges | None:
        block = blocks["pieces"]
        return Edges(block[..., :-1], block[..., -1])


def _hand_out(gradient: Array, z: Array, y: Array, delta: Array) -> list[Operation]:
    """Give each value's gradient to the first piece that is the largest, and nothing to the others.

    What is left after a piece is the gradient where no piece up to then was the largest; the last gets it.
    """
    left = delta[-1]
    operations: list[Operation] = []
    for piece, share in zip(z[:-1], delta[:-1], strict=True):
        before = left if operations else gradient
        operations += [
            partial(np.equal, piece, y, share),
            partial(np.multiply, share, before, share),
            partial(np.subtract, before, share, left),
        ]
    return operations
