"""Graph attention: each node learns how much each of its neighbours counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Literal, Self

import numpy as np
from pydantic import Field

from playground.engine.activations import Activation, Elu
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
from playground.engine.layers.bend import Bend
from playground.engine.layers.nodes import AXES, by_node, passage_of, weights
from playground.engine.links import Passage
from playground.engine.parameter import Parameter, constant
from playground.engine.portable import (
    AddConstantOp,
    AffineOp,
    AttendNeighboursOp,
    ConcatenateOp,
    PortableValue,
    ScaleOp,
    SliceOp,
    SumOp,
    Wording,
)
from playground.engine.sums import GradientSum
from playground.value import AnyOf, Basic, Logarithmic, Titles, Typical

SLOPE = 0.2
"""Of the leaky ReLU below 0, as in the paper."""


class GraphAttention(Layer):
    kind: Literal["graph_attention"] = "graph_attention"
    title = "Graph attention"
    help = "Each node takes a mean of its neighbours and itself, and learns how much each of them counts."
    formula = "aᵢ = f(Σⱼ αᵢⱼ W xⱼ + b),   α = softmax over j of LeakyReLU(p · W xᵢ + q · W xⱼ)"
    advice = "Where some neighbours tell more than others.  Weights of edges do not count."
    reference = "Veličković et al. 2018."
    icon = "share-network"
    axes = AXES
    has_neurons = True
    sized_by = "units"

    units: Annotated[int, Logarithmic(1), Typical(1, 32), Basic()] = Field(
        4, ge=1, le=MOST_UNITS // 8, title="Neurons", description="How many values each head gives a node."
    )
    heads: Annotated[int, Typical(1, 8)] = Field(
        1, ge=1, le=8, title="Heads", description="How many such means there are, each by weights of its own."
    )
    joined: Annotated[
        Literal["concatenated", "averaged"],
        Titles({"concatenated": "Side by side", "averaged": "Their mean"}),
    ] = Field(
        "concatenated", title="Heads give", description="What becomes of the heads: all of them, or the mean."
    )
    activation: Annotated[AnyOf[Activation], Basic()] = Field(
        Elu.usual(), title="Activation", description="The function applied to each net input."
    )
    initializer: InitialWeights = XavierUniform.usual()
    bias: InitialBias = 0.0
    frozen: Frozen = False

    @classmethod
    def examples(cls) -> tuple[Self, ...]:
        return cls(units=2), cls(units=2, heads=2), cls(units=2, heads=3, joined="averaged")

    @property
    def output_range(self) -> tuple[float, float]:
        return self.activation.range

    @property
    def _given(self) -> int:
        """How many values a node is given."""
        return self.units * (self.heads if self.joined == "concatenated" else 1)

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        return (*inputs[0][:-1], self._given)

    def parameters(self, inputs: tuple[Shape, ...]) -> tuple[Parameter, ...]:
        return (
            weights("weights", self.heads * self.units, inputs[0][-1], self.initializer),
            weights("attention", 2 * self.heads, self.units, self.initializer),
            constant("bias", self._given, self.bias),
            *self.activation.learned(self._given),
        )

    def portable(self, wording: Wording) -> PortableValue:
        weighed = wording.do(AffineOp(wording.blocks["weights"]), *wording.inputs, name="weighed")
        given = [self._portable_head(wording, weighed, number) for number in range(self.heads)]
        if self.joined == "averaged":
            total = wording.do(SumOp(), *given, name="total") if len(given) > 1 else given[0]
            joined = wording.do(ScaleOp(np.full(self.units, 1 / self.heads)), total, name="mean")
        else:
            joined = wording.do(ConcatenateOp(), *given, name="heads") if len(given) > 1 else given[0]
        return wording.bent(self.activation, AddConstantOp(wording.blocks["bias"]), joined)

    def _portable_head(self, wording: Wording, weighed: PortableValue, number: int) -> PortableValue:
        start, (asking, asked) = number * self.units, wording.blocks["attention"][2 * number : 2 * number + 2]
        own = wording.do(SliceOp(start, start + self.units), weighed, name=f"head{number + 1}")
        op = AttendNeighboursOp(asking, asked, SLOPE)
        return wording.do(op, own, wording.edges_there, name=f"mean{number + 1}")

    def bind(self, wires: Wires) -> Operations:
        return by_node(wires, self._bind)

    def _bind(self, wires: Wires) -> Operations:
        block, x, passage = wires.parameters["weights"], wires.inputs[0].values, passage_of(wires)
        bias = wires.parameters["bias"].reshape(-1, 1)
        bend = Bend.of(self.activation, wires)
        weighed = np.empty((len(block), x.shape[1]), x.dtype)
        heads = [self._head(number, passage, wires, weighed, bend) for number in range(self.heads)]
        forward: list[Operation] = [
            product(block, x, weighed),
            partial(np.copyto, bend.z, bias),
            *(head.forward for head in heads),
            *bend.forward,
        ]
        if bend.delta is None:
            return Operations(
                forward,
                [],
                bend.z,
                messages=partial(self._messages, heads),
                shares=partial(self._shares, heads),
            )
        back = np.empty_like(weighed)
        parts = np.split(back, self.heads)
        backward: list[Operation] = [
            *bend.backward,
            partial(np.add.reduce, bend.delta, 1, None, wires.gradients["bias"]),
            *(partial(head.backward, part) for head, part in zip(heads, parts, strict=True)),
            product(back, x.T, wires.gradients["weights"]),
        ]
        if (upstream := wires.input_gradients[0]) is not None:
            backward.append(product(block.T, back, upstream.values))
        messages = partial(self._messages, heads)
        sums = partial(_sums, back, x, bend.delta, heads)
        return Operations(forward, backward, bend.z, messages=messages, delta=bend.delta, sums=sums)

    def _messages(self, heads: list[_Head], unit: int) -> Array:
        """What each edge brings to a unit, of its head or of all."""
        brought: Array = np.sum([head.brought(unit % self.units) for head in self._of(heads, unit)], axis=0)
        return brought

    def _shares(self, heads: list[_Head], unit: int) -> Array:
        """The weights of attention by which a unit takes each edge, the mean of several heads."""
        attention: Array = np.mean([head.attention for head in self._of(heads, unit)], axis=0)
        return attention

    def _of(self, heads: list[_Head], unit: int) -> list[_Head]:
        """Those that a unit is made of."""
        return heads if self.joined == "averaged" else [heads[unit // self.units]]

    def _head(self, number: int, passage: Passage, wires: Wires, weighed: Array, bend: Bend) -> _Head:
        own = slice(number * self.units, (number + 1) * self.units)
        pair = slice(2 * number, 2 * number + 2)
        given = slice(None) if self.joined == "averaged" else own
        return _Head(
            passage,
            weighed[own],
            wires.parameters["attention"][pair],
            bend.z[given],
            None if bend.delta is None else bend.delta[given],
            wires.gradients["attention"][pair] if wires.gradients else None,
            1 / self.heads if self.joined == "averaged" else 1.0,
        )

    def edges(self, blocks: Mapping[str, Array]) -> Edges | None:
        pieces = self.heads if self.joined == "averaged" else 1
        block = blocks["weights"]
        bias = np.broadcast_to(blocks["bias"], (pieces, self._given))
        return Edges(block.reshape(pieces, self._given, -1), bias)


def _sums(back: Array, x: Array, delta: Array, heads: Sequence[_Head]) -> tuple[GradientSum, ...]:
    """Those of the weights, of the biases, and of the vectors of each head, over all nodes."""
    entries = np.arange(2 * len(back)).reshape(2 * len(heads), -1)
    return (
        GradientSum("weights", back, x, units=np.arange(len(x))),
        GradientSum("bias", delta, np.ones_like(x[:1])),
        *(
            GradientSum("attention", head.asked, head.values, entries[2 * number : 2 * number + 2])
            for number, head in enumerate(heads)
        ),
    )


@dataclass(eq=False)
class _Head:
    """One head: what it gives is added to `z` (units, nodes), with what it counts among all.

    Attributes:
        values: (units, nodes) what each node tells.
        asked: (2, nodes) behind a step, the gradient with respect to what each node asks, and is asked.
        vectors: (2, units) by which a node asks, and by which it is asked.
    """

    passage: Passage
    values: Array
    vectors: Array
    z: Array
    delta: Array | None
    gradient: Array | None
    share: float

    def forward(self) -> None:
        passage = self.passage
        asking, asked = self.vectors @ self.values
        scores = asking[passage.targets] + asked[passage.sources]
        self.slopes = np.where(scores > 0, 1, scores.dtype.type(SLOPE))
        scores *= self.slopes
        scores -= np.maximum.reduceat(scores, passage.starts)[passage.targets]
        np.exp(scores, scores)
        self.attention = scores / passage.sum(scores)[passage.targets]
        self.matrix = passage.matrix(self.attention)
        self.z += (self.matrix @ self.values.T).T * self.z.dtype.type(self.share)

    def brought(self, unit: int) -> Array:
        """What each edge brought (m,) to a unit in the last forward pass."""
        told: Array = self.attention * self.values[unit].take(self.passage.sources) * self.share
        return told

    def backward(self, out: Array) -> None:
        """Write the gradient of `values`, and that of the vectors."""
        assert self.delta is not None
        assert self.gradient is not None
        passage, delta = self.passage, self.delta * self.delta.dtype.type(self.share)
        told = np.einsum("um,um->m", delta[:, passage.targets], self.values[:, passage.sources])
        told *= self.attention
        scores = told - self.attention * passage.sum(told)[passage.targets]
        scores *= self.slopes
        self.asked = both = np.stack([passage.sum(scores), passage.sum_back(scores)])
        np.copyto(out, (self.matrix.T @ delta.T).T)
        out += self.vectors.T @ both
        np.matmul(both, self.values.T, out=self.gradient)
