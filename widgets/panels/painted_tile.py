"""The tile of the gallery that begins painting: a pencil among a few points."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from playground.data.datasets.painted import Painted
from widgets.icons import icon
from widgets.panels.thumbnail import DOT, Tile
from widgets.theme import Theme

DOTS = (
    (0.1, 0.35, True), (0.22, 0.2, True), (0.4, 0.12, True), (0.16, 0.55, True),
    (0.9, 0.62, False), (0.8, 0.8, False), (0.62, 0.9, False), (0.88, 0.42, False),
)  # fmt: skip
"""Where points lie in the tile, and whether they are of the first class."""
PENCIL = 0.46


class PaintedTile(Tile):
    """Stands for points that are painted by hand."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Painted, parent)

    def paint_inside(self, painter: QPainter, inside: QRectF, shown: Theme) -> None:
        for x, y, first in DOTS:
            colour = QColor(shown.negative if first else shown.positive)
            painter.setPen(QPen(colour, DOT, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawPoint(QPointF(inside.left() + x * inside.width(), inside.top() + y * inside.height()))
        room = QRectF(0, 0, PENCIL * inside.width(), PENCIL * inside.height())
        room.moveCenter(inside.center())
        icon("paint", shown.text).paint(painter, room.toRect())
