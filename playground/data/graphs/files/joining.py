"""A table of nodes and a table of edges, joined to a graph by the names of the nodes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from playground.data.graphs.files.building import graph_of, table_of
from playground.data.sample import Floats
from playground.data.tables import kinds
from playground.data.tables.column import TableColumn
from playground.data.tables.problem import TableProblem
from playground.data.tables.streams import Report
from playground.data.tables.table import Table
from playground.text import say
from playground.words import quoted

if TYPE_CHECKING:
    import polars as pl

SOURCES = ("source", "from", "src", "start", "node1")
TARGETS = ("target", "to", "dst", "end", "node2")
WEIGHTS = ("weight", "value", "strength")
TYPES = ("type",)
NAMES = ("id", "node", "name", "key", "label")
"""Names that columns have as a rule."""


def joined(nodes: Table, edges: Table, keep: bool, report: Report) -> Table:
    """The table of the nodes, with the graph that the edges make of them.

    Raises:
        TableProblem: when an edge leads to no node, a node is there twice, or a weight is no number.
    """
    first, second = _ends(edges)
    id_column = _id_column(nodes, first, second)
    names = kinds.as_texts(id_column)
    _check_names(names, nodes, id_column.name)
    places = {name: place for place, name in enumerate(names)}
    pairs = np.column_stack([_places(column, places, edges, id_column) for column in (first, second)])
    weights = _weights(edges)
    graph, remarks = graph_of(names.to_list(), pairs, weights, _directed(edges))
    told = (*nodes.remarks, *remarks)
    return table_of(_frame(nodes), id_column.name, graph, told, nodes.name, keep, report)


def _named(table: Table, names: Sequence[str]) -> TableColumn | None:
    by_name = {column.name.casefold(): column for column in table}
    return next((by_name[name] for name in names if name in by_name), None)


def _ends(edges: Table) -> tuple[TableColumn, TableColumn]:
    """The columns of where edges begin and end: by their names, or the first two."""
    first, second = _named(edges, SOURCES), _named(edges, TARGETS)
    if first is None or second is None:
        first, second = edges.columns[:2]
    return first, second


def _id_column(nodes: Table, first: TableColumn, second: TableColumn) -> TableColumn:
    """The column that names the nodes: one in which all ends of edges are, or else one that is called so."""
    ends = {*kinds.as_texts(first).drop_nulls(), *kinds.as_texts(second).drop_nulls()}
    likely = [_named(nodes, [name]) for name in NAMES]
    ranked = [*(column for column in likely if column is not None), *nodes.columns]
    for column in ranked:
        if ends <= {*kinds.as_texts(column)}:
            return column
    return ranked[0]


def _check_names(names: pl.Series, nodes: Table, column: str) -> None:
    seen: set[str] = set()
    for place, name in enumerate(names):
        row = int(nodes.numbers[place])
        if name is None:
            raise TableProblem(say("graph.no_name", "the node has no name"), row, column)
        if name in seen:
            raise TableProblem(
                say("graph.name_twice", "the node {name} is there twice", name=quoted(name)), row, column
            )
        seen.add(name)


def _places(
    ends: TableColumn, places: dict[str, int], edges: Table, id_column: TableColumn
) -> NDArray[np.int64]:
    """Which node each edge begins or ends at."""
    found = np.empty(edges.rows, np.int64)
    for place, name in enumerate(kinds.as_texts(ends)):
        if (node := places.get(name)) is None:
            row = int(edges.numbers[place])
            problem = say("graph.no_end", "the edge lacks a node")
            if name is not None:
                problem = say(
                    "graph.unknown_node",
                    "the edge has a node {name} that is not in the column “{column}” of the nodes",
                    name=quoted(name),
                    column=id_column.name,
                )
            raise TableProblem(problem, row, ends.name)
        found[place] = node
    return found


def _weights(edges: Table) -> Floats | None:
    column = _named(edges, WEIGHTS)
    if column is None:
        return None
    values = kinds.changed(column, "number", edges.numbers).values.astype(np.float64)
    return np.where(np.isnan(values), 1.0, values)


def _directed(edges: Table) -> bool:
    """Whether a column says of every edge that it is directed, as Gephi writes it."""
    column = _named(edges, TYPES)
    if column is None:
        return False
    return {str(word).casefold() for word in kinds.as_texts(column)} == {"directed"}


def _frame(nodes: Table) -> pl.DataFrame:
    """The columns of a table as they were read: numbers, and texts for all else."""
    import polars as pl

    found = []
    for column in nodes:
        if not column.coded and column.kind != "id":
            found.append(pl.Series(column.name, column.values.astype(np.float64), nan_to_null=True))
        else:
            found.append(kinds.as_texts(column).rename(column.name))
    return pl.DataFrame(found)
