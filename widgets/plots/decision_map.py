"""The map of what the network says at every place of the plane, with the samples on it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.colouring import Floats
from widgets.figures.columns import Columns
from widgets.plots.colour_bar import BAR_SPACE
from widgets.plots.dashes import Segments
from widgets.plots.figure import Figure
from widgets.plots.map_content import MapContent
from widgets.plots.map_painter import Drawing, MapPainter, paint_place
from widgets.plots.points import Points

ROUNDING = 6
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
        self.lie_on_panel()
        self.drawing = Drawing()
        """What is shown."""
        self._painter = MapPainter()
        self.probe: tuple[float, float] | None = None
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(140 + BAR_SPACE, 140)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    # --- what is shown ------------------------------------------------------------------------------

    def show_map(self, content: MapContent | None, message: str = "") -> None:
        """Show outputs, or a message where there are none."""
        self._draw(content=content, message=message)

    def show_points(self, training: Points, test: Points) -> None:
        """Show samples: dots for training, rings for test."""
        self._draw(training=training, test=test)

    def show_segments(self, segments: Segments) -> None:
        """Show straight lines, (n, 4) from and to places of the plane."""
        self._draw(segments=segments)

    def set_discretize(self, discretize: bool) -> None:
        """Show which side of the border a place is on, and not how far from it."""
        self._draw(discretize=discretize)

    def _draw(self, **changes: object) -> None:
        self.drawing = replace(self.drawing, **changes)
        self.update()

    def probed_values(self) -> Floats | None:
        """The outputs (m,) at the place under the pointer, between the points of the grid as well."""
        if self.drawing.content is None or self.probe is None:
            return None
        return self.drawing.content.values_at(*self.probe)

    def columns(self) -> Columns:
        """The coordinates and the outputs at every point of the grid."""
        return self.drawing.content.columns() if self.drawing.content else {}

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
            self.paint_ground(painter)
            painter.setRenderHints(
                QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
            )
            corners = QPainterPath()
            corners.addRoundedRect(self.square, ROUNDING, ROUNDING)
            painter.setClipPath(corners)
            self._painter.paint_map(painter, self.square, self.drawing)
            painter.setClipping(False)
            self._painter.paint_kept_overlay(
                painter, self.square, self.drawing, self.small_font(), self.size()
            )
            if self.drawing.content is not None and self.probe is not None and not self.underMouse():
                paint_place(painter, self.square, self.drawing.content, self.probe)
            self.paint_focus(painter, self.square, thick=2, rounding=ROUNDING)

    def paint_figure(self, painter: QPainter) -> None:
        """Draw everything but the pointer's mark."""
        self.paint_ground(painter)
        self._painter.paint_map(painter, self.square, self.drawing)
        self._painter.paint_overlay(painter, self.square, self.drawing, self.small_font())

    # --- pointing -----------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell the place under the pointer."""
        place, square = event.position(), self.square
        if self.drawing.content is None or not square.contains(place):
            self.point_at(None)
            return
        across = (place.x() - square.left()) / square.width()
        up = (square.bottom() - place.y()) / square.height()
        self.point_at(self.drawing.content.place(across, up))

    def leaveEvent(self, event: QEvent) -> None:
        """Forget the place."""
        self.point_at(None)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Forget the place that keys chose."""
        super().focusOutEvent(event)
        self.point_at(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the place by arrow keys, from the middle when there is none."""
        step = ARROWS.get(Qt.Key(event.key()))
        if step is None or self.drawing.content is None:
            super().keyPressEvent(event)
            return
        start = (0.5, 0.5) if self.probe is None else self.drawing.content.shares(np.array(self.probe))
        across, up = np.clip(np.add(start, np.divide(step, KEY_STEPS)), 0, 1).tolist()
        self.point_at(self.drawing.content.place(across, up))

    def point_at(self, place: tuple[float, float] | None) -> None:
        """Tell what is at a place, or at none."""
        if place != self.probe:
            self.probe = place
            self.probed.emit(place)
            self.update()
