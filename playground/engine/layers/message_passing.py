"""Message passing: each edge brings a message made of both its ends, and a node is updated by all it gets."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Annotated, Literal, Self

import numpy as np
from pydantic import Field

from playground.engine.activations import Activation, Relu
from playground.engine.arrays import Array, Operation, Shape, product
from playground.engine.initializers import HeNormal
from playground.engine.layers.base import (
    MOST_UNITS,
    Edges,
    Frozen,
    InitialBias,
    InitialWeights,
    Layer,
    Operations,
    Tensor,
    Wires,
)
from playground.engine.layers.bend import Bend
from playground.engine.layers.nodes import AXES, by_node, passage_of
from playground.engine.layers.readout import AGGREGATIONS, Aggregation
from playground.engine.links import Passage
from playground.engine.parameter import Parameter, affine
from playground.engine.portable import AffineOp, ConcatenateOp, MessagesOp, PortableValue, Wording
from playground.engine.sums import GradientSum
from playground.value import AnyOf, Basic, Logarithmic, Titles, Typical


class MessagePassing(Layer):
    kind: Literal["message_passing"] = "message_passing"
    title = "Message passing"
    help = "Each edge makes a message of both its ends and of its weight; a node is updated by all it gets."
    formula = "mᵢⱼ = ReLU(M [xᵢ, xⱼ, wᵢⱼ] + c),   aᵢ = f(U [xᵢ, Σⱼ mᵢⱼ] + b),   j the neighbours of i"
    advice = "For molecules: the sum counts neighbours, which a mean cannot."
    reference = "Gilmer et al. 2017."
    icon = "arrows-merge"
    axes = AXES
    common = True
    can_be_output = True
    has_neurons = True
    sized_by = "units"

    units: Annotated[int, Logarithmic(1), Typical(1, 64), Basic()] = Field(
        4, ge=1, le=MOST_UNITS, title="Neurons", description="How many values a node has, and a message."
    )
    aggregation: Annotated[Aggregation, Titles(AGGREGATIONS)] = Field(
        "sum", title="Over neighbours", description="What becomes of the messages that a node gets."
    )
    activation: Annotated[AnyOf[Activation], Basic()] = Field(
        Relu.usual(), title="Activation", description="The function applied to each net input."
    )
    initializer: InitialWeights = HeNormal.usual()
    bias: InitialBias = 0.0
    frozen: Frozen = False

    @classmethod
    def examples(cls) -> tuple[Self, ...]:
        return cls(units=3), cls(units=2, aggregation="mean"), cls(units=2, aggregation="max")

    @property
    def output_range(self) -> tuple[float, float]:
        return self.activation.range

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        return (*inputs[0][:-1], self.units)

    def parameters(self, inputs: tuple[Shape, ...]) -> tuple[Parameter, ...]:
        columns = inputs[0][-1]
        message = affine("message", (self.units, 2 * columns + 1), self.initializer, self.bias)
        update = affine("update", (self.units, columns + self.units), self.initializer, self.bias)
        return (_named(message), _named(update), *self.activation.learned(self.units))

    def portable(self, wording: Wording) -> PortableValue:
        (x,), message, update = wording.inputs, wording.blocks["message"], wording.blocks["update"]
        messages = MessagesOp(message[:, :-1], message[:, -1], self.aggregation)
        gathered = wording.do(messages, x, wording.edges_there, name="messages")
        both = wording.do(ConcatenateOp(), x, gathered, name="both")
        return wording.bent(self.activation, AffineOp(update[:, :-1], update[:, -1]), both)

    def bind(self, wires: Wires) -> Operations:
        return by_node(wires, self._bind)

    def _bind(self, wires: Wires) -> Operations:
        x, bend = wires.inputs[0].values, Bend.of(self.activation, wires)
        both = Tensor.empty(len(x) + self.units, x.shape[1], x.dtype)
        own, gathered = both.values[: len(x)], both.values[len(x) :]
        update = wires.parameters["update"]
        messages = _Messages(passage_of(wires), self.aggregation, x, wires.parameters["message"], gathered)
        forward: list[Operation] = [
            messages.forward,
            partial(np.copyto, own, x),
            product(update, both.full, bend.z),
            *bend.forward,
        ]
        if (delta := bend.delta) is None:
            return Operations(forward, [], bend.z, messages=messages.brought)
        back = np.empty((len(both.values), x.shape[1]), x.dtype)
        upstream = wires.input_gradients[0]
        passed = None if upstream is None else upstream.values
        backward: list[Operation] = [
            *bend.backward,
            product(delta, both.full.T, wires.gradients["update"]),
            product(update[:, :-1].T, delta, back),
            *([] if passed is None else [partial(np.copyto, passed, back[: len(x)])]),
            partial(messages.backward, back[len(x) :], wires.gradients["message"], passed),
        ]
        sums = partial(_sums, messages, delta, both.full)
        return Operations(forward, backward, bend.z, messages=messages.brought, delta=delta, sums=sums)

    def edges(self, blocks: Mapping[str, Array]) -> Edges | None:
        update = blocks["update"][np.newaxis]
        return Edges(update[..., : -1 - self.units], update[..., -1])


def _sums(messages: _Messages, delta: Array, both: Array) -> tuple[GradientSum, ...]:
    """That of the update over nodes, and that of the message over edges."""
    return GradientSum("update", delta, both), messages.sum()


def _named(block: Parameter) -> Parameter:
    """The block with parts that go by its own name."""
    name = block.name
    parts = {f"{name}_weights": block.parts["weights"], f"{name}_bias": block.parts["bias"]}
    return Parameter(name, block.shape, block.initialize, parts, (f"{name}_weights",))


class _Messages:
    """The messages of all edges, gathered at each node into (units, nodes)."""

    def __init__(
        self, passage: Passage, aggregation: Aggregation, x: Array, block: Array, gathered: Array
    ) -> None:
        columns = len(x)
        self._passage, self._x, self._gathered, self._aggregation = passage, x, gathered, aggregation
        self._to, self._from = block[:, :columns], block[:, columns : 2 * columns]
        self._weight, self._bias = block[:, -2:-1], block[:, -1:]

    def forward(self) -> None:
        passage, x = self._passage, self._x.T
        arriving, leaving = x @ self._to.T + self._bias.T, x @ self._from.T
        messages = arriving.take(passage.targets, 0)
        messages += leaving.take(passage.sources, 0)
        messages += passage.weights[:, np.newaxis] * self._weight.T
        np.maximum(messages, 0, out=messages)
        messages[passage.loops] = 0  # no node writes to itself
        self._messages = messages
        if self._aggregation == "max":  # messages are never below 0
            np.copyto(self._gathered, np.maximum.reduceat(messages, passage.starts, axis=0).T)
            return
        np.copyto(self._gathered, passage.sum(messages).T)
        if self._aggregation == "mean":
            counts = np.bincount(passage.targets, minlength=passage.count) - 1
            self._count = np.maximum(counts, 1).astype(messages.dtype)
            np.divide(self._gathered, self._count, self._gathered)

    def brought(self, unit: int) -> Array:
        """What each edge brought (m,) to a unit in the last forward pass; the maximum takes one alone."""
        brought: Array = self._messages[:, unit]
        return brought / self._count.take(self._passage.targets) if self._aggregation == "mean" else brought

    def backward(self, gradient: Array, of_block: Array, passed: Array | None) -> None:
        """Write the gradient of the block, and add that of the nodes' values to `passed`."""
        passage, x, columns = self._passage, self._x, len(self._x)
        slopes = self._of_messages(gradient)
        slopes *= self._messages > 0
        self._slopes = slopes
        arriving, leaving = passage.sum(slopes), passage.sum_back(slopes)
        of_block[:, :columns] = (x @ arriving).T
        of_block[:, columns : 2 * columns] = (x @ leaving).T
        of_block[:, -2] = passage.weights @ slopes
        of_block[:, -1] = arriving.sum(axis=0)
        if passed is not None:
            passed += self._to.T @ arriving.T
            passed += self._from.T @ leaving.T

    def sum(self) -> GradientSum:
        """How the gradient of the block came about: at each edge, what its message read of both ends."""
        passage = self._passage
        rows = [self._x[:, passage.targets], self._x[:, passage.sources], passage.weights[np.newaxis]]
        read = np.concatenate([*rows, np.ones_like(rows[-1])])
        return GradientSum("message", self._slopes.T, read, ends=np.stack([passage.sources, passage.targets]))

    def _of_messages(self, gradient: Array) -> Array:
        passage = self._passage
        if self._aggregation == "mean":
            gradient = gradient / self._count
        slopes = np.ascontiguousarray(gradient.T).take(passage.targets, 0)
        if self._aggregation == "max":
            largest = self._messages == self._gathered.T.take(passage.targets, 0)
            slopes *= largest
            slopes /= passage.sum(largest.astype(slopes.dtype)).take(passage.targets, 0)
        return slopes
