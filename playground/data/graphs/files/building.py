"""From nodes and edges as they were read to a graph: none twice, none to its own node, and what was done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from playground.data.graphs import structure
from playground.data.graphs.files.limits import check_edges, check_nodes
from playground.data.graphs.node_graph import Edges, NodeGraph
from playground.data.graphs.of_table import SPECTRAL
from playground.data.sample import Floats
from playground.data.tables import building
from playground.data.tables.streams import Report
from playground.data.tables.table import Table
from playground.text import Text, say

if TYPE_CHECKING:
    import polars as pl


def graph_of(
    names: Sequence[str], edges: Edges, weights: Floats | None, directed: bool
) -> tuple[NodeGraph, tuple[Text, ...]]:
    """The graph of these nodes and edges (m, 2), some of which may be there twice; what was done with such.

    Raises:
        TableProblem: when it has no nodes, or too many nodes or edges.
    """
    check_nodes(len(names))
    check_edges(len(edges))
    loops = edges[:, 0] == edges[:, 1]
    kept = edges[~loops]
    strengths = np.ones(len(kept)) if weights is None else weights[~loops]
    ordered = kept if directed else np.sort(kept, axis=1)
    different, places = np.unique(ordered, axis=0, return_inverse=True)
    total = np.zeros(len(different))
    np.add.at(total, places.ravel(), strengths)
    counts = None if weights is None and len(different) == len(kept) else total
    graph = NodeGraph(len(names), different.reshape(-1, 2), counts, directed, tuple(names))
    return graph, tuple(_remarks(graph, int(loops.sum()), len(kept) - len(different)))


def _remarks(graph: NodeGraph, loops: int, twice: int) -> Iterator[Text]:
    if loops:
        yield say("graph.loops", "Edges from a node to itself were left out: {count}.", count=loops)
    if twice:
        yield say("graph.twice", "Edges that are there again were added up: {count}.", count=twice)
    if not len(graph.edges):
        yield say("graph.no_edges", "It has no edges.")
        return
    parts = int(graph.parts.max()) + 1
    if parts > 1:
        yield say("graph.parts", "It has {count} parts that no edge joins.", count=parts)


def with_structure(attributes: pl.DataFrame, graph: NodeGraph, report: Report) -> pl.DataFrame:
    """The columns of the nodes with what the structure of the graph says of each behind them."""
    import polars as pl

    columns = dict(
        zip(structure.MEASURES, structure.measures(graph, lambda share: report(0.5 * share)).T, strict=True)
    )
    report(0.5)
    for number, values in enumerate(structure.spectral(graph, SPECTRAL).T, 1):
        columns[f"spectral {number}"] = values
    report(1.0)
    for name, values in columns.items():
        while name in attributes.columns:
            name = f"{name}_2"
        attributes = attributes.with_columns(pl.Series(name, np.ascontiguousarray(values)))
    return attributes


def table_of(
    attributes: pl.DataFrame,
    named_by: str,
    graph: NodeGraph,
    remarks: Sequence[Text],
    name: str,
    keep: bool,
    report: Report,
) -> Table:
    """The table of the nodes of a graph, which a column names, with what its structure says of each.

    Raises:
        TableProblem: when what is in it is neither numbers, texts nor dates.
    """
    frame = with_structure(attributes, graph, lambda share: report(0.8 * share))
    table = building.of_values(frame, name, keep, lambda share: report(0.8 + 0.2 * share))
    table = table.with_kind(named_by, "id")
    return replace(table, graph=graph, remarks=(*remarks, *table.remarks))
