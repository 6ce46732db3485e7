"""The surface of a landscape: turned by dragging, nearer by the wheel, with the path on it."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen, QWheelEvent

from widgets.colouring import Floats
from widgets.pages.inside.tabs.landscape.figure import HALO, KEY_SPACE, LIGHT, LandscapeFigure
from widgets.pages.inside.tabs.landscape.relief import Relief
from widgets.plots.surface.ground import SurfaceGround
from widgets.plots.surface.orbit import Orbit
from widgets.plots.surface.picture import SurfacePicture, pointed_at
from widgets.plots.surface.route import paint_marker, paint_way
from widgets.theme import current

KEY_MARGIN = 10


class LossSurface(LandscapeFigure):
    """A landscape from the side."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.orbit = Orbit()
        self.picture = SurfacePicture()
        self._ground: SurfaceGround | None = None
        self._ground_of: tuple[object, ...] = ()

    def view(self) -> tuple[object, ...]:
        """From where it is seen, and by what it is drawn."""
        return self.orbit.camera, self.orbit.moves, self.picture.renderer

    @property
    def field(self) -> QRectF:
        """Where the surface is seen."""
        return QRectF(0, 0, self.width() - KEY_SPACE, self.height())

    def _ground_for(self, relief: Relief) -> SurfaceGround:
        """The same as a ground, made anew for another one or other colours."""
        of = (relief, self.names, current())
        if self._ground is None or of != self._ground_of:
            self._ground, self._ground_of = relief.ground(self.names, current()), of
        return self._ground

    # --- where places are -----------------------------------------------------------------------------

    def pixels(self, places: Floats) -> Floats:
        """The pixels (n, 2) of places (n, 2) on the surface; those beyond its edge at the height of it."""
        if self.relief is None:
            return np.empty((0, 2))
        return self.orbit.camera.seen(self._ground_for(self.relief).on(places), self.field)[:, :2]

    def place_at(self, pixel: QPointF) -> tuple[float, float] | None:
        """The place whose point is nearest to a pixel; of those about as near, the one in front."""
        if self.relief is None:
            return None
        return pointed_at(self._ground_for(self.relief), self.orbit.camera, self.field, pixel)

    # --- painting -------------------------------------------------------------------------------------

    def paint_ground(self, painter: QPainter, relief: Relief) -> None:
        """Draw box, surface and colour bar."""
        ground, orbit = self._ground_for(relief), self.orbit
        self.picture.paint(painter, ground, orbit.camera, self.field, self.small_font(), orbit.moves)
        self.paint_key(painter, relief, KEY_MARGIN, self.height() - KEY_MARGIN)

    def paint_route(self, painter: QPainter) -> None:
        """Draw the path on the surface, its beginning as a ring, and where the network is as a dot."""
        known = self.route[np.isfinite(self.route).all(axis=1)]
        if self.relief is None or not len(known):
            return
        ground, camera = self._ground_for(self.relief), self.orbit.camera
        painter.save()
        painter.setClipRect(self.field)
        pens = (QPen(HALO, 3.6), QPen(LIGHT, 1.6))[self.orbit.moves :]  # a halo takes long
        paint_way(painter, ground, camera, self.field, known, pens)
        if len(known) > 1:
            paint_marker(
                painter, ground, camera, self.field, known[0], QPen(LIGHT, 1.6), QColor(16, 18, 23), 4.0
            )
        here = QColor(current().accent)
        paint_marker(painter, ground, camera, self.field, known[-1], QPen(LIGHT, 2), here, 5.5)
        painter.restore()

    # --- turning --------------------------------------------------------------------------------------

    def _turned(self) -> None:
        self.label.hide()
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to turn it, or a click."""
        super().mousePressEvent(event)
        if self._pressed is not None:
            self.orbit.press(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Turn it while it is dragged, or else tell the loss under the pointer."""
        if self.orbit.drag(event.position()):
            self._turned()
        else:
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Draw it in full again, or choose a place."""
        if not self.orbit.release():
            self._pressed = None
        super().mouseReleaseEvent(event)
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Come nearer, or go farther."""
        self.orbit.wheel(event, self.field)
        self._turned()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn it, come nearer, or else do what is done in the map as well."""
        if self.orbit.key(event, self.field):
            self._turned()
        else:
            super().keyPressEvent(event)
