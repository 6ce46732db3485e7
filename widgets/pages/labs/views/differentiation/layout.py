"""Where the nodes of an expression stand: a column for each depth, so that ways cross little."""

from __future__ import annotations

from collections.abc import Sequence

from playground.labs.differentiation.graph import ExpressionGraph

SWEEPS = 6


def columns_of(graph: ExpressionGraph) -> list[int]:
    """The column of each node: variables at the left, numbers just before what they go into."""
    depths: list[int] = []
    for node in graph.nodes:
        depths.append(1 + max((depths[place] for place in node.arguments), default=-1))
    for node, depth in zip(graph.nodes, list(depths), strict=True):
        for place in node.arguments:
            if not graph.nodes[place].variable and graph.nodes[place].operation is None:
                depths[place] = depth - 1
    return depths


def spots(graph: ExpressionGraph) -> list[tuple[float, float]]:
    """Where each node stands, as shares (across, down) of what is seen."""
    columns = columns_of(graph)
    count = max(columns) + 1
    rows: list[list[int]] = [[] for _ in range(count)]
    for place, column in enumerate(columns):
        rows[column].append(place)
    neighbours = _neighbours(graph)
    heights = [0.5] * len(columns)
    for sweep in range(SWEEPS):
        order = range(count) if sweep % 2 == 0 else reversed(range(count))
        for column in order:
            _arrange(rows[column], neighbours, heights, first=sweep == 0)
    across = [column / (count - 1) if count > 1 else 0.5 for column in columns]
    return list(zip(across, heights, strict=True))


def _arrange(
    row: list[int], neighbours: Sequence[Sequence[int]], heights: list[float], *, first: bool
) -> None:
    """Put the nodes of a column in the order of the middles of what they are joined to."""
    if not first:
        middles = {place: _middle(neighbours[place], heights, heights[place]) for place in row}
        row.sort(key=lambda place: (middles[place], place))
    for at, place in enumerate(row):
        heights[place] = (at + 0.5) / len(row)


def _middle(neighbours: Sequence[int], heights: Sequence[float], own: float) -> float:
    return sum(heights[place] for place in neighbours) / len(neighbours) if neighbours else own


def _neighbours(graph: ExpressionGraph) -> list[list[int]]:
    found: list[list[int]] = [[] for _ in graph.nodes]
    for place, node in enumerate(graph.nodes):
        for argument in node.arguments:
            found[place].append(argument)
            found[argument].append(place)
    return found
