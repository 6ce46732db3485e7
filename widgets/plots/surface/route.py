"""A way over a surface: it lies on it, and is fainter where a hill hides it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from widgets.colouring import Floats
from widgets.plots.surface.camera import SurfaceCamera
from widgets.plots.surface.ground import HALF_HEIGHT, SurfaceGround

PIECE = 0.05
"""How far two points of a way are apart at most, so that it bends with the surface."""
MOST_POINTS = 1500
BEYOND = 1.0 + 1e-6
"""Where the box ends."""
LOOKS = 32
"""Places on the way to the eye where something may stand."""
CLEAR = 0.012
"""How far above a point something has to be to hide it."""
FAINT = 110


def paint_way(
    painter: QPainter,
    ground: SurfaceGround,
    camera: SurfaceCamera,
    area: QRectF,
    places: Floats,
    pens: Sequence[QPen],
) -> None:
    """Draw places (n, 2) one after another, none beyond the box, with pens, the halo first."""
    for points in ways(ground, places):
        behind = hidden(ground, camera, points)
        pixels = [QPointF(x, y) for x, y, _ in camera.seen(points, area).tolist()]
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for begin, end in _runs(behind):
            line = QPolygonF(pixels[max(begin - 1, 0) : end])
            for pen in pens[-1:] if behind[begin] else pens:
                painter.setPen(_faint(pen) if behind[begin] else pen)
                painter.drawPolyline(line)


def paint_marker(
    painter: QPainter,
    ground: SurfaceGround,
    camera: SurfaceCamera,
    area: QRectF,
    place: Floats,
    pen: QPen,
    colour: QColor,
    radius: float,
) -> None:
    """Draw a dot at a place (2,), fainter where a hill hides it; none beyond the box."""
    for point in ways(ground, place[np.newaxis]):
        (x, y, _), *_ = camera.seen(point, area).tolist()
        painter.save()
        painter.setOpacity(FAINT / 255 if hidden(ground, camera, point).any() else 1.0)
        painter.setPen(pen)
        painter.setBrush(colour)
        painter.drawEllipse(QPointF(x, y), radius, radius)
        painter.restore()


def ways(ground: SurfaceGround, places: Floats) -> Iterator[Floats]:
    """The pieces of a way that lie in the box, as points (m, 3) close to one another on the surface."""
    inside = ground.inside(places)
    there = np.isfinite(inside).all(axis=1) & (np.abs(inside) <= BEYOND).all(axis=1)
    for begin, end in _runs(there):
        if there[begin]:
            dense = _dense(inside[begin:end])
            yield np.column_stack([dense, ground.lifted(dense)])


def _dense(inside: Floats) -> Floats:
    """The same way in short pieces."""
    lengths = np.sqrt(np.square(np.diff(inside, axis=0)).sum(axis=1))
    along = np.concatenate([[0.0], np.cumsum(lengths)])
    count = min(MOST_POINTS, int(along[-1] / PIECE) + 2)
    wanted = np.union1d(np.linspace(0, along[-1], count), along)
    return np.column_stack([np.interp(wanted, along, column) for column in inside.T])


def hidden(ground: SurfaceGround, camera: SurfaceCamera, points: Floats) -> NDArray[np.bool_]:
    """Which points (n, 3) of the box have something of the surface between them and the eye."""
    to_eye = camera.axes()[2]
    reach = 2 * HALF_HEIGHT / max(to_eye[2], 0.1)  # beyond that nothing is as high
    steps = np.linspace(0, min(reach, 3.0), LOOKS + 1)[1:, np.newaxis, np.newaxis]
    on_way = points + steps * to_eye
    within = (np.abs(on_way[..., :2]) <= 1).all(axis=-1)
    over = ground.lifted(on_way[..., :2]) > on_way[..., 2] + CLEAR
    found: NDArray[np.bool_] = (within & over).any(axis=0)
    return found


def _runs(flags: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Where neighbours are alike: from, to."""
    if not len(flags):
        return []
    ends = [*(np.flatnonzero(flags[1:] != flags[:-1]) + 1).tolist(), len(flags)]
    return list(zip([0, *ends[:-1]], ends, strict=True))


def _faint(pen: QPen) -> QPen:
    colour = QColor(pen.color())
    colour.setAlpha(FAINT)
    return QPen(colour, pen.widthF(), Qt.PenStyle.DotLine, Qt.PenCapStyle.RoundCap)
