"""A plot of the way that an optimizer takes down a bowl, seen from above."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QWidget

from widgets.figures.columns import Columns
from widgets.figures.ground import filling, lay
from widgets.plots.figure import Figure
from widgets.theme import current

HALF_WIDTH = 1.3
"""From the middle to the left and right edge; up and down it is as much as the shape allows."""
LEVELS = 9
DOT = 1.8
STEPS_A_DOT = 5
RADIUS = 6
BUTTON_MARGIN = 4

Places = NDArray[np.floating]


class PathPlot(Figure):
    """Contours of ½(c₁x² + c₂y²), evenly apart, and a path over them with a dot every few steps."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._curvatures: Sequence[float] = (1.0, 1.0)
        self.places: Places = np.empty((0, 2))
        """The path (n, 2) from its start on."""

    def show_path(self, title: str, curvatures: Sequence[float], places: Places) -> None:
        """Show a path down the bowl of these curvatures."""
        self.title, self._curvatures, self.places = title, curvatures, places
        self.setAccessibleName(title)
        self.update()

    def columns(self) -> Columns:
        """The path."""
        return {"x": self.places[:, 0], "y": self.places[:, 1]}

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the menu in its corner."""
        super().resizeEvent(event)
        self.put_menu_in_corner(BUTTON_MARGIN)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the plot."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self.paint_figure(painter)

    def paint_figure(self, painter: QPainter) -> None:
        """Draw the bowl and the path."""
        theme, frame = current(), QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        lay(painter, self.rect(), theme.panel)
        painter.setPen(QPen(QColor(theme.border), 1))
        painter.setBrush(filling(theme.canvas))
        painter.drawRoundedRect(frame, RADIUS, RADIUS)
        shape = QPainterPath()
        shape.addRoundedRect(frame, RADIUS, RADIUS)
        painter.save()
        painter.setClipPath(shape)
        self._paint_bowl(painter)
        self._paint_path(painter)
        painter.restore()

    def _paint_bowl(self, painter: QPainter) -> None:
        theme, scale = current(), self.width() / 2 / HALF_WIDTH
        stretch = (self._curvatures[0] / self._curvatures[1]) ** 0.5
        painter.setBrush(QColor(0, 0, 0, 0))
        painter.setPen(QPen(QColor(theme.border), 1))
        for level in range(1, LEVELS + 1):
            across = scale * HALF_WIDTH * 1.4 * level / LEVELS
            painter.drawEllipse(self._pixel(0, 0), across, across * stretch)
        painter.setPen(QPen(QColor(theme.muted), 1.4))
        middle = self._pixel(0, 0)
        for way in (QPointF(4, 0), QPointF(0, 4)):
            painter.drawLine(middle - way, middle + way)

    def _paint_path(self, painter: QPainter) -> None:
        if not len(self.places):
            return
        theme = current()
        points = [self._pixel(*place) for place in self.places.tolist()]
        line = QColor(theme.lines[1])
        painter.setPen(QPen(line, 1.2))
        painter.drawPolyline(QPolygonF(points))
        painter.setPen(QPen(line, 0))
        painter.setBrush(line)
        for point in points[STEPS_A_DOT::STEPS_A_DOT]:
            painter.drawEllipse(point, DOT, DOT)
        painter.setPen(QPen(QColor(theme.text), 1.4))
        painter.setBrush(QColor(theme.panel))
        painter.drawEllipse(points[0], 3.5, 3.5)

    def _pixel(self, x: float, y: float) -> QPointF:
        scale = self.width() / 2 / HALF_WIDTH
        return QPointF(self.width() / 2 + x * scale, self.height() / 2 - y * scale)
