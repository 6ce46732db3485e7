"""Places that are not there, such as the steps behind the end of a sequence that is shorter than others.

Whoever gives a network its inputs says so by NaN at such a place.  A batch begins with finding them: they
become 0, and each layer is told of them by a mask.
"""

from __future__ import annotations

import numpy as np

from playground.engine.arrays import Array, Operation
from playground.engine.graph import Graph


class Places:
    """Which places of each sample of a batch are there, (places, samples), for each layer of a network.

    Attributes:
        look: what is done before all else; nothing where samples are no rows of places.
    """

    def __init__(self, graph: Graph, inputs: Array) -> None:
        """Of a graph whose inputs are written into this view (samples, inputs)."""
        self._graph = graph
        self._masks: list[Array | None] = [None]  # position −1 of the graph is index 0 here
        self.look: tuple[Operation, ...] = ()
        if len(graph.input_shape) == 2:
            grid = inputs.reshape(len(inputs), *graph.input_shape)
            mask = np.ones((len(inputs), graph.input_shape[0]), inputs.dtype)
            missing = np.zeros(grid.shape, bool)
            self._masks[0] = mask.T
            self.look = (_looking(grid, missing, mask),)
        for node in graph.nodes:
            masks = [self._masks[source + 1] for source in node.sources]
            behind = (node.layer.mask_behind(mask, node.shapes) for mask in masks if mask is not None)
            self._masks.append(next((mask for mask in behind if mask is not None), None))

    def read_by(self, position: int) -> Array | None:
        """Those of what the layer at a position reads; None where all are there."""
        masks = (self._masks[source + 1] for source in self._graph.nodes[position].sources)
        return next((mask for mask in masks if mask is not None), None)


def _looking(grid: Array, missing: Array, mask: Array) -> Operation:
    def look() -> None:
        np.isnan(grid, out=missing)
        if missing.any():
            np.logical_and.reduce(missing, axis=2, out=mask)
            np.subtract(1, mask, out=mask)
            np.copyto(grid, 0, where=missing)
        else:
            mask.fill(1)

    return look
