"""Where the units of a traced network stand: a column a layer, of large layers the first units alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF

from playground.analysis.inspections.trace.trace import Trace
from playground.engine.layers import Dense

WIDTH, HEIGHT = 50.0, 26.0
TOP, MOST_UNITS = 34.0, 7
NARROWEST = 78.0
"""The least from one column to the next; of more layers than fit some are shown."""
LEAST_ROOM, MOST_ROOM = 40.0, 62.0
BUTTON = 12.0
"""How high what moves the units of a column is."""


@dataclass(frozen=True, eq=False)
class UnitColumn:
    """A layer, or the input: the number by which lines call it (0 for the input), and its units.

    Attributes:
        first: the unit that is shown in the first of its rectangles.
    """

    number: int
    layer_id: str
    title: str
    rects: tuple[QRectF, ...]
    units: int
    first: int

    @property
    def more(self) -> int:
        """How many units are not shown."""
        return self.units - len(self.rects)

    @property
    def shown(self) -> slice:
        """The units that are shown."""
        return slice(self.first, self.first + len(self.rects))

    def buttons(self) -> tuple[QRectF, QRectF]:
        """What shows units before and behind, above and below the others; empty where there are none."""
        middle, half = self.rects[0].center().x(), WIDTH / 2
        above = QRectF(middle - half, self.rects[0].top() - BUTTON - 1, WIDTH, BUTTON)
        below = QRectF(middle - half, self.rects[-1].bottom() + 16, WIDTH, BUTTON)
        return (
            above if self.first else QRectF(),
            below if self.first + len(self.rects) < self.units else QRectF(),
        )

    @property
    def letter(self) -> str:
        """The name of its values."""
        return f"a{self.number}" if self.number else "x"


@dataclass(frozen=True, eq=False)
class UnitEdges:
    """The weights (to, from) between the units that are shown of two columns."""

    source: UnitColumn
    target: UnitColumn
    weights: NDArray[np.floating]

    def lines(self) -> Iterator[tuple[QPointF, QPointF, float]]:
        """From where to where, and the weight."""
        for row, end in enumerate(self.target.rects):
            for column, start in enumerate(self.source.rects):
                yield _right(start), _left(end), float(self.weights[row, column])


def _right(rect: QRectF) -> QPointF:
    return QPointF(rect.right(), rect.center().y())


def _left(rect: QRectF) -> QPointF:
    return QPointF(rect.left(), rect.center().y())


def columns_of(
    trace: Trace, titles: dict[str, str], focus: str, size: tuple[float, float], firsts: Mapping[str, int]
) -> list[UnitColumn]:
    """The columns, those around the layer in focus where not all fit; of each from its first unit on."""
    width, height = size
    nodes = trace.ran.network.graph.nodes
    layers = [("", 0, trace.ran.input.shape[0])]
    layers += [
        (node.layer.id, number, node.units) for number, node in enumerate(nodes, 1) if not node.layer.reshapes
    ]
    fit = max(int((width - WIDTH - 16) // NARROWEST) + 1, 2)
    here = next((place for place, (layer_id, *_) in enumerate(layers) if layer_id == focus), 0)
    first = min(max(here - fit // 2, 0), max(len(layers) - fit, 0))
    shown = layers[first : first + fit]
    between = (width - WIDTH - 16) / max(len(shown) - 1, 1)
    found = []
    for place, (layer_id, number, units) in enumerate(shown):
        rects = _rects(8 + place * between, units, height)
        begin = min(max(firsts.get(layer_id, 0), 0), units - len(rects))
        found.append(UnitColumn(number, layer_id, titles[layer_id], rects, units, begin))
    return found


def _rects(x: float, units: int, height: float) -> tuple[QRectF, ...]:
    room = max(height - TOP - 52, LEAST_ROOM)
    count = min(units, MOST_UNITS, max(int(room // LEAST_ROOM), 1))
    step = min(room / count, MOST_ROOM)
    top = TOP + (room - step * count) / 2
    return tuple(
        QRectF(x, top + place * step + (step - HEIGHT - 12) / 2, WIDTH, HEIGHT) for place in range(count)
    )


def edges_of(trace: Trace, columns: list[UnitColumn]) -> list[UnitEdges]:
    """Those of dense layers whose source is shown too."""
    found, by_letter = [], {column.letter: column for column in columns}
    for column in columns:
        if not column.number:
            continue
        node = trace.ran.network.graph.nodes[column.number - 1]
        source = by_letter.get(_source(trace, column.number - 1))
        weights = trace.values.get(f"W{column.number}")
        if source is not None and isinstance(node.layer, Dense) and weights is not None:
            found.append(UnitEdges(source, column, weights[column.shown, source.shown]))
    return found


def _source(trace: Trace, position: int) -> str:
    nodes = trace.ran.network.graph.nodes
    read = nodes[position].sources[0]
    while read >= 0 and nodes[read].layer.reshapes:
        read = nodes[read].sources[0]
    return f"a{read + 1}" if read >= 0 else "x"
