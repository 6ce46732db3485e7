"""A network drawn as blocks: each layer as large as what it gives, pictures as cuboids, rows as bars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log2

from playground.diagrams.columns import LayerColumn
from playground.diagrams.marks import InkLine, NetworkDrawing, Polygon, SketchMark, Spot, Words, sheet
from playground.diagrams.parts import arc, caption, leaps, middles

TALLEST, LEAST = 96.0, 16.0
BAR = 10.0
GAP = 46.0
SLANT = 0.4
"""How far a cuboid's depth is drawn aside, for its length."""
LEARNS, PASSES = 0.14, 0.03
"""Ink of the faces of layers with parameters and without."""


@dataclass(frozen=True)
class BlockSize:
    """How large a block is drawn: its front, and how far its depth reaches to the right and up."""

    wide: float
    high: float
    deep: float = 0.0


def draw_blocks(title: str, columns: Sequence[LayerColumn]) -> NetworkDrawing:
    """The diagram of these columns."""
    sizes = [_size(column, columns) for column in columns]
    places = middles(columns, [size.wide + size.deep for size in sizes], GAP)
    lowest = max(size.high / 2 for size in sizes)
    marks: list[SketchMark] = []
    for position, (column, size, x) in enumerate(zip(columns, sizes, places, strict=True)):
        marks += _block(column, size, x)
        marks += caption(column, x, lowest + 14)
        if position - 1 in column.sources:
            marks.append(_arrow(places[position - 1], sizes[position - 1], x, size))
    for source, target in leaps(columns):
        top = -max(size.high / 2 + size.deep for size in sizes[source : target + 1])
        start, end = (_top(places[each], sizes[each]) for each in (source, target))
        marks.append(arc(start, end, top, target - source))
    return sheet(title, marks)


def _size(column: LayerColumn, columns: Sequence[LayerColumn]) -> BlockSize:
    shape = column.shape
    if len(shape) == 3:
        sides = [max(other.shape[:2]) for other in columns if len(other.shape) == 3]
        scale = TALLEST / max(sides)
        return BlockSize(
            5 + 5 * log2(1 + shape[2]), max(shape[0] * scale, LEAST), max(shape[1] * scale, LEAST) * SLANT
        )
    most = max(other.shape[-1] for other in columns if len(other.shape) < 3)
    high = LEAST + (TALLEST - LEAST) * log2(1 + shape[-1]) / log2(2 + most)
    return BlockSize(BAR if len(shape) == 1 else 10 + 7 * log2(1 + shape[0]), high)


def _block(column: LayerColumn, size: BlockSize, x: float) -> list[SketchMark]:
    """The front, the top and the side, its middle at x."""
    left, right = x - (size.wide + size.deep) / 2, x + (size.wide - size.deep) / 2
    top, bottom, deep = -size.high / 2, size.high / 2, size.deep
    ink = LEARNS if column.parameters else PASSES
    marks: list[SketchMark] = [
        Polygon(((left, top), (right, top), (right, bottom), (left, bottom)), ink),
    ]
    if deep:
        up, back = top - deep, right + deep
        marks += [
            Polygon(((left, top), (left + deep, up), (back, up), (right, top)), ink / 2),
            Polygon(((right, top), (back, up), (back, bottom - deep), (right, bottom)), ink * 1.6),
        ]
    if not column.units:
        marks.append(Words((x, 4), "?", 12))
    return marks


def _arrow(before: float, size: BlockSize, x: float, next_size: BlockSize) -> InkLine:
    """From the right side of one block to the left one of the next."""
    start = before + (size.wide + size.deep) / 2 + 3
    return InkLine(((start, 0.0), (x - (next_size.wide + next_size.deep) / 2 - 3, 0.0)), 1.1, arrow=True)


def _top(x: float, size: BlockSize) -> Spot:
    return x + size.deep / 2, -size.high / 2 - size.deep - 3
