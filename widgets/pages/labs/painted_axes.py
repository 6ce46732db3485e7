"""The axes of a plot that is painted by hand: where numbers stand, a calm grid, and what is written at it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from widgets.plots.ticks import Limits, linear_ticks
from widgets.theme import current

LABELS, ABOVE, BELOW, NAME = 40, 24, 24, 16
"""Pixels at the left for numbers, above for names, below for numbers, and for the name of x."""
UP, ACROSS = 44, 90
"""About so many pixels there are between two numbers."""


@dataclass(frozen=True)
class PaintedAxes:
    """Where the axes are in a widget, and what they reach over."""

    area: QRectF
    x: Limits
    y: Limits
    x_name: str = ""
    y_name: str = ""

    @classmethod
    def within(
        cls, width: int, height: int, x: Limits, y: Limits, x_name: str = "", y_name: str = ""
    ) -> PaintedAxes:
        """All of a widget but for what is written."""
        below = BELOW + (NAME if x_name else 0)
        area = QRectF(LABELS, ABOVE, width - LABELS - 12, height - ABOVE - below)
        return cls(area, x, y, x_name, y_name)

    def pixel(self, x: float, y: float) -> QPointF:
        """Where a point is in the widget."""
        across, up = (x - self.x[0]) / (self.x[1] - self.x[0]), (y - self.y[0]) / (self.y[1] - self.y[0])
        return QPointF(
            self.area.left() + across * self.area.width(), self.area.bottom() - up * self.area.height()
        )

    def point(self, pixel: QPointF) -> tuple[float, float]:
        """Which point is there in the widget."""
        across = (pixel.x() - self.area.left()) / self.area.width()
        up = (self.area.bottom() - pixel.y()) / self.area.height()
        return self.x[0] + across * (self.x[1] - self.x[0]), self.y[0] + up * (self.y[1] - self.y[0])

    def paint(self, painter: QPainter) -> None:
        """Draw the grid with its numbers."""
        shown = current()
        for y, text in linear_ticks(self.y, max(2, int(self.area.height() / UP))):
            start, end = self.pixel(self.x[0], y), self.pixel(self.x[1], y)
            painter.setPen(QPen(QColor(shown.outline if y == 0 else shown.border), 1))
            painter.drawLine(QLineF(start, end))
            painter.setPen(QColor(shown.muted))
            words = QRectF(0, start.y() - 8, LABELS - 8, 16)
            painter.drawText(words, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
        for x, text in linear_ticks(self.x, max(2, int(self.area.width() / ACROSS))):
            foot = self.pixel(x, self.y[0])
            painter.drawText(QRectF(foot.x() - 30, foot.y() + 3, 60, 16), Qt.AlignmentFlag.AlignCenter, text)
        if self.x_name:
            words = QRectF(self.area.left(), self.area.bottom() + 20, self.area.width(), NAME)
            painter.drawText(words, Qt.AlignmentFlag.AlignCenter, self.x_name)
        painter.drawText(QRectF(self.area.left(), 0, self.area.width(), ABOVE - 6), 0, self.y_name)
