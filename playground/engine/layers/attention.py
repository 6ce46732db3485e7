"""Attention: every step looks at all steps, and takes from those that it finds to matter."""

from __future__ import annotations

from functools import partial
from math import sqrt
from typing import Annotated, Literal, Self

import numpy as np
from pydantic import Field

from playground.engine.arrays import Array, Operation, Shape, number, product
from playground.engine.initializers import XavierUniform
from playground.engine.layers.base import Frozen, InitialWeights, Layer, Operations, Wires
from playground.engine.layers.sliding import in_time
from playground.engine.parameter import Parameter, affine
from playground.engine.portable import AffineOp, AttendOp, PortableValue, Wording
from playground.engine.sums import GradientSum, columns, numbered
from playground.value import Basic, Logarithmic, Typical

NEVER = -1e30
"""The score of a step that may not be looked at."""


class SelfAttention(Layer):
    """One head.  `Operations.seen` has "weights", (to, from, samples): how much each step takes from each."""

    kind: Literal["self_attention"] = "self_attention"
    title = "Self-attention"
    help = "Each step asks a question (Q), and takes the values (V) of the steps whose answers (K) fit it."
    formula = "y = softmax(Q Kᵗ / √d) V,   Q, K, V = W x + b, each with its own W"
    advice = "Where what matters lies anywhere.  Put a positional encoding before it where the order counts."
    reference = "Vaswani et al. 2017."
    icon = "eye"
    has_neurons = True
    axes = ("time", "columns")
    sized_by = "units"

    units: Annotated[int, Logarithmic(1), Typical(1, 64), Basic()] = Field(
        8, ge=1, le=512, title="Size", description="How many numbers Q, K and V have at each step."
    )
    causal: bool = Field(False, title="Causal", description="No step looks at what comes later.")
    initializer: InitialWeights = XavierUniform.usual()
    frozen: Frozen = False

    @classmethod
    def examples(cls) -> tuple[Self, ...]:
        return cls(units=2, causal=True), cls(units=3)

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        return (in_time(self, inputs[0])[0], self.units)

    def parameters(self, inputs: tuple[Shape, ...]) -> tuple[Parameter, ...]:
        """The weights of Q, K and V with a bias each, (3, units, columns + 1)."""
        return (affine("weights", (3, self.units, inputs[0][1]), self.initializer, 0.0),)

    def workspace(self, inputs: tuple[Shape, ...], samples: int) -> int:
        time, columns = inputs[0]
        return samples * time * (2 * columns + 8 * self.units + 3 * time)

    def portable(self, wording: Wording) -> PortableValue:
        (x,), block = wording.inputs, wording.blocks["weights"]
        q, k, v = (
            wording.do(AffineOp(piece[:, :-1], piece[:, -1]), x, name=name)
            for piece, name in zip(block, "qkv", strict=True)
        )
        return wording.do(AttendOp(self.causal), q, k, v, *wording.masked)

    def bind(self, wires: Wires) -> Operations:
        head = _Head(wires, self.units, self.causal)
        return Operations(
            head.forward(), head.backward(), seen={"weights": head.weights.transpose(1, 2, 0)}, sums=head.sums
        )


class _Head:
    """The arrays of one head, a sample after the other: (samples, time, …).

    Attributes:
        weights: how much each step takes from each, (samples, to, from).
    """

    def __init__(self, wires: Wires, units: int, causal: bool) -> None:
        time, columns = wires.shapes[0]
        x = wires.inputs[0].values
        samples, dtype = x.shape[1], x.dtype
        self._wires, self._units = wires, units
        self._x = x.reshape(time, columns, samples).transpose(2, 0, 1)
        self._blocks = wires.parameters["weights"].reshape(3 * units, columns + 1)
        self._read = np.ones((samples, time, columns + 1), dtype)
        self._all = np.empty((samples, time, 3 * units), dtype)
        self.weights = np.empty((samples, time, time), dtype)
        self._given = np.empty((samples, time, units), dtype)
        self._row = np.empty((samples, time, 1), dtype)
        self._scale = number(1 / sqrt(units), dtype)
        self._future = np.triu(np.ones((time, time), bool), 1) if causal else None
        self._gone = np.zeros((samples, 1, time), bool)

    def _parts(self, values: Array) -> tuple[Array, Array, Array]:
        """Q, K and V, (samples, time, units) each, or their gradients."""
        units = self._units
        return values[..., :units], values[..., units : 2 * units], values[..., 2 * units :]

    def forward(self) -> list[Operation]:
        q, k, v = self._parts(self._all)
        weights, row, given = self.weights, self._row, self._given
        y = self._wires.output.values.reshape(given.shape[1], self._units, -1)
        return [
            partial(np.copyto, self._read[..., :-1], self._x),
            product(_rows(self._read), self._blocks.T, _rows(self._all)),
            partial(np.matmul, q, k.transpose(0, 2, 1), weights),
            partial(np.multiply, weights, self._scale, weights),
            *self._forbid(),
            partial(np.maximum.reduce, weights, 2, None, row, True),
            partial(np.subtract, weights, row, weights),
            partial(np.exp, weights, weights),
            partial(np.add.reduce, weights, 2, None, row, True),
            partial(np.divide, weights, row, weights),
            partial(np.matmul, weights, v, given),
            partial(np.copyto, y, given.transpose(1, 2, 0)),
        ]

    def _forbid(self) -> list[Operation]:
        """Let no step look at what comes later, where that is so, nor at what is not there."""
        found: list[Operation] = []
        if self._future is not None:
            found.append(partial(np.copyto, self.weights, NEVER, where=self._future))
        if (mask := self._wires.mask) is not None:
            found.append(partial(np.equal, mask.T[:, np.newaxis], 0, self._gone))
            found.append(partial(np.copyto, self.weights, NEVER, where=self._gone))
        return found

    def backward(self) -> list[Operation]:
        if (gradient := self._wires.output_gradient) is None:
            return []
        q, k, v = self._parts(self._all)
        slopes = self._slopes = np.empty_like(self._all)
        to_q, to_k, to_v = self._parts(slopes)
        weights, scores, work = self.weights, np.empty_like(self.weights), np.empty_like(self.weights)
        given, row = self._given, self._row
        dy = gradient.values.reshape(given.shape[1], self._units, -1)
        of_blocks = self._wires.gradients["weights"].reshape(self._blocks.shape)
        return [
            partial(np.copyto, given, dy.transpose(2, 0, 1)),
            partial(np.matmul, weights.transpose(0, 2, 1), given, to_v),
            partial(np.matmul, given, v.transpose(0, 2, 1), scores),
            partial(np.multiply, scores, weights, work),
            partial(np.add.reduce, work, 2, None, row, True),
            partial(np.subtract, scores, row, scores),
            partial(np.multiply, scores, weights, scores),
            partial(np.multiply, scores, self._scale, scores),
            partial(np.matmul, scores, k, to_q),
            partial(np.matmul, scores.transpose(0, 2, 1), q, to_k),
            product(_rows(slopes).T, _rows(self._read), of_blocks),
            *self._to_inputs(slopes),
        ]

    def sums(self) -> tuple[GradientSum, ...]:
        """How the gradient of the weights of Q, K and V came about, over all steps."""
        deltas, read = (np.transpose(values, (2, 1, 0)) for values in (self._slopes, self._read))
        width = len(read) - 1
        return (GradientSum("weights", deltas, read, units=numbered(read.shape[1:2], columns(width), width)),)

    def _to_inputs(self, slopes: Array) -> list[Operation]:
        if (upstream := self._wires.input_gradients[0]) is None:
            return []
        found = np.empty(self._x.shape, slopes.dtype)
        dx = upstream.values.reshape(*found.shape[1:], len(found)).transpose(2, 0, 1)
        multiply = product(_rows(slopes), self._blocks[:, :-1], _rows(found))
        return [multiply, partial(np.copyto, dx, found)]


def _rows(values: Array) -> Array:
    """Values (samples, time, k) as (samples · time, k)."""
    return values.reshape(-1, values.shape[2])
