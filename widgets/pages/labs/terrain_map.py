"""A terrain of two weights from above, with ways down it and the start, which can be dragged."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPainterPath, QPen, QPolygonF

from playground.labs.race.racing import Way
from playground.labs.race.terrain import Box, Floats
from playground.numbers.writing import figures
from widgets.figures.ground import lay
from widgets.pages.labs.entries import entry_colour
from widgets.pages.labs.ground import ground_image
from widgets.pages.labs.leading import LedByHand
from widgets.pages.labs.terrain_figure import DOT, END, MOST_DOTS, ROUND, Marks, TerrainFigure, way_pens
from widgets.theme import current


class TerrainMap(LedByHand, TerrainFigure):
    """Drag the start, or lead it by arrow keys."""

    def __init__(self) -> None:
        super().__init__(self.tr("Ways over the landscape"))
        self._image: QImage | None = None

    def show_ground(self, ground: Floats, box: Box, marks: Marks = ()) -> None:
        """Draw another terrain."""
        self._image, self.box = ground_image(ground), box
        self.update()

    # --- painting ---------------------------------------------------------------------------------------

    def paint_figure(self, painter: QPainter) -> None:
        """Draw ground, ways and start."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(self.rect()), ROUND, ROUND)
        painter.save()
        painter.setClipPath(shape)
        lay(painter, self.rect(), current().canvas)
        if self._image is not None:
            painter.drawImage(QRectF(self.rect()), self._image)
        for place, way in enumerate(self.ways):
            self._paint_way(painter, way, QColor(entry_colour(place)))
        self.paint_start(painter, self.handle())
        painter.restore()
        self.paint_focus(painter, thick=2)

    def _paint_way(self, painter: QPainter, way: Way, colour: QColor) -> None:
        points = [self._pixel(x, y) for x, y in way.places[: self.steps + 1].tolist()]
        line = QPolygonF(points)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for pen in way_pens(colour):
            painter.setPen(pen)
            painter.drawPolyline(line)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        for point in points if len(points) <= MOST_DOTS else ():
            painter.drawEllipse(point, DOT, DOT)
        painter.setPen(QPen(QColor("white"), 1.5))
        painter.drawEllipse(points[-1], END, END)

    def _pixel(self, x: float, y: float) -> QPointF:
        left, right, low, high = self.box
        across = min(max((x - left) / (right - left), -9.0), 10.0)
        up = min(max((y - low) / (high - low), -9.0), 10.0)
        return QPointF(across * self.width(), (1 - up) * self.height())

    def handle(self) -> QPointF:
        """The pixel where the start is."""
        return QPointF(self.start[0] * self.width(), (1 - self.start[1]) * self.height())

    # --- leading the start ------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Lead the start along, or tell where the pointer is."""
        super().mouseMoveEvent(event)
        if not self.is_led:
            near = self.is_near_start(event.position())
            self.setCursor(Qt.CursorShape.OpenHandCursor if near else Qt.CursorShape.CrossCursor)
            self.setToolTip(self._place_told(event.position()))

    def lead_to(self, pixel: QPointF, gesture: int) -> None:
        """Bring the start to a pixel, or as near as it can be seen."""
        x = min(max(pixel.x() / self.width(), 0.0), 1.0)
        y = min(max(1 - pixel.y() / self.height(), 0.0), 1.0)
        self.moved.emit(x, y, gesture)

    def _place_told(self, point: QPointF) -> str:
        left, right, low, high = self.box
        x = left + point.x() / self.width() * (right - left)
        y = low + (1 - point.y() / self.height()) * (high - low)
        return self.tr("x {x}, y {y}").format(x=figures(x, 3), y=figures(y, 3))
