"""A surface painted face by face from the back to the front, where there is no OpenGL, and in files."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from widgets.colouring import Floats
from widgets.plots.surface.camera import SurfaceCamera
from widgets.plots.surface.ground import SurfaceGround, lift

MOST_SIDE, WHILE_MOVED = 35, 23
"""Points a side that are drawn, at rest and while the view moves: more would make that slow."""
FEWER_SHADES = 0xF8F8F8
"""Which bits of a colour count, so that there are few inks to be made."""
LIGHT = np.array([-0.45, -0.35, 0.82])
DIM, BRIGHT = 0.72, 0.38
"""How bright a face is that is turned away from the light, and how much brighter it gets."""


def paint_faces(
    painter: QPainter, ground: SurfaceGround, camera: SurfaceCamera, area: QRectF, moves: bool
) -> None:
    """Draw all faces; none where there is a hole."""
    x, y, heights = ground.thinned(WHILE_MOVED if moves else MOST_SIDE)
    corners = np.stack([*np.meshgrid(x, y), lift(np.nan_to_num(heights, nan=1.0))], axis=-1)
    rows, columns = heights.shape
    seen = camera.seen(corners.reshape(-1, 3), area).reshape(rows, columns, 3)
    ends = [(slice(a, rows - 1 + a), slice(b, columns - 1 + b)) for a, b in ((0, 0), (0, 1), (1, 1), (1, 0))]
    quads = np.stack([seen[end] for end in ends], axis=2).reshape(-1, 4, 3)
    middles = np.mean([heights[end] for end in ends], axis=0).ravel()
    colours = _colours(ground, middles, corners)
    order = np.argsort(quads[:, :, 2].mean(axis=1))
    order = order[np.isfinite(middles[order])]
    inks = {colour: _inks(colour) for colour in set(colours.tolist())}
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)  # or edges between faces shine through
    faces = zip(colours[order].tolist(), quads[order, :, :2].tolist(), strict=True)
    for colour, (first, second, third, fourth) in faces:
        pen, brush = inks[colour]
        painter.setPen(pen)
        painter.setBrush(brush)
        painter.drawConvexPolygon((QPointF(*first), QPointF(*second), QPointF(*third), QPointF(*fourth)))
    painter.restore()


def _colours(ground: SurfaceGround, middles: Floats, corners: Floats) -> NDArray[np.uint32]:
    """The colour of each face, lighter where it is turned to the light."""
    known = np.nan_to_num(middles, nan=0.0)
    base = ground.table[(known * 255).astype(np.intp)]
    across, up = corners[:-1, 1:] - corners[:-1, :-1], corners[1:, :-1] - corners[:-1, :-1]
    normals = np.cross(across, up).reshape(-1, 3)
    normals = normals[: len(middles)]
    normals /= np.sqrt(np.square(normals).sum(axis=1, keepdims=True))
    shade = DIM + BRIGHT * np.clip((normals * LIGHT).sum(axis=1), 0, 1)
    channels = [np.minimum((base >> shift & 0xFF) * shade, 255).astype(np.uint32) for shift in (16, 8, 0)]
    packed: NDArray[np.uint32] = channels[0] << 16 | channels[1] << 8 | channels[2]
    return 0xFF000000 | packed & FEWER_SHADES


def _inks(colour: int) -> tuple[QPen, QBrush]:
    """What a face of this colour is drawn with: its edges are a little darker."""
    face = QColor.fromRgb(colour)
    return QPen(face.darker(118), 0), QBrush(face)
