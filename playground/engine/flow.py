"""The gradients that flow between layers: one array for each reader of a layer, summed before it."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from playground.engine.arrays import Array, Operation
from playground.engine.graph import Graph
from playground.engine.layers import Tensor

INPUT_POSITION = -1
"""Where a graph's nodes say that they read the network's input."""


class Flow:
    """They flow only to where something learns; to the network's input when it is asked for.

    Attributes:
        outputs: the gradient of each layer's values, by position; None where none is wanted.
        input: that of the network's input.
    """

    def __init__(self, graph: Graph, samples: int, dtype: np.dtype[Any], of_input: bool) -> None:
        self._graph, self._samples, self._dtype = graph, samples, dtype
        wanted = [False] * len(graph.nodes) + [of_input]  # by position, the last that of the input, −1
        for position, node in enumerate(graph.nodes):
            wanted[position] = bool(node.parameters) or any(wanted[source] for source in node.sources)
        self._edges: dict[tuple[int, int], Tensor] = {}
        self.outputs: list[Tensor | None] = [None] * len(graph.nodes)
        for position in reversed(range(len(graph.nodes))):
            if wanted[position]:
                self.outputs[position] = self._flow(position, graph.nodes[position].units)
        self.input = self._flow(INPUT_POSITION, graph.inputs) if of_input else None

    def _flow(self, position: int, units: int) -> Tensor:
        """The gradient of a layer that all its readers add to; theirs are known."""
        readers = self._graph.readers(position)
        for reader, port in readers:
            # a layer that only reshapes hands on the gradient that it is given
            given = self.outputs[reader] if self._graph.nodes[reader].layer.reshapes else None
            self._edges[reader, port] = given or self._tensor(units)
        return self._edges[readers[0]] if len(readers) == 1 else self._tensor(units)

    def _tensor(self, units: int) -> Tensor:
        return Tensor.empty(units, self._samples, self._dtype)

    def inputs(self, position: int) -> tuple[Tensor | None, ...]:
        """Where a layer writes the gradients with respect to its inputs."""
        ports = range(len(self._graph.nodes[position].sources))
        return tuple(self._edges.get((position, port)) for port in ports)

    def sum(self, position: int) -> list[Operation]:
        """The operations that gather a layer's gradient from several readers."""
        return [partial(np.add, left, right, out) for left, right, out in self.sums(position)]

    def sums(self, position: int) -> list[tuple[Array, Array, Array]]:
        """What is added to what, and where the sum goes."""
        readers = self._graph.readers(position)
        total = self.input if position == INPUT_POSITION else self.outputs[position]
        if total is None or len(readers) < 2:
            return []
        first, second, *others = [self._edges[reader].values for reader in readers]
        return [
            (first, second, total.values),
            *((total.values, other, total.values) for other in others),
        ]
