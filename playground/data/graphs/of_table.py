"""The graph of a table whose rows are its nodes: as the store has it, and what it adds to their values."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Annotated, Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from playground.data import store
from playground.data.dataset import Brought
from playground.data.graphs import structure
from playground.data.graphs.node_graph import NodeGraph
from playground.data.sample import Column, Floats
from playground.value import Hidden

SPECTRAL = 4
"""Coordinates that each node has."""

STRUCTURE = (*structure.MEASURES, *(f"spectral {number}" for number in range(1, SPECTRAL + 1)))
"""The columns that tell of the structure of the graph."""

OF_NEIGHBOURS = "neighbours' "
"""What the name of a column begins with that has the means of another over the neighbours."""


class RowsOfGraph(Brought):
    """Rows that are brought, and may be the nodes of a graph that is brought with them."""

    edges: Annotated[Literal["none", "undirected", "directed"], Hidden()] = Field("none", title="Edges")
    """What joins the rows."""

    @property
    def are_nodes(self) -> bool:
        return self.edges != "none"

    @cached_property
    def graph(self) -> NodeGraph:
        """The graph whose nodes the rows are.

        Raises:
            InvalidValue: when it is not in the store.
        """
        return graph_in(self.arrays, len(self.arrays.raw), self.edges == "directed")


def averaged(columns: Sequence[Column]) -> tuple[str, ...]:
    """The names of those columns of which the neighbours' mean is a column too: the nodes' own numbers."""
    return tuple(each.name for each in columns if not each.categories and each.name not in STRUCTURE)


def means(graph: NodeGraph, raw: Floats, names: Sequence[str], wanted: Sequence[str]) -> Floats:
    """The neighbours' means (nodes, wanted) of some columns of all nodes; a gap is as the column's mean."""
    places = [list(names).index(name) for name in wanted]
    chosen = raw[:, places]
    filled = np.where(np.isnan(chosen), column_means(chosen), chosen)
    return structure.neighbours_mean(graph, filled)


def column_means(values: Floats) -> Floats:
    """The mean (k,) of what is there of each column (n, k); 0 where all is missing."""
    there = ~np.isnan(values)
    mean: Floats = np.where(there, values, 0).sum(axis=0) / np.maximum(there.sum(axis=0), 1)
    return mean


def arrays(graph: NodeGraph) -> dict[str, NDArray[np.generic]]:
    """The graph as the store has it."""
    names = "\n".join(name.replace("\n", " ") for name in graph.names).encode()
    found: dict[str, NDArray[np.generic]] = {
        "edges": graph.edges.astype(np.int32),
        "names": np.frombuffer(names, np.uint8).copy(),
    }
    if graph.weights is not None:
        found["weights"] = graph.weights.astype(np.float64)
    return found


def graph_in(content: store.Content, rows: int, directed: bool) -> NodeGraph:
    """The graph of so many nodes in a content of the store.

    Raises:
        InvalidValue: when it is none.
    """
    held = content.more
    edges, letters, weights = held.get("edges"), held.get("names"), held.get("weights")
    if edges is None or letters is None or not (_are_edges(edges, rows) and _weigh(weights, len(edges))):
        raise store.others()
    try:
        names = tuple(letters.tobytes().decode().split("\n"))
    except UnicodeDecodeError:
        raise store.others() from None
    if letters.dtype != np.uint8 or len(names) != rows:
        raise store.others()
    counts = None if weights is None else weights.astype(np.float64)
    return NodeGraph(rows, edges.astype(np.int64), counts, directed, names)


def _are_edges(edges: NDArray[Any], rows: int) -> bool:
    if edges.dtype != np.int32 or edges.ndim != 2 or edges.shape[1] != 2:
        return False
    return bool(((edges >= 0) & (edges < rows)).all() and (edges[:, 0] != edges[:, 1]).all())


def _weigh(weights: NDArray[Any] | None, count: int) -> bool:
    if weights is None:
        return True
    return weights.dtype == np.float64 and weights.shape == (count,) and bool(np.isfinite(weights).all())
