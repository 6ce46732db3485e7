"""The read-out of a graph: from the values of all its nodes to one row for the whole of it."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from playground.engine.arrays import Array, Shape
from playground.engine.layers.base import Layer, LayerProblem, Operations, Wires
from playground.engine.layers.nodes import AXES, passage_of
from playground.engine.portable import PortableValue, ReduceOp, Wording
from playground.text import say
from playground.value import Titles

Aggregation = Literal["sum", "mean", "max"]
AGGREGATIONS = {"sum": "Sum", "mean": "Mean", "max": "Maximum"}


class GraphReadout(Layer):
    kind: Literal["graph_readout"] = "graph_readout"
    title = "Graph read-out"
    help = "One row for a whole graph: the sum, the mean or the maximum over its nodes."
    formula = "y = Σᵢ xᵢ,   or their mean or maximum, i all nodes that are there"
    advice = "Behind graph layers, where each sample is a graph.  The sum counts, the maximum says whether."
    reference = "Gilmer et al. 2017."
    icon = "arrows-in-simple"
    axes = AXES
    has_neurons = True

    aggregation: Annotated[Aggregation, Titles(AGGREGATIONS)] = Field(
        "sum", title="Over nodes", description="What becomes of the values of all nodes."
    )

    @classmethod
    def examples(cls) -> tuple[Self, ...]:
        return cls(), cls(aggregation="mean"), cls(aggregation="max")

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        if len(inputs[0]) == 1:
            raise LayerProblem(
                say(
                    "layer.reads_whole_graphs",
                    "{layer} makes one row of a graph, and here each node is a sample with an answer of its "
                    "own; leave it out.",
                    layer=self.named(),
                )
            )
        return inputs[0][1:]

    def portable(self, wording: Wording) -> PortableValue:
        return wording.do(ReduceOp(self.aggregation), *wording.inputs, *wording.masked)

    def bind(self, wires: Wires) -> Operations:
        nodes, columns = wires.shapes[0]
        there = passage_of(wires).there
        assert there is not None
        x = wires.inputs[0].values.reshape(nodes, -1, there.shape[1])[:, :columns]
        y, counted = wires.output.values, there[:, np.newaxis]
        binding = {"sum": _Sum, "mean": _Mean, "max": _Max}[self.aggregation](x, y, counted)
        upstream = wires.input_gradients[0] if wires.input_gradients else None
        if wires.output_gradient is None or upstream is None:
            return Operations([binding.forward], [])
        dx = upstream.values.reshape(nodes, -1, there.shape[1])[:, :columns]
        return Operations([binding.forward], [partial(binding.backward, wires.output_gradient.values, dx)])


class _Sum:
    """Of x (nodes, columns, samples), where nodes are there (nodes, 1, samples), to y (columns, samples)."""

    def __init__(self, x: Array, y: Array, there: NDArray[np.bool_]) -> None:
        self.x, self.y, self.there = x, y, there

    def forward(self) -> None:
        np.add.reduce(self.x * self.there, 0, out=self.y)

    def backward(self, gradient: Array, dx: Array) -> None:
        np.multiply(gradient, self.there, dx)


class _Mean(_Sum):
    """The sum, by how many there are."""

    def forward(self) -> None:
        super().forward()
        np.divide(self.y, self._count(), self.y)

    def backward(self, gradient: Array, dx: Array) -> None:
        super().backward(gradient / self._count(), dx)

    def _count(self) -> Array:
        count: Array = np.maximum(np.add.reduce(self.there, 0, self.y.dtype), 1)
        return count


class _Max(_Sum):
    """The largest; where several are, each has its share of the gradient.  0 where none is there."""

    def forward(self) -> None:
        np.maximum.reduce(np.where(self.there, self.x, -np.inf), 0, out=self.y)
        np.copyto(self.y, 0, where=np.isneginf(self.y))

    def backward(self, gradient: Array, dx: Array) -> None:
        largest = (self.x == self.y) & self.there
        np.multiply(gradient / np.maximum(largest.sum(axis=0), 1), largest, dx)
