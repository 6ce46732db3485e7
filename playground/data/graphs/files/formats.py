"""Reading GraphML and GML through networkx, in which everything else is a problem in a sentence."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.parsers import expat

import numpy as np

from playground.data.graphs.files.building import graph_of, table_of
from playground.data.graphs.files.limits import check_bytes, check_edges, check_nodes
from playground.data.sample import Floats
from playground.data.tables.problem import Cancelled, TableProblem
from playground.data.tables.streams import Report
from playground.data.tables.table import Table
from playground.text import say
from playground.words import quoted, shortened

if TYPE_CHECKING:
    import networkx as nx
    import polars as pl

GRAPHML, GML = (".graphml", ".xml"), (".gml",)
SUFFIXES = (".graphml", ".gml")
"""How the names of files end that hold graphs."""

CHUNK = 1 << 16
NODE = "node"
"""The column that names the nodes."""
NAMES = ("label", "name")
"""Attributes that name a node, where all have one of their own."""

WEIGHTS = ("weight", "value")
"""Attributes that weigh an edge."""


def is_graph(name: str) -> bool:
    """Whether the name of a file ends as those of graphs do."""
    return name.lower().endswith(SUFFIXES)


def read(path: Path, keep: bool, report: Report) -> Table:
    """The table of the nodes of a graph in a file, which has the graph beside it.

    Raises:
        TableProblem: when it cannot be read, or is no graph to learn from.
        Cancelled: when `report` says so.
    """
    with _refused(path):
        check_bytes(path.stat().st_size)
        data = path.read_bytes()
    known = _graphml(data, report) if path.suffix.lower() in GRAPHML else _gml(data, report)
    check_nodes(len(known))
    check_edges(known.number_of_edges())
    places = {node: place for place, node in enumerate(known)}
    names = _names(known)
    edges = np.array([(places[first], places[second]) for first, second in known.edges()], np.int64)
    graph, remarks = graph_of(names, edges.reshape(-1, 2), _weights(known, names), known.is_directed())
    attributes = _attributes(known, names)
    name = path.name.partition(".")[0]
    return table_of(attributes, NODE, graph, remarks, name, keep, lambda share: report(0.5 + 0.5 * share))


@contextmanager
def _refused(path: Path) -> Iterator[None]:
    try:
        if not path.is_file():
            raise TableProblem(say("table.no_file", "There is no such file."))
        yield
    except OSError as error:
        why = error.strerror or shortened(error)
        raise TableProblem(say("table.not_read", "It cannot be read: {why}.", why=why)) from None


# --- the two formats --------------------------------------------------------------------------------


def _graphml(data: bytes, report: Report) -> nx.Graph[Any]:
    import networkx as nx

    _look_through(data, lambda share: report(0.2 * share))
    with _as_networkx_says():
        return nx.read_graphml(_Reported(data, lambda share: report(0.2 + 0.3 * share)))


def _gml(data: bytes, report: Report) -> nx.Graph[Any]:
    import networkx as nx

    check_nodes(len(re.findall(rb"\bnode\s*\[", data)) or 1)
    with _as_networkx_says():
        return nx.read_gml(_Reported(data, lambda share: report(0.5 * share)), label=None)


@contextmanager
def _as_networkx_says() -> Iterator[None]:
    try:
        yield
    except (TableProblem, Cancelled):
        raise
    except Exception as error:  # a reader of foreign formats raises anything
        why = shortened(str(error).strip().split("\n")[0] or type(error).__name__)
        raise TableProblem(say("table.not_read", "It cannot be read: {why}.", why=why)) from None


class _Reported(io.BytesIO):
    """Bytes that tell how far they were read, so that the reading can be stopped."""

    def __init__(self, data: bytes, report: Report) -> None:
        super().__init__(data)
        self._report, self._size = report, max(len(data), 1)

    def read(self, size: int | None = -1) -> bytes:
        self._report(self.tell() / self._size)
        return super().read(size)

    def __next__(self) -> bytes:
        if self.tell() % 64 == 0:
            self._report(self.tell() / self._size)
        return super().__next__()


def _look_through(data: bytes, report: Report) -> None:
    """Refuse what is no XML, what defines entities, which may grow without end, and what is too large.

    Raises:
        TableProblem: naming the row.
    """
    parser, counts = expat.ParserCreate(), {"node": 0, "edge": 0}

    def begin(name: str, _: Mapping[str, str]) -> None:
        kind = name.rpartition(":")[2]
        if kind in counts:
            counts[kind] += 1
            (check_nodes if kind == "node" else check_edges)(counts[kind])

    def refuse(*_: object) -> None:
        raise TableProblem(
            say("graph.entities", "it defines entities, which is refused"), parser.CurrentLineNumber
        )

    parser.StartElementHandler, parser.EntityDeclHandler = begin, refuse
    try:
        for start in range(0, len(data), CHUNK):
            report(start / len(data))
            parser.Parse(data[start : start + CHUNK])
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        if isinstance(error, TableProblem):
            raise
        why = shortened(str(error).partition(": line")[0])
        raise TableProblem(
            say("graph.no_xml", "it is no XML ({why})", why=why), parser.CurrentLineNumber
        ) from None


# --- what nodes and edges have ----------------------------------------------------------------------


def _names(known: nx.Graph[Any]) -> list[str]:
    """What the nodes are called: by an attribute in which all differ, or else by their ids."""
    for attribute in NAMES:
        found = [str(values.get(attribute, "")) for _, values in known.nodes(data=True)]
        if all(found) and len(set(found)) == len(found):
            return found
    return [str(node) for node in known]


def _weights(known: nx.Graph[Any], names: list[str]) -> Floats | None:
    """What each edge counts, 1 where nothing is said; None where nothing is said of any.

    Raises:
        TableProblem: when it is no number.
    """
    edges = list(known.edges(data=True))
    attribute = next((name for name in WEIGHTS if any(name in values for *_, values in edges)), None)
    if attribute is None:
        return None
    found, places = np.ones(len(edges)), dict(zip(known, names, strict=True))
    for place, (first, second, values) in enumerate(edges):
        try:
            found[place] = float(values.get(attribute, 1.0))
        except (TypeError, ValueError):
            found[place] = np.nan
        if not np.isfinite(found[place]):
            raise TableProblem(
                say(
                    "graph.weight",
                    "The weight {text} of the edge from {first} to {second} is no number.",
                    text=quoted(values.get(attribute)),
                    first=quoted(places[first]),
                    second=quoted(places[second]),
                )
            )
    return found


def _attributes(known: nx.Graph[Any], names: list[str]) -> pl.DataFrame:
    """A column for the names, and one for each attribute that some node has."""
    import polars as pl

    wanted = dict.fromkeys(name for _, values in known.nodes(data=True) for name in values)
    columns = [pl.Series(NODE, names, pl.String)]
    for attribute in wanted:
        found = [values.get(attribute) for _, values in known.nodes(data=True)]
        if any(isinstance(value, dict | list | tuple) for value in found):
            continue  # how it is drawn elsewhere
        if [str(value) for value in found] == names:
            continue  # what they are called already
        title = str(attribute)
        while title in [column.name for column in columns]:
            title = f"{title}_2"
        columns.append(_series(title, found))
    return pl.DataFrame(columns)


def _series(title: str, values: list[Any]) -> pl.Series:
    """The values as numbers where all are, or else as texts."""
    import polars as pl

    present = [value for value in values if value not in (None, "")]
    if present and all(isinstance(value, int | float) and not isinstance(value, bool) for value in present):
        numbers = [float(value) if value not in (None, "") else None for value in values]
        return pl.Series(title, numbers, pl.Float64).fill_nan(None)
    return pl.Series(title, [None if value in (None, "") else str(value) for value in values], pl.String)
