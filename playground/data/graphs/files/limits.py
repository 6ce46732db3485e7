"""How large a graph of a person's own may be, each bound told in a sentence."""

from __future__ import annotations

from playground.data.tables.problem import TableProblem
from playground.text import say

MOST_NODES = 10_000
"""More could not be told apart on a screen."""

MOST_EDGES = 100_000

MOST_BYTES = 64 << 20
"""Bytes of a file with a graph in it."""


def check_nodes(count: int) -> None:
    """Refuse a graph with too many nodes, or with none.

    Raises:
        TableProblem: saying so.
    """
    if not count:
        raise TableProblem(say("graph.empty", "It has no nodes."))
    if count > MOST_NODES:
        raise TableProblem(
            say("graph.too_many_nodes", "It has more than {most} nodes, which is too many.", most=MOST_NODES)
        )


def check_edges(count: int) -> None:
    """Refuse a graph with too many edges.

    Raises:
        TableProblem: saying so.
    """
    if count > MOST_EDGES:
        raise TableProblem(
            say("graph.too_many_edges", "It has more than {most} edges, which is too many.", most=MOST_EDGES)
        )


def check_bytes(count: int) -> None:
    """Refuse a file that is too large.

    Raises:
        TableProblem: saying so.
    """
    if count > MOST_BYTES:
        raise TableProblem(say("graph.too_large", "It is larger than {most} MiB.", most=MOST_BYTES >> 20))
