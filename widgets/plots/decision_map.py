"""The map of what the network says at every place of the plane, with the samples on it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.colouring import Floats
from widgets.plots.colour_bar import BAR_SPACE, GAP, paint_colour_bar
from widgets.plots.export import Columns
from widgets.plots.figure import Figure
from widgets.plots.map_content import MapContent
from widgets.plots.points import Points, paint_points
from widgets.theme import Theme, current

ROUNDING = 6
LINES = QPen(QColor(255, 255, 255, 190), 1.2)
KEY_STEPS = 48
"""How many times an arrow key moves from one side of the map to the other."""
ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Down: (0, -1),
    Qt.Key.Key_Up: (0, 1),
}


class DecisionMap(Figure):
    """A square map with a colour bar at its right.

    Signals:
        probed: the place under the pointer, (x, y), or None when it left.  Arrow keys move it too.
    """

    probed = Signal(object)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self.content: MapContent | None = None
        self.message = ""
        self.discretize = False
        self.probe: tuple[float, float] | None = None
        self._training, self._test = Points(), Points()
        self._segments: NDArray[np.float64] = np.empty((0, 4))
        self._overlay: QPixmap | None = None
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(140 + BAR_SPACE, 140)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    # --- what is shown ------------------------------------------------------------------------------

    def show_map(self, content: MapContent | None, message: str = "") -> None:
        """Show outputs, or a message where there are none."""
        before, self.content, self.message = self.content, content, message
        if content and (before is None or before.colouring != content.colouring):
            self._overlay = None
        self.update()

    def show_points(self, training: Points, test: Points) -> None:
        """Show samples: dots for training, rings for test."""
        self._training, self._test = training, test
        self._draw_anew()

    def show_segments(self, segments: NDArray[np.float64]) -> None:
        """Show straight lines, (n, 4) from and to places of the plane."""
        self._segments = segments
        self.update()

    def set_discretize(self, discretize: bool) -> None:
        """Show which side of the border a place is on, and not how far from it."""
        self.discretize = discretize
        self._draw_anew()

    def probed_values(self) -> Floats | None:
        """The outputs (m,) at the place under the pointer, between the points of the grid as well."""
        if self.content is None or self.probe is None:
            return None
        return self.content.values_at(*self.probe)

    def columns(self) -> Columns:
        """The coordinates and the outputs at every point of the grid."""
        return self.content.columns() if self.content else {}

    # --- painting -----------------------------------------------------------------------------------

    @property
    def square(self) -> QRectF:
        """Where the map is: as large as there is room for, in the middle together with its bar."""
        side = float(min(self.width() - BAR_SPACE, self.height()))
        left = (self.width() - BAR_SPACE - side) / 2
        return QRectF(round(left), round((self.height() - side) / 2), side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the map and the lines, which change with every frame, and what is kept of the rest."""
        with QPainter(self) as painter:
            painter.setRenderHints(
                QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
            )
            corners = QPainterPath()
            corners.addRoundedRect(self.square, ROUNDING, ROUNDING)
            painter.setClipPath(corners)
            self._paint_map(painter)
            painter.setClipping(False)
            if self.content is not None:
                painter.drawPixmap(0, 0, self._kept_overlay())
            if self.probe is not None and not self.underMouse():
                self._paint_probe(painter)
            if self.focused_by_key:
                painter.setPen(QPen(QColor(current().accent), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(self.square.adjusted(1, 1, -1, -1), ROUNDING, ROUNDING)

    def paint_figure(self, painter: QPainter) -> None:
        """Draw everything but the pointer's mark."""
        painter.fillRect(self.rect(), QColor(current().panel))
        self._paint_map(painter)
        if self.content is not None:
            self._paint_overlay(painter)

    def _paint_map(self, painter: QPainter) -> None:
        theme, square = current(), self.square
        if self.content is None:
            painter.fillRect(square, QColor(theme.canvas))
            painter.setPen(QColor(theme.muted))
            inside = square.adjusted(20, 20, -20, -20)
            painter.drawText(inside, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self.message)
            return
        pixels = self.content.pixels(theme, self.discretize)
        size = len(pixels)
        image = QImage(pixels.data, size, size, QImage.Format.Format_RGB32)
        painter.drawImage(square, image, QRectF(0.5, 0.5, size - 1, size - 1))  # the grid reaches the edges
        painter.setPen(LINES)
        ends = self._to_pixels(self._segments.reshape(-1, 2)).reshape(-1, 4)
        painter.drawLines([QLineF(*line) for line in ends.tolist()])

    def _kept_overlay(self) -> QPixmap:
        if self._overlay is None:
            ratio = self.devicePixelRatioF()
            self._overlay = QPixmap(self.size() * ratio)
            self._overlay.setDevicePixelRatio(ratio)
            self._overlay.fill(Qt.GlobalColor.transparent)
            painter = QPainter(self._overlay)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_overlay(painter)
            painter.end()
        return self._overlay

    def _paint_overlay(self, painter: QPainter) -> None:
        assert self.content is not None
        square, theme = self.square, current()
        bar = QRectF(square.right() + GAP, square.top(), BAR_SPACE - GAP, square.height())
        painter.setFont(self.small_font())
        paint_colour_bar(painter, bar, self.content.colouring.key(theme, self.discretize), theme)
        painter.setClipRect(square)
        paint_points(painter, self._test, self._to_pixels, filled=False)
        paint_points(painter, self._training, self._to_pixels, filled=True)
        painter.setClipping(False)

    def _paint_probe(self, painter: QPainter) -> None:
        ((x, y),) = self._to_pixels(np.array([self.probe])).tolist()
        for pen in (QPen(QColor(0, 0, 0, 160), 3), QPen(QColor(255, 255, 255), 1.2)):
            painter.setPen(pen)
            painter.drawLine(QPointF(x - 6, y), QPointF(x + 6, y))
            painter.drawLine(QPointF(x, y - 6), QPointF(x, y + 6))

    def _to_pixels(self, places: Floats) -> Floats:
        """The pixels (n, 2) of places (n, 2) of the plane."""
        assert self.content is not None
        square = self.square
        share = self.content.shares(places)
        return np.array([square.left(), square.bottom()]) + share * [square.width(), -square.height()]

    # --- pointing -----------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell the place under the pointer."""
        place, square = event.position(), self.square
        if self.content is None or not square.contains(place):
            self._move_probe(None)
            return
        across = (place.x() - square.left()) / square.width()
        up = (square.bottom() - place.y()) / square.height()
        self._move_probe(self.content.place(across, up))

    def leaveEvent(self, event: QEvent) -> None:
        """Forget the place."""
        self._move_probe(None)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Forget the place that keys chose."""
        super().focusOutEvent(event)
        self._move_probe(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the place by arrow keys, from the middle when there is none."""
        step = ARROWS.get(Qt.Key(event.key()))
        if step is None or self.content is None:
            super().keyPressEvent(event)
            return
        start = (0.5, 0.5) if self.probe is None else self.content.shares(np.array(self.probe))
        across, up = np.clip(np.add(start, np.divide(step, KEY_STEPS)), 0, 1).tolist()
        self._move_probe(self.content.place(across, up))

    def _move_probe(self, place: tuple[float, float] | None) -> None:
        if place != self.probe:
            self.probe = place
            self.probed.emit(place)
            self.update()

    # --- keeping up ---------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Points are drawn anew at the new size."""
        self._overlay = None

    def show_theme(self, theme: Theme) -> None:
        """Take on the colours of another theme."""
        super().show_theme(theme)
        self._draw_anew()

    def _draw_anew(self) -> None:
        self._overlay = None
        self.update()
