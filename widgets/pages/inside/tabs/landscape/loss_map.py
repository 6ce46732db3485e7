"""The map of a landscape: bands of colour, lines of equal loss, and the path."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen

from widgets.colouring import Floats
from widgets.pages.inside.tabs.landscape.figure import KEY_SPACE, LandscapeFigure
from widgets.pages.inside.tabs.landscape.relief import Relief
from widgets.plots.ticks import linear_ticks
from widgets.quick import draw_part
from widgets.theme import current

LEFT, BELOW, TOP = 44, 38, 6
ROUNDING = 6
PIXELS_A_TICK = 70
LINES = QColor(10, 12, 18, 90)


class LossMap(LandscapeFigure):
    """A landscape from above."""

    ring_width = 2

    @property
    def field(self) -> QRectF:
        """Where the map is."""
        return QRectF(LEFT, TOP, self.width() - LEFT - KEY_SPACE, self.height() - BELOW - TOP)

    def pixels(self, places: Floats) -> Floats:
        """The pixels (n, 2) of places (n, 2)."""
        if self.relief is None:
            return np.empty((0, 2))
        plane, area = self.relief.grid.plane, self.field
        shares = (places - [plane.left, plane.low]) / [plane.right - plane.left, plane.high - plane.low]
        pixels: Floats = [area.left(), area.bottom()] + shares * [area.width(), -area.height()]
        return pixels

    def place_at(self, pixel: QPointF) -> tuple[float, float] | None:
        """The place that a pixel shows."""
        area = self.field
        if self.relief is None or not area.contains(pixel):
            return None
        plane = self.relief.grid.plane
        across = (pixel.x() - area.left()) / area.width()
        up = (area.bottom() - pixel.y()) / area.height()
        return plane.left + across * (plane.right - plane.left), plane.low + up * (plane.high - plane.low)

    # --- painting -------------------------------------------------------------------------------------

    def paint_ground(self, painter: QPainter, relief: Relief) -> None:
        """Draw bands, lines and axes."""
        area, theme = self.field, current()
        corners = QPainterPath()
        corners.addRoundedRect(area, ROUNDING, ROUNDING)
        painter.save()
        painter.setClipPath(corners)
        pixels = relief.bands(theme)
        image = QImage(pixels.data, pixels.shape[1], pixels.shape[0], QImage.Format.Format_RGB32)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        size = len(pixels)
        draw_part(painter, area, image, QRectF(0.5, 0.5, size - 1, size - 1))
        self._paint_lines(painter, relief)
        painter.restore()
        self._paint_axes(painter, relief)
        self.paint_key(painter, relief, area.top(), area.bottom())

    def _paint_lines(self, painter: QPainter, relief: Relief) -> None:
        area, steps = self.field, len(relief.grid.x) - 1
        ends = relief.lines.reshape(-1, 2) / steps * [area.width(), -area.height()]
        ends = (ends + np.array([area.left(), area.bottom()])).reshape(-1, 4)
        painter.setPen(QPen(LINES, 1))
        painter.drawLines([QLineF(*line) for line in ends.tolist()])

    def _paint_axes(self, painter: QPainter, relief: Relief) -> None:
        area, plane = self.field, relief.grid.plane
        painter.setFont(self.small_font())
        painter.setPen(QColor(current().muted))
        middle = Qt.AlignmentFlag.AlignCenter
        for value, text in linear_ticks((plane.left, plane.right), max(2, int(area.width() / PIXELS_A_TICK))):
            x = area.left() + (value - plane.left) / (plane.right - plane.left) * area.width()
            painter.drawText(QRectF(x - 40, area.bottom() + 3, 80, 16), middle, text)
        for value, text in linear_ticks((plane.low, plane.high), max(2, int(area.height() / PIXELS_A_TICK))):
            y = area.bottom() - (value - plane.low) / (plane.high - plane.low) * area.height()
            beside = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRectF(14, y - 8, LEFT - 19, 16), beside, text)
        painter.drawText(QRectF(area.left(), area.bottom() + 19, area.width(), 16), middle, self.names[0])
        painter.save()
        painter.translate(0, area.bottom())
        painter.rotate(-90)
        painter.drawText(QRectF(0, 0, area.height(), 14), middle, self.names[1])
        painter.restore()
