"""A sample that is a graph as a whole: its nodes, of which some may be absent, and where they are drawn."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from playground.data.graphs.layout import positions
from playground.data.graphs.node_graph import NodeGraph
from playground.data.sample import Floats, SampleShape
from playground.record import record


@record(eq=False)
class SampleGraph:
    """A graph as it is drawn.

    Attributes:
        positions: (count, 2) within −1 and 1.
        kinds: (count,) which of the columns of a node is its largest.
        names: what these columns are called.
    """

    graph: NodeGraph
    positions: Floats
    kinds: NDArray[np.intp]
    names: tuple[str, ...]


def node_columns(shape: SampleShape) -> int:
    """How many columns each node has, before those of its edges."""
    nodes, columns = shape.sizes
    return columns - nodes


def present(raw: Floats) -> NDArray[np.bool_]:
    """Which nodes of samples (…, nodes, columns) are there, (…, nodes): of those that are not all is 0."""
    there: NDArray[np.bool_] = (raw != 0).any(axis=-1)
    return there


def sample_graph(raw: Floats, shape: SampleShape) -> SampleGraph:
    """The graph that a sample (nodes, columns) of such a shape is."""
    own, there = node_columns(shape), np.flatnonzero(present(raw))
    bonds = raw[np.ix_(there, own + there)]
    edges = np.argwhere(np.triu((bonds != 0) | (bonds != 0).T, 1)).astype(np.int64)
    graph = NodeGraph(len(there), edges)
    return SampleGraph(graph, positions(graph), raw[there, :own].argmax(axis=1), shape.axes[1].names[:own])
