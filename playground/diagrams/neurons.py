"""A network drawn neuron by neuron: circles in columns, and a line for each weight."""

from __future__ import annotations

from collections.abc import Sequence

from playground.diagrams.columns import LayerColumn
from playground.diagrams.marks import Disc, InkLine, NetworkDrawing, Polygon, SketchMark, Spot, Words, sheet
from playground.diagrams.parts import arc, caption, leaps, middles

RADIUS, PITCH, GAP = 8.0, 24.0, 74.0
SLIM = 14.0
"""How wide a layer without neurons is."""
MOST_ROWS = 12
"""Neurons of a layer that are drawn; of more, the first and the last, and dots between them."""
THIN, FINE = 0.45, 0.5
NAME = 9.0


def suits(columns: Sequence[LayerColumn]) -> bool:
    """Whether every layer gives a row of values, and few enough of them."""
    return all(len(column.shape) == 1 and 0 < column.units <= 2 * MOST_ROWS for column in columns) and all(
        column.weighs or column.sources for column in columns[1:]
    )


def draw_neurons(title: str, columns: Sequence[LayerColumn]) -> NetworkDrawing:
    """The diagram of these columns."""
    bodies = [2 * RADIUS if is_round(column) else SLIM for column in columns]
    places = middles(columns, bodies, GAP)
    tallest = max(rows_high(column) for column in columns)
    marks: list[SketchMark] = []
    for position, column in enumerate(columns):
        if column.layer is not None and position - 1 in column.sources:
            marks += _edges(columns, places, position)
    for column, x in zip(columns, places, strict=True):
        marks += _body(column, x)
        marks += caption(column, x, tallest / 2 + 16)
    for source, target in leaps(columns):
        top = -max(rows_high(column) for column in columns[source : target + 1]) / 2
        start = (places[source], -rows_high(columns[source]) / 2 - 2)
        end = (places[target], -rows_high(columns[target]) / 2 - 3)
        marks.append(arc(start, end, top, target - source))
    return sheet(title, marks)


def is_round(column: LayerColumn) -> bool:
    """Whether it is drawn as circles; others are bars that values pass through."""
    return column.layer is None or column.weighs


def rows(column: LayerColumn) -> dict[int, float]:
    """The values that are drawn, by their numbers, and how high each stands."""
    units = column.units
    if units <= MOST_ROWS:
        shown: list[int | None] = list(range(units))
    else:
        half = MOST_ROWS // 2
        shown = [*range(half), None, *range(units - half + 1, units)]
    first = -(len(shown) - 1) / 2 * PITCH
    return {unit: first + PITCH * row for row, unit in enumerate(shown) if unit is not None}


def rows_high(column: LayerColumn) -> float:
    """How high a column is."""
    return min(column.units, MOST_ROWS) * PITCH


def _body(column: LayerColumn, x: float) -> list[SketchMark]:
    places = rows(column)
    if is_round(column):
        marks: list[SketchMark] = [Disc((x, y), RADIUS, 0.0) for y in places.values()]
    else:
        half = rows_high(column) / 2 - 2
        corners = ((-SLIM / 2, -half), (SLIM / 2, -half), (SLIM / 2, half), (-SLIM / 2, half))
        marks = [Polygon(tuple((x + across, down) for across, down in corners), 0.12)]
    for unit, name in enumerate(column.names if len(column.names) == column.units else ()):
        if unit in places:
            marks.append(Words((x - RADIUS - 5, places[unit] + 3), name, NAME, anchor="end"))
    if len(places) < column.units:
        middle = (max(y for y in places.values() if y < 1) + min(y for y in places.values() if y > 1)) / 2
        marks += [Disc((x, middle + 5 * dot), 1.0, 1.0, 0.0) for dot in (-1, 0, 1)]
    return marks


def _edges(columns: Sequence[LayerColumn], places: Sequence[float], position: int) -> list[SketchMark]:
    """The weights from the column before; or where its values go, of a layer without any."""
    before, column = columns[position - 1], columns[position]
    starts = {unit: (places[position - 1] + _half(before), y) for unit, y in rows(before).items()}
    ends = {unit: (places[position] - _half(column), y) for unit, y in rows(column).items()}
    if column.weighs:
        pairs = [(start, end) for start in starts.values() for end in ends.values()]
    else:
        ahead = sum(columns[source].units for source in _ahead(column, position))
        pairs = _passed(starts, ends, ahead if column.units > before.units else 0)
    return [InkLine(pair, THIN, FINE) for pair in pairs]


def _ahead(column: LayerColumn, position: int) -> tuple[int, ...]:
    """Which columns it reads before the one that stands before it."""
    return column.sources[: column.sources.index(position - 1)]


def _passed(starts: dict[int, Spot], ends: dict[int, Spot], offset: int) -> list[tuple[Spot, Spot]]:
    return [(start, ends[unit + offset]) for unit, start in starts.items() if unit + offset in ends]


def _half(column: LayerColumn) -> float:
    return RADIUS if is_round(column) else SLIM / 2
