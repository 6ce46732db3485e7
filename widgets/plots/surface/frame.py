"""The box around a surface: its floor, the walls behind, and what stands at its edges."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from widgets.colouring import Floats
from widgets.plots.surface.camera import SurfaceCamera
from widgets.plots.surface.ground import HALF_HEIGHT, SurfaceGround
from widgets.plots.ticks import linear_ticks
from widgets.theme import current

TICKS = 4
"""About so many stand at an edge."""
BESIDE, NAME_BESIDE = 6.0, 34.0
"""Pixels between an edge and its numbers, and its name."""
FLOOR, TOP = -HALF_HEIGHT, HALF_HEIGHT
NEAR_CORNER = 0.1
FAINT = 90


class SurfaceFrame:
    """Draws it, as it is seen by a camera."""

    def __init__(self, ground: SurfaceGround, camera: SurfaceCamera, area: QRectF, font: QFont) -> None:
        self._ground, self._camera, self._area, self._font = ground, camera, area, font
        self._x = -1.0 if np.sin(camera.turn) > 0 else 1.0
        self._y = -1.0 if np.cos(camera.turn) > 0 else 1.0
        """The sides that are in front."""
        left, right, low, high = ground.box
        self._across = [
            (2 * (at - left) / (right - left) - 1, text) for at, text in linear_ticks((left, right), TICKS)
        ]
        self._away = [
            (2 * (at - low) / (high - low) - 1, text) for at, text in linear_ticks((low, high), TICKS)
        ]
        self._heights = [(HALF_HEIGHT * (2 * share - 1), text) for share, text in ground.ticks]

    def paint_behind(self, painter: QPainter) -> None:
        """Draw floor and walls, before the surface."""
        x, y = self._x, self._y
        floor = [(-1, -1, FLOOR), (1, -1, FLOOR), (1, 1, FLOOR), (-1, 1, FLOOR)]
        wall_y = [(-1, -y, FLOOR), (1, -y, FLOOR), (1, -y, TOP), (-1, -y, TOP)]
        wall_x = [(-x, -1, FLOOR), (-x, 1, FLOOR), (-x, 1, TOP), (-x, -1, TOP)]
        edge, fill = QColor(current().border), QColor(current().canvas)
        faint = QColor(edge)
        faint.setAlpha(FAINT)
        for sides in (floor, wall_y, wall_x):
            painter.setPen(QPen(edge, 1))
            painter.setBrush(fill)
            painter.drawPolygon(QPolygonF(self._pixels(sides)))
        painter.setPen(QPen(faint, 1))
        lines = [((at, -y, FLOOR), (at, -y, TOP)) for at, _ in self._across]
        lines += [((at, -1, FLOOR), (at, 1, FLOOR)) for at, _ in self._across]
        lines += [((-x, at, FLOOR), (-x, at, TOP)) for at, _ in self._away]
        lines += [((-1, at, FLOOR), (1, at, FLOOR)) for at, _ in self._away]
        lines += [((-1, -y, at), (1, -y, at)) for at, _ in self._heights]
        lines += [((-x, -1, at), (-x, 1, at)) for at, _ in self._heights]
        for line in lines:
            painter.drawLine(*self._pixels(line))

    def paint_words(self, painter: QPainter) -> None:
        """Write numbers and names at the edges in front, after the surface."""
        x, y = self._x, self._y
        painter.setFont(self._font)
        painter.setPen(QColor(current().muted))
        upright = min(((x, -y), (-x, y)), key=lambda end: self._pixels([(*end, FLOOR)])[0].x())
        for at, text in self._across:
            if not _meets((at, y), upright):
                self._write(painter, text, (at, y, FLOOR), (0, y, 0), BESIDE)
        for at, text in self._away:
            if not _meets((x, at), upright):
                self._write(painter, text, (x, at, FLOOR), (x, 0, 0), BESIDE)
        self._write(painter, self._ground.names[0], (0, y, FLOOR), (0, y, 0), NAME_BESIDE)
        self._write(painter, self._ground.names[1], (x, 0, FLOOR), (x, 0, 0), NAME_BESIDE)
        for at, text in self._heights:
            self._write(painter, text, (*upright, at), (*upright, 0), BESIDE)

    def _write(
        self, painter: QPainter, text: str, at: tuple[float, ...], outward: tuple[float, ...], gap: float
    ) -> None:
        """Write a text beside a point, outward as far as it needs to be clear of it."""
        point, beyond = self._pixels([at, tuple(np.add(at, outward))])
        way = beyond - point
        length = max(np.hypot(way.x(), way.y()), 1e-9)
        metrics = QFontMetricsF(self._font)
        width, height = metrics.horizontalAdvance(text) + 2, metrics.height()
        share = QPointF(way.x() / length, way.y() / length)
        middle = point + share * gap + QPointF(share.x() * width / 2, share.y() * height / 2)
        place = QRectF(0, 0, width, height)
        place.moveCenter(middle)
        room = self._area
        place.moveLeft(min(max(place.left(), room.left()), max(room.right() - width, room.left())))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, text)

    def _pixels(self, points: object) -> list[QPointF]:
        seen: Floats = self._camera.seen(np.array(points, np.float64), self._area)
        return [QPointF(x, y) for x, y, _ in seen.tolist()]


def _meets(place: tuple[float, float], corner: tuple[float, float]) -> bool:
    """Whether a number on the floor would stand where those of the heights do."""
    return bool(np.abs(np.subtract(place, corner)).max() < NEAR_CORNER)
