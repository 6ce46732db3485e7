"""Places that are not there, such as the steps behind the end of a sequence that is shorter than others.

Whoever gives a network its inputs says so by NaN at such a place, or of the nodes of a graph by zeros.  A
batch begins with finding them: they become 0, and each layer is told of them by a mask.
"""

from __future__ import annotations

from functools import partial

import numpy as np

from playground.engine.arrays import Array, Operation
from playground.engine.graph import Graph, Node
from playground.shapes import GraphShape


class Places:
    """Which places of each sample of a batch are there, (places, samples), for each layer of a network.

    Attributes:
        look: what is done before all else; nothing where samples are no rows of places.
    """

    def __init__(self, graph: Graph, inputs: Array) -> None:
        """Of a graph whose inputs are written into this view (samples, inputs)."""
        self._graph = graph
        self._masks: list[Array | None] = [None]  # position −1 of the graph is index 0 here
        look: list[Operation] = []
        if len(graph.input_shape) == 2:
            first = np.ones((graph.input_shape[0], len(inputs)), inputs.dtype)
            self._masks[0] = first
            look.append(_looking(graph, inputs, first.T))
        for position, node in enumerate(graph.nodes):
            mask = self.read_by(position)
            self._masks.append(None if mask is None else _behind(node, mask, look))
        self.look = tuple(look)

    def read_by(self, position: int) -> Array | None:
        """Those of what the layer at a position reads; None where all are there."""
        masks = (self._masks[source + 1] for source in self._graph.nodes[position].sources)
        return next((mask for mask in masks if mask is not None), None)


def _behind(node: Node, mask: Array, look: list[Operation]) -> Array | None:
    """The mask behind a layer that reads places with this one; how it is found comes to `look`."""
    places = node.layer.places_behind(node.shapes)
    if places is None or places == range(len(mask)):
        return None if places is None else mask
    found = np.ones((len(places), mask.shape[1]), mask.dtype)
    look.append(partial(np.take, mask, np.asarray(places), 0, found, "clip"))
    return found


def _looking(graph: Graph, inputs: Array, mask: Array) -> Operation:
    """What writes the mask (samples, places) of the inputs (samples, inputs)."""
    grid = inputs.reshape(len(inputs), *graph.input_shape)
    of_nodes = isinstance(graph.input_shape, GraphShape) and graph.input_shape.own > 0
    missing = np.zeros(grid.shape, bool)

    def look() -> None:
        np.isnan(grid, out=missing)
        if missing.any():
            np.logical_and.reduce(missing, axis=2, out=mask)
            np.subtract(1, mask, out=mask)
            np.copyto(grid, 0, where=missing)
        else:
            mask.fill(1)
        if of_nodes:
            np.any(grid, axis=2, out=mask)

    return look
