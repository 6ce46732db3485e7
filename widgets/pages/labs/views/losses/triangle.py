"""A triangle of three classes: the loss over it, where a softmax is, and where it goes."""

from __future__ import annotations

from numpy import eye
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPen,
    QPolygonF,
    QResizeEvent,
)

from playground.labs.losses.three_classes import CORNERS, Floats, kept_inside, places
from playground.numbers.writing import figures, percent
from widgets.figures.columns import Columns
from widgets.gesture import new_gesture
from widgets.pages.labs.ground import ground_image
from widgets.pages.labs.leading import LedByHand, arrow_way
from widgets.plots.painted_figure import PaintedFigure
from widgets.theme import current

ROOM, SIDE = 22.0, 28.0
"""Pixels above and below the triangle, and beside it, for names."""
TALL = 0.866
"""The height of a triangle of equal sides, by its side."""
STRIDE = 0.02
"""How far an arrow key leads the handle, as a share of the side; with Shift five times as far."""
HANDLE, DOT, RING = 7.0, 5.0, 8.0


class ClassTriangle(LedByHand, PaintedFigure):
    """Drag the white handle, or lead it by the arrow keys.

    Signals:
        led: the shares that the softmax is to begin with, and the gesture that leads it there.
    """

    led = Signal(object, int)

    def __init__(self) -> None:
        super().__init__(self.tr("Three classes"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleDescription(self.tr("Arrow keys lead the softmax."))
        self._image: QImage | None = None
        self._ways: tuple[Floats, Floats] | None = None
        self._handle = self._target = (0.5, 0.3)
        self._seen, self._temperature = 0, 1.0

    def minimumSizeHint(self) -> QSize:
        """Room for a small triangle."""
        return QSize(220, 160)

    # --- what is shown ----------------------------------------------------------------------------------

    def show_ground(self, ground: Floats) -> None:
        """Draw another loss."""
        self._image = ground_image(ground)
        self.update()

    def show_ways(self, by_temperature: Floats, descent: Floats, seen: int, temperature: float) -> None:
        """Show where other temperatures lead, and so many steps of the descent, (steps + 1, 3)."""
        self._ways, self._seen, self._temperature = (by_temperature, descent), seen, temperature
        self.update()

    def show_points(self, shares: Floats, target: Floats) -> None:
        """Put the handle and the target where they are."""
        (x, y), (to_x, to_y) = places(shares).tolist(), places(target).tolist()
        self._handle, self._target = (x, y), (to_x, to_y)
        self.update()

    def columns(self) -> Columns:
        """The shares of the three classes, step by step."""
        if self._ways is None:
            return {}
        return {f"class {number}": column for number, column in enumerate(self._ways[1].T, 1)}

    # --- where things are -------------------------------------------------------------------------------

    @property
    def _area(self) -> QRectF:
        room = QRectF(self.rect()).adjusted(SIDE, ROOM, -SIDE, -ROOM)
        side = min(room.width(), room.height() / TALL)
        area = QRectF(0, 0, side, side * TALL)
        area.moveCenter(room.center())
        return area

    def pixel(self, x: float, y: float) -> QPointF:
        """A place in the widget."""
        area = self._area
        return QPointF(area.left() + x * area.width(), area.bottom() - y * area.height())

    def _line(self, way: Floats) -> QPolygonF:
        return QPolygonF([self.pixel(x, y) for x, y in places(way).tolist()])

    # --- painting ---------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the menu in its corner."""
        super().resizeEvent(event)
        self.put_menu_in_corner()

    def paint(self, painter: QPainter) -> None:
        """Draw the triangle."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setFont(self.small_font())
        self._paint_ground(painter)
        if self._ways is not None:
            self._paint_ways(painter, *self._ways)
        self._paint_target(painter)
        place = self.pixel(*self._handle)
        painter.setPen(QPen(QColor("black"), 2))
        painter.setBrush(QColor("white"))
        painter.drawEllipse(place, HANDLE, HANDLE)

    def _paint_ground(self, painter: QPainter) -> None:
        shape = QPainterPath()
        shape.addPolygon(self._line(_every_corner()))
        shape.closeSubpath()
        painter.save()
        painter.setClipPath(shape)
        if self._image is not None:
            painter.drawImage(self._area, self._image)
        painter.restore()
        painter.setPen(QPen(QColor(current().outline), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(shape)
        painter.setPen(QColor(current().muted))
        for number, (x, y) in enumerate(CORNERS.tolist(), 1):
            at = self.pixel(x, y)
            below = QRectF(at.x() - 40, at.y() + (3 if y == 0 else -20), 80, 16)
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, self.tr("class {n}").format(n=number))

    def _paint_ways(self, painter: QPainter, by_temperature: Floats, descent: Floats) -> None:
        painter.setPen(QPen(QColor(255, 255, 255, 170), 1.4, Qt.PenStyle.DashLine))
        painter.drawPolyline(self._line(by_temperature))
        way = self._line(descent[: self._seen + 1])
        for colour, width in ((QColor(255, 255, 255, 190), 3.6), (QColor(LEARNT), 2.0)):
            painter.setPen(QPen(colour, width))
            painter.drawPolyline(way)
        painter.setPen(QPen(QColor("white"), 1.5))
        painter.setBrush(QColor(LEARNT))
        painter.drawEllipse(way[0], DOT, DOT)
        painter.drawEllipse(way[-1], DOT, DOT)
        if self._temperature != 1:
            self._paint_label(painter, way[0], self.tr("T {t}").format(t=figures(self._temperature, 2)))

    def _paint_label(self, painter: QPainter, at: QPointF, words: str) -> None:
        width = painter.fontMetrics().horizontalAdvance(words) + 10
        room = QRectF(at.x() + 9, at.y() - 9, width, 18)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(255, 255, 255, 210))
        painter.drawRoundedRect(room, 4, 4)
        painter.setPen(QColor("black"))
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, words)

    def _paint_target(self, painter: QPainter) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width in (("black", 4.0), ("white", 2.0)):
            painter.setPen(QPen(QColor(colour), width))
            painter.drawEllipse(self.pixel(*self._target), RING, RING)

    # --- leading the handle -----------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Lead the handle by the arrows."""
        if (way := arrow_way(event)) is None:
            super().keyPressEvent(event)
            return
        x, y = (at + STRIDE * to for at, to in zip(self._handle, way, strict=True))
        self.led.emit(kept_inside(x, y), new_gesture())

    def lead_to(self, pixel: QPointF, gesture: int) -> None:
        """Bring the handle to a pixel, or as near as there are shares."""
        area = self._area
        x, y = (pixel.x() - area.left()) / area.width(), (area.bottom() - pixel.y()) / area.height()
        self.led.emit(kept_inside(x, y), gesture)


LEARNT = "#c2255c"
"""The colour of the way that is learnt, which stands out from those of heights in both themes."""


def _every_corner() -> Floats:

    return eye(3)


def told_shares(shares: Floats) -> str:
    """Three shares in words."""
    return ", ".join(percent(float(share)) for share in shares)
