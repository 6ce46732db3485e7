"""The picture of a ground from a camera: by OpenGL as long as that works, painted otherwise."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QPainter

from widgets.plots.surface.camera import SurfaceCamera
from widgets.plots.surface.faces import paint_faces
from widgets.plots.surface.frame import SurfaceFrame
from widgets.plots.surface.ground import SurfaceGround
from widgets.plots.surface.opengl import NoOpenGL, SurfaceRenderer, renderer

REACH, LOOKS = 2.0, 801
"""How far a ray goes through the box from its middle, and at how many places it is looked at."""


RIM = 0.03
"""How far beyond the edge of the box its rim is still pointed at."""


GRAZED = 1
"""Pixels above a ridge that still point at it."""


class SurfacePicture:
    """Draws surfaces for one plot."""

    def __init__(self) -> None:
        self._paints = False
        """Whether OpenGL has failed here."""

    @property
    def renderer(self) -> SurfaceRenderer | None:
        """What draws by OpenGL; None where surfaces are painted."""
        return None if self._paints else renderer()

    def paint(
        self,
        painter: QPainter,
        ground: SurfaceGround,
        camera: SurfaceCamera,
        area: QRectF,
        font: QFont,
        moves: bool = False,
    ) -> None:
        """Draw the box, the surface in it, and what stands at its edges; coarser while the view moves."""
        if area.isEmpty():
            return
        frame = SurfaceFrame(ground, camera, area, font)
        painter.save()
        painter.setClipRect(area)
        frame.paint_behind(painter)
        self._paint_surface(painter, ground, camera, area, moves)
        frame.paint_words(painter)
        painter.restore()

    def _paint_surface(
        self, painter: QPainter, ground: SurfaceGround, camera: SurfaceCamera, area: QRectF, moves: bool
    ) -> None:
        drawn_by = self.renderer
        if drawn_by is not None:
            try:
                image = drawn_by.draw(ground, camera, area, painter.device().devicePixelRatioF(), moves)
            except NoOpenGL:
                self._paints = True
            else:
                painter.drawImage(area.topLeft(), image)
                return
        paint_faces(painter, ground, camera, area, moves)


def pointed_at(
    ground: SurfaceGround, camera: SurfaceCamera, area: QRectF, pixel: QPointF
) -> tuple[float, float] | None:
    """The place that is seen at a pixel: where the ray from the eye meets the surface first."""
    nearness = np.linspace(REACH, -REACH, LOOKS)[:, np.newaxis]
    ray = camera.behind(pixel, area) + nearness * camera.axes()[2]
    within = (np.abs(ray[:, :2]) <= 1 + RIM).all(axis=1)
    over = ray[:, 2] > ground.lifted(ray[:, :2]) + GRAZED / camera.scale(area)
    met = np.flatnonzero(within[1:] & within[:-1] & (over[1:] != over[:-1]))  # from above or from below
    if not len(met):
        return None
    ends = ray[met[0] : met[0] + 2]
    first, second = np.abs(ends[:, 2] - ground.lifted(ends[:, :2]))
    x, y, _ = np.clip(ends[0] + (ends[1] - ends[0]) * first / max(first + second, 1e-12), -1, 1)
    return ground.place(float(x), float(y))
