"""A terrain of two weights from the side, with ways down it; it is turned by dragging."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen, QWheelEvent

from playground.labs.race.terrain import Box, Floats
from playground.numbers.writing import short
from widgets.gesture import new_gesture
from widgets.kept_picture import KeptPicture
from widgets.pages.labs.entries import entry_colour
from widgets.pages.labs.ground import BANDS
from widgets.pages.labs.terrain_figure import END, ROUND, Marks, TerrainFigure, way_pens
from widgets.plots.surface.ground import SurfaceGround
from widgets.plots.surface.orbit import Orbit
from widgets.plots.surface.picture import SurfacePicture, pointed_at
from widgets.plots.surface.route import paint_marker, paint_way
from widgets.theme import current
from widgets.viridis import viridis_pixels

EDGE = 1
"""The width of the frame around it."""


class TerrainSurface(TerrainFigure):
    """Drag the start, or turn all by dragging beside it."""

    def __init__(self) -> None:
        super().__init__(self.tr("Ways over the surface"))
        self.orbit, self.picture = Orbit(), SurfacePicture()
        self._ground: SurfaceGround | None = None
        self._gesture: int | None = None
        self._kept = KeptPicture()

    def show_ground(self, ground: Floats, box: Box, marks: Marks = ()) -> None:
        """Draw another terrain, bright where it is low."""
        told = tuple((share, short(loss, 2)) for share, loss in marks)
        colours = np.ascontiguousarray(viridis_pixels()[::-1])
        self._ground, self.box = SurfaceGround(ground, box, colours, BANDS - 1, ("x", "y"), told), box
        self.update()

    @property
    def _area(self) -> QRectF:
        return QRectF(self.rect()).adjusted(EDGE, EDGE, -EDGE, -EDGE)

    # --- painting ---------------------------------------------------------------------------------------

    def paint_figure(self, painter: QPainter) -> None:
        """Draw ground, ways and start."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if (ground := self._ground) is not None:
            seen = (ground, self.orbit.camera, self.orbit.moves, self.picture.renderer)
            self._kept.paint(painter, self.size(), seen, lambda inner: self._paint_ground(inner, ground))
            for place, way in enumerate(self.ways):
                self._paint_way(painter, ground, way.places[: self.steps + 1], QColor(entry_colour(place)))
            self.paint_start(painter, self.handle())
        self.paint_focus(painter, thick=2)

    def _paint_ground(self, painter: QPainter, ground: SurfaceGround) -> None:
        """Draw what is kept while ways, which move much oftener, grow over it."""
        painter.setPen(QPen(QColor(current().border), 1))
        painter.setBrush(QColor(current().panel))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), ROUND, ROUND)
        orbit = self.orbit
        self.picture.paint(painter, ground, orbit.camera, self._area, self.small_font(), orbit.moves)

    def _paint_way(self, painter: QPainter, ground: SurfaceGround, places: Floats, colour: QColor) -> None:
        camera, white = self.orbit.camera, QPen(QColor("white"), 1.5)
        pens = way_pens(colour)[self.orbit.moves :]  # a halo takes long
        paint_way(painter, ground, camera, self._area, places, pens)
        paint_marker(painter, ground, camera, self._area, places[-1], white, colour, END)

    def handle(self) -> QPointF:
        """The pixel where the start is."""
        if self._ground is None:
            return QPointF()
        left, right, low, high = self.box
        x, y = self.start
        place = np.array([[left + x * (right - left), low + y * (high - low)]])
        across, down, _ = self.orbit.camera.seen(self._ground.on(place), self._area)[0].tolist()
        return QPointF(across, down)

    # --- turning, and leading the start -----------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the start, or of all."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if self.is_near_start(event.position()):
            self._gesture = new_gesture()
        else:
            self.orbit.press(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Lead the start along, or turn."""
        if self._gesture is not None:
            self._lead_to(event.position(), self._gesture)
        elif self.orbit.drag(event.position()):
            self.update()
        else:
            near = self.is_near_start(event.position())
            self.setCursor(Qt.CursorShape.OpenHandCursor if near else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go; a click calls the start."""
        if self.orbit.release():
            self._lead_to(event.position(), new_gesture())
        self._gesture = None
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Come nearer, or go farther."""
        self.orbit.wheel(event, self._area)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn it, come nearer, or lead the start."""
        if self.orbit.key(event, self._area):
            self.update()
        else:
            super().keyPressEvent(event)

    def _lead_to(self, pixel: QPointF, gesture: int) -> None:
        """Let the start be where the surface is under a pixel, if it is."""
        if self._ground is None:
            return
        if (place := pointed_at(self._ground, self.orbit.camera, self._area, pixel)) is not None:
            left, right, low, high = self.box
            self.moved.emit((place[0] - left) / (right - left), (place[1] - low) / (high - low), gesture)
