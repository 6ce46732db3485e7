"""A terrain of two weights from above, with ways down it and the start, which can be dragged."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
)

from playground.labs.race.racing import Way
from playground.labs.race.terrain import Box, Floats
from playground.numbers.writing import figures
from widgets.gesture import new_gesture
from widgets.pages.labs.entries import entry_colour
from widgets.pages.labs.ground import ground_image
from widgets.plots.columns import Columns
from widgets.plots.decision_map import ARROWS
from widgets.plots.figure import Figure
from widgets.theme import current

STRIDE = 0.02
"""How far an arrow key leads the start, as a share of what is seen; with Shift five times as far."""
HANDLE, REACH = 7.0, 16.0
"""Pixels of the start's radius, and around it in which it is taken hold of."""
DOT, END = 2.0, 5.5
MOST_DOTS = 150
"""With more steps than this dots would run into one another."""
HALF = 127
"""A lighter colour than this, of 255, is set off by a dark halo."""
ROUND = 6
MARGIN = 4


class TerrainMap(Figure):
    """Drag the start, or lead it by arrow keys.

    Signals:
        moved: where the start is to be, as shares of what is seen, and the gesture that leads it there.
    """

    moved = Signal(float, float, int)

    def __init__(self) -> None:
        super().__init__(self.tr("Ways over the landscape"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleDescription(self.tr("Arrow keys lead the start."))
        self._image: QImage | None = None
        self._box: Box = (-1, 1, -1, 1)
        self._names: Sequence[str] = ()
        self._ways: Sequence[Way] = ()
        self._steps = 0
        self._start = (0.5, 0.5)
        self._gesture: int | None = None

    def minimumSizeHint(self) -> QSize:
        """Room for a small map."""
        return QSize(240, 160)

    # --- what is shown ----------------------------------------------------------------------------------

    def show_ground(self, ground: Floats, box: Box) -> None:
        """Draw another terrain."""
        self._image, self._box = ground_image(ground), box
        self.update()

    def show_start(self, start: tuple[float, float]) -> None:
        """Put the start at a place, as shares of what is seen."""
        self._start = start
        self.update()

    def show_ways(self, names: Sequence[str], ways: Sequence[Way], steps: int) -> None:
        """Draw so many steps of each way."""
        self._names, self._ways, self._steps = names, ways, steps
        self.update()

    def columns(self) -> Columns:
        """Step by step where each racer was; nothing where it had run away."""
        steps = max((len(way.places) for way in self._ways), default=0)
        found: Columns = {"step": np.arange(steps, dtype=np.float64)}
        for name, way in zip(self._names, self._ways, strict=True):
            for axis, letter in enumerate("xy"):
                column = np.full(steps, np.nan)
                column[: len(way.places)] = way.places[:, axis]
                found[f"{name} {letter}"] = column
        return found

    # --- painting ---------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the menu in its corner."""
        super().resizeEvent(event)
        size = self.menu_button.sizeHint()
        self.menu_button.move(self.width() - size.width() - MARGIN, MARGIN)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the map."""
        with QPainter(self) as painter:
            self.paint_figure(painter)

    def paint_figure(self, painter: QPainter) -> None:
        """Draw ground, ways and start."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(self.rect()), ROUND, ROUND)
        painter.save()
        painter.setClipPath(shape)
        painter.fillRect(self.rect(), QColor(current().canvas))
        if self._image is not None:
            painter.drawImage(QRectF(self.rect()), self._image)
        for place, way in enumerate(self._ways):
            self._paint_way(painter, way, QColor(entry_colour(place)))
        self._paint_start(painter)
        painter.restore()
        self.paint_focus(painter, thick=2)

    def _paint_way(self, painter: QPainter, way: Way, colour: QColor) -> None:
        points = [self._pixel(x, y) for x, y in way.places[: self._steps + 1].tolist()]
        line = QPolygonF(points)
        halo = QColor(0, 0, 0, 150) if colour.lightness() > HALF else QColor(255, 255, 255, 190)
        for pen in (QPen(halo, 3.4), QPen(colour, 1.8)):
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            painter.drawPolyline(line)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        for point in points if len(points) <= MOST_DOTS else ():
            painter.drawEllipse(point, DOT, DOT)
        painter.setPen(QPen(QColor("white"), 1.5))
        painter.drawEllipse(points[-1], END, END)

    def _paint_start(self, painter: QPainter) -> None:
        place = self._handle()
        painter.setPen(QPen(QColor("black"), 2))
        painter.setBrush(QColor("white"))
        painter.drawEllipse(place, HANDLE, HANDLE)
        words, font = self.tr("start: drag me"), self.small_font()
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        label = metrics.boundingRect(words).adjusted(-5, -2, 5, 2)
        left = place.x() + 12 if place.x() < self.width() / 2 else place.x() - 12 - label.width()
        label.moveTo(left, min(max(place.y() - label.height() / 2, 2), self.height() - label.height() - 2))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(255, 255, 255, 200))
        painter.drawRoundedRect(label, 4, 4)
        painter.setPen(QColor("black"))
        painter.drawText(label, Qt.AlignmentFlag.AlignCenter, words)

    def _pixel(self, x: float, y: float) -> QPointF:
        left, right, low, high = self._box
        across = min(max((x - left) / (right - left), -9.0), 10.0)
        up = min(max((y - low) / (high - low), -9.0), 10.0)
        return QPointF(across * self.width(), (1 - up) * self.height())

    def _handle(self) -> QPointF:
        return QPointF(self._start[0] * self.width(), (1 - self._start[1]) * self.height())

    # --- leading the start ------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the start, or call it to the pointer."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._gesture = new_gesture()
            self._lead_to(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Lead the start along, and tell where the pointer is."""
        if self._gesture is not None:
            self._lead_to(event.position())
            return
        near = (event.position() - self._handle()).manhattanLength() < REACH
        self.setCursor(Qt.CursorShape.OpenHandCursor if near else Qt.CursorShape.CrossCursor)
        self.setToolTip(self._place_told(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._gesture = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Lead the start by the arrows."""
        if (way := ARROWS.get(Qt.Key(event.key()))) is None:
            super().keyPressEvent(event)
            return
        far = STRIDE * (5 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        x, y = (min(max(at + far * to, 0.0), 1.0) for at, to in zip(self._start, way, strict=True))
        self.moved.emit(x, y, new_gesture())

    def _lead_to(self, point: QPointF) -> None:
        x = min(max(point.x() / self.width(), 0.0), 1.0)
        y = min(max(1 - point.y() / self.height(), 0.0), 1.0)
        assert self._gesture is not None
        self.moved.emit(x, y, self._gesture)

    def _place_told(self, point: QPointF) -> str:
        left, right, low, high = self._box
        x = left + point.x() / self.width() * (right - left)
        y = low + (1 - point.y() / self.height()) * (high - low)
        return self.tr("x {x}, y {y}").format(x=figures(x, 3), y=figures(y, 3))
