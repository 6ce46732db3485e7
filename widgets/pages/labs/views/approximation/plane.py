"""Where numbers stand on a plot that is painted by hand, and its axes."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from playground.labs.approximation.neurons import LEFT, RIGHT
from widgets.plots.ticks import linear_ticks
from widgets.theme import current

LABELS, ABOVE, BELOW = 40, 24, 24
"""Pixels at the left for numbers, above for names, and below for numbers."""
EVERY = 60
"""About so many pixels there are between two numbers."""


@dataclass(frozen=True)
class FunctionPlane:
    """The place of the axes in a widget, and how far up and down they go."""

    area: QRectF
    reach: float

    @classmethod
    def within(cls, width: int, height: int, reach: float) -> FunctionPlane:
        """All of a widget but for the numbers."""
        return cls(QRectF(LABELS, ABOVE, width - LABELS - 12, height - ABOVE - BELOW), reach)

    def pixel(self, x: float, y: float) -> QPointF:
        """Where a point is in the widget."""
        across, up = (x - LEFT) / (RIGHT - LEFT), (y + self.reach) / (2 * self.reach)
        return QPointF(
            self.area.left() + across * self.area.width(), self.area.bottom() - up * self.area.height()
        )

    def point(self, pixel: QPointF) -> tuple[float, float]:
        """Which point is there in the widget."""
        across = (pixel.x() - self.area.left()) / self.area.width()
        up = (self.area.bottom() - pixel.y()) / self.area.height()
        return LEFT + across * (RIGHT - LEFT), (2 * up - 1) * self.reach

    def paint(self, painter: QPainter) -> None:
        """Draw a calm grid with its numbers."""
        shown = current()
        lines = max(2, int(self.area.height() / EVERY))
        for y, text in linear_ticks((-self.reach, self.reach), lines):
            start, end = self.pixel(LEFT, y), self.pixel(RIGHT, y)
            painter.setPen(QPen(QColor(shown.outline if y == 0 else shown.border), 1))
            painter.drawLine(QLineF(start, end))
            painter.setPen(QColor(shown.muted))
            words = QRectF(0, start.y() - 8, LABELS - 8, 16)
            painter.drawText(words, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
        for x, text in linear_ticks((LEFT, RIGHT), 6):
            foot = self.pixel(x, -self.reach)
            words = QRectF(foot.x() - 20, foot.y() + 3, 40, 16)
            painter.drawText(words, Qt.AlignmentFlag.AlignCenter, text)
