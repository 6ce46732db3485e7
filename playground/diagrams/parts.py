"""What both ways to draw a network share: the words under a column, and arcs over others."""

from __future__ import annotations

from collections.abc import Sequence

from playground.diagrams.columns import LayerColumn
from playground.diagrams.marks import InkLine, SketchMark, Spot, Words, width_of

TITLE, DETAIL = 10.0, 8.5
LINE = 12.0
FAINT = 0.62
"""Ink of the words that say more."""


def wide(column: LayerColumn) -> float:
    """How wide the words under a column are."""
    details = (width_of(text, DETAIL) for text in column.details)
    return max(width_of(column.title, TITLE) * 1.05, *details)


def middles(columns: Sequence[LayerColumn], bodies: Sequence[float], gap: float) -> list[float]:
    """Where the middle of each column is, so that neither bodies nor words touch."""
    places: list[float] = []
    ends = 0.0
    for column, body in zip(columns, bodies, strict=True):
        half = max(body, wide(column)) / 2
        room = max(ends + 14 + half, (places[-1] + gap + body / 2) if places else half)
        places.append(room)
        ends = room + half
    return places


def caption(column: LayerColumn, x: float, top: float) -> list[SketchMark]:
    """The words under a column."""
    lines = [Words((x, top + TITLE), column.title, TITLE, bold=True)]
    for index, text in enumerate(column.details, 1):
        lines.append(Words((x, top + TITLE + LINE * index), text, DETAIL, ink=FAINT))
    return list(lines)


def arc(start: Spot, end: Spot, top: float, span: int) -> InkLine:
    """An arrow over what stands between two columns, the higher the more there are."""
    height = top - 14 - 9 * span
    reach = (end[0] - start[0]) * 0.15
    points = (start, (start[0] + reach, height), (end[0] - reach, height), end)
    return InkLine(points, 1.1, 0.85, arrow=True, curved=True)


def leaps(columns: Sequence[LayerColumn]) -> list[tuple[int, int]]:
    """Which columns read others than the one before: (from, to)."""
    return [
        (source, position)
        for position, column in enumerate(columns)
        for source in dict.fromkeys(column.sources)
        if source != position - 1
    ]
