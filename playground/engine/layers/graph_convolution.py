"""Graph convolution: the values of neighbours, mixed along their edges and weighed alike at every node."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Annotated, Literal, Self

import numpy as np
from pydantic import Field

from playground.engine.activations import Activation, Relu
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
from playground.engine.layers.nodes import AXES, by_node, passage_of
from playground.engine.links import Passage
from playground.engine.parameter import Parameter, affine
from playground.engine.portable import AddConstantOp, AffineOp, PortableValue, SpreadOp, Wording
from playground.engine.sums import GradientSum
from playground.value import AnyOf, Basic, Logarithmic, Typical


class GraphConvolution(Layer):
    kind: Literal["graph_convolution"] = "graph_convolution"
    title = "Graph conv"
    help = "Each node takes the mean of itself and its neighbours, and weighs it, with the same weights."
    formula = "aᵢ = f(W Σⱼ wᵢⱼ xⱼ / √(dᵢ dⱼ) + b),   j all neighbours of i and i itself, d the sum of their w"
    advice = "For nodes of which few are labelled.  Two see two edges far; many make all nodes alike."
    reference = "Kipf & Welling 2017."
    icon = "graph"
    axes = AXES
    common = True
    can_be_output = True
    has_neurons = True
    sized_by = "units"

    units: Annotated[int, Logarithmic(1), Typical(1, 64), Basic()] = Field(
        4, ge=1, le=MOST_UNITS, title="Neurons", description="How many values each node is given."
    )
    activation: Annotated[AnyOf[Activation], Basic()] = Field(
        Relu.usual(), title="Activation", description="The function applied to each net input."
    )
    initializer: InitialWeights = XavierUniform.usual()
    bias: InitialBias = 0.0
    frozen: Frozen = False

    @classmethod
    def examples(cls) -> tuple[Self, ...]:
        return tuple(cls(units=units) for units in (1, 3))

    @property
    def output_range(self) -> tuple[float, float]:
        return self.activation.range

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        return (*inputs[0][:-1], self.units)

    def parameters(self, inputs: tuple[Shape, ...]) -> tuple[Parameter, ...]:
        block = affine("weights", (self.units, inputs[0][-1]), self.initializer, self.bias)
        return (block, *self.activation.learned(self.units))

    def portable(self, wording: Wording) -> PortableValue:
        block = wording.blocks["weights"]
        weighed = wording.do(AffineOp(block[:, :-1]), *wording.inputs, name="weighed")
        mixed = wording.do(SpreadOp(), weighed, wording.edges_there, name="mixed")
        return wording.bent(self.activation, AddConstantOp(block[:, -1]), mixed)

    def bind(self, wires: Wires) -> Operations:
        return by_node(wires, self._bind)

    def _bind(self, wires: Wires) -> Operations:
        block, x, passage = wires.parameters["weights"], wires.inputs[0], passage_of(wires)
        weights, bias = block[:, :-1], block[:, -1:]
        bend = Bend.of(self.activation, wires)
        weighed = np.empty_like(bend.z)
        forward: list[Operation] = [
            product(weights, x.values, weighed),
            passage.spread(weighed, bend.z),
            partial(np.add, bend.z, bias, bend.z),
            *bend.forward,
        ]
        if (delta := bend.delta) is None:
            return Operations(
                forward,
                [],
                bend.z,
                messages=partial(_messages, passage, weighed),
                shares=lambda _: passage.normalized.data,
            )
        block_gradient, back = wires.gradients["weights"], np.empty_like(delta)
        backward: list[Operation] = [
            *bend.backward,
            passage.spread(delta, back, back=True),
            product(back, x.full.T, block_gradient),
            partial(np.add.reduce, delta, axis=1, out=block_gradient[:, -1]),
        ]
        if (upstream := wires.input_gradients[0]) is not None:
            backward.append(product(weights.T, back, upstream.values))
        messages = partial(_messages, passage, weighed)
        sums = partial(_sums, back, x.values, delta)
        return Operations(forward, backward, bend.z, messages=messages, delta=delta, sums=sums)

    def edges(self, blocks: Mapping[str, Array]) -> Edges | None:
        block = blocks["weights"][np.newaxis]
        return Edges(block[..., :-1], block[..., -1])


def _sums(back: Array, x: Array, delta: Array) -> tuple[GradientSum, ...]:
    """That of the weights by what comes back to a node along its edges, and that of the biases."""
    entries = np.arange(len(delta) * (len(x) + 1)).reshape(len(delta), -1)
    return (
        GradientSum("weights", back, x, entries[:, :-1], np.arange(len(x))),
        GradientSum("weights", delta, np.ones_like(x[:1]), entries[:, -1:]),
    )


def _messages(passage: Passage, weighed: Array, unit: int) -> Array:
    """What each edge brings of one unit of the weighed values (units, nodes)."""
    brought: Array = passage.normalized.data * weighed[unit].take(passage.sources)
    return brought
