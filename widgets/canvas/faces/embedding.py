"""The card of an embedding: the numbers of each symbol as a row of colours."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from playground.analysis.ranges import symmetric_level
from playground.engine.layers import Layer
from playground.engine.layers.steps import Embedding
from playground.numbers.writing import figures
from playground.training.snapshot import LayerSnapshot
from widgets.canvas.brush import Brush
from widgets.canvas.cards import Card
from widgets.canvas.faces.base import Subject
from widgets.canvas.faces.shared import SharedFace, complete, framed, paint_squares
from widgets.canvas.parts import Part, Role
from widgets.canvas.sizes import HEADER, PITCH
from widgets.pictures import signed_image

BESIDE, EDGE = 28.0, 14.0
"""What is free left of the picture, for names, and right of it."""
ROW, LEAST_ROW = 13.0, 7.0
"""How high a row is as a rule, and for its name to be written."""
ASIDE = 10.0
"""How far every second name is moved aside where rows are lower than names."""
NUMBER = 9.0
"""How wide a number is; there are many, and then they are less."""
NARROWEST, WIDEST = 48.0, 108.0


class EmbeddingFace(SharedFace):
    """One picture: the rows are the symbols, the columns their numbers."""

    kinds: ClassVar[tuple[type[Layer], ...]] = (Embedding,)

    def shows_own(self, subject: Subject) -> bool:
        return super().shows_own(subject) and subject.reads > 0

    def wide(self, subject: Subject) -> float:
        return BESIDE + _width(subject.units) + EDGE

    def own_card(self, subject: Subject, left: float) -> Card:
        height = min(subject.reads * ROW, subject.most * PITCH)
        rect = framed(subject, left, self.wide(subject), height, 2, 4)
        place = QRectF(left + BESIDE, rect.top() + HEADER + 2, _width(subject.units), height)
        return complete(subject, rect, (Part(Role.TILE, place, 0),), 1, BESIDE - 6)

    def paint_own(self, painter: QPainter, brush: Brush, card: Card, layer: LayerSnapshot | None) -> None:
        place, table = card.tiles[0].rect, table_of(layer)
        if table is None:
            painter.fillRect(place, QColor(brush.theme.zero))
            return
        level = symmetric_level(table)
        image = signed_image(np.nan_to_num(table), (-level, level), brush.theme)
        paint_squares(painter, place, image, brush.theme.border)
        row = place.height() / len(table)
        for number, name in enumerate(brush.symbols if len(brush.symbols) == len(table) else ()):
            if row >= LEAST_ROW:
                aside = ASIDE if row < ROW and number % 2 else 0
                line = QRectF(place.left() - 28, place.top() + (number + 0.5) * row - 8, 24 - aside, 16)
                brush.text(painter, line, name, brush.theme.muted, Qt.AlignmentFlag.AlignRight)

    def of_neuron(self, layer: LayerSnapshot | None, unit: int) -> tuple[str, ...]:
        """How large the numbers are, and how long the vectors."""
        table = table_of(layer)
        if table is None or not table.size:
            return ()
        lengths = np.sqrt(np.square(table, dtype=np.float64).sum(axis=1))
        return tuple(
            text.format(figures(float(values.min()), 3), figures(float(values.max()), 3))
            for text, values in ((_tr("numbers {0} to {1}"), table), (_tr("lengths {0} to {1}"), lengths))
        )


def table_of(layer: LayerSnapshot | None) -> np.ndarray | None:
    """The numbers of each symbol, (symbols, numbers)."""
    weights = None if layer is None else layer.blocks.get("weights")
    return None if weights is None else weights.T


def _width(numbers: int) -> float:
    return min(max(NUMBER * numbers, NARROWEST), WIDEST)


def _tr(text: str) -> str:
    return QCoreApplication.translate("CanvasCards", text)
