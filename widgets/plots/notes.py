"""Marks over a plot of curves: upright dashes where something happened, which is read out beside them."""

from __future__ import annotations

from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF, QTransform
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from playground.record import record
from widgets.theme import Theme

HEAD = 4.0
"""Half the width in pixels of the wedge on top of a mark."""


@record
class Note:
    """What happened at an x, in short lines."""

    x: float
    lines: tuple[str, ...]


class NoteMarks(pg.GraphicsObject):
    """An upright dashed line with a wedge on top for each note."""

    def __init__(self) -> None:
        super().__init__()
        self.notes: Sequence[Note] = ()
        self._colour = QColor()
        self.setZValue(-40)

    def show_notes(self, notes: Sequence[Note]) -> None:
        """Mark these."""
        if notes != self.notes:
            self.notes = notes
            self.update()

    def show_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme."""
        self._colour = QColor(theme.muted)
        self.update()

    def boundingRect(self) -> QRectF:
        """All that is seen between the axes."""
        view = self.getViewBox()
        return QRectF() if view is None else view.viewRect()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget) -> None:
        """Draw the marks in pixels."""
        if not self.notes:
            return
        to_pixels = painter.worldTransform()
        area = to_pixels.mapRect(self.boundingRect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setWorldTransform(QTransform())
        painter.setBrush(self._colour)
        for note in self.notes:
            x = note.x * to_pixels.m11() + to_pixels.dx()
            painter.setPen(QPen(self._colour, 1, Qt.PenStyle.DashLine))
            painter.drawLine(QLineF(x, area.top(), x, area.bottom()))
            painter.setPen(Qt.PenStyle.NoPen)
            head = ((x - HEAD, 0), (x + HEAD, 0), (x, HEAD))
            painter.drawPolygon(QPolygonF([QPointF(left, area.top() + down) for left, down in head]))
        painter.setWorldTransform(to_pixels)
