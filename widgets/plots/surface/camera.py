"""From where a surface is seen: turned, tilted, nearer or farther; parallel lines stay parallel."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from PySide6.QtCore import QPointF, QRectF

from widgets.colouring import Floats

TURN, TILT = -0.65, 0.75
"""The view at first, in radians."""
LEAST_TILT, MOST_TILT = 0.08, 1.5
LEAST_ZOOM, MOST_ZOOM = 0.5, 8.0
ROOM = 1.45
"""Half the width and height of what is seen at first, beside half the width of the box."""


@dataclass(frozen=True)
class SurfaceCamera:
    """Sees a box that reaches from −1 to 1 across and away.

    Attributes:
        turn, tilt: round the vertical, and how steeply from above, in radians.
        zoom: how many times larger than at first.
        right, up: where the middle of the box is beside the middle of the picture, in half widths of the box.
    """

    turn: float = TURN
    tilt: float = TILT
    zoom: float = 1.0
    right: float = 0.0
    up: float = 0.0

    def turned(self, turn: float, tilt: float) -> SurfaceCamera:
        """Turned round, and tilted, by so many radians."""
        tilted = float(np.clip(self.tilt + tilt, LEAST_TILT, MOST_TILT))
        return replace(self, turn=self.turn + turn, tilt=tilted)

    def nearer(self, factor: float, about: QPointF, area: QRectF) -> SurfaceCamera:
        """So many times nearer, while what is seen at a pixel stays there."""
        zoom = float(np.clip(self.zoom * factor, LEAST_ZOOM, MOST_ZOOM))
        before, after = self.scale(area), self.scale(area) * zoom / self.zoom
        x, y = about.x() - area.center().x(), area.center().y() - about.y()
        right, up = self.right + x / after - x / before, self.up + y / after - y / before
        return replace(self, zoom=zoom, right=right, up=up)

    def scale(self, area: QRectF) -> float:
        """Pixels of half the box's width."""
        return min(area.width(), area.height()) / 2 / ROOM * self.zoom

    def axes(self) -> Floats:
        """The directions (3, 3) that are seen as across, up, and towards the eye."""
        turned, tilted = (np.cos(self.turn), np.sin(self.turn)), (np.cos(self.tilt), np.sin(self.tilt))
        across = (turned[0], -turned[1], 0.0)
        away = np.array([turned[1], turned[0], 0.0])
        upright = np.array([0.0, 0.0, 1.0])
        return np.array(
            [across, tilted[0] * upright + tilted[1] * away, tilted[1] * upright - tilted[0] * away]
        )

    def seen(self, points: Floats, area: QRectF) -> Floats:
        """Pixels and nearness (n, 3) of points (n, 3)."""
        across, up, near = ((points * axis).sum(axis=-1) for axis in self.axes())
        scale, middle = self.scale(area), area.center()
        x, y = middle.x() + scale * (across + self.right), middle.y() - scale * (up + self.up)
        return np.column_stack([x, y, near])

    def behind(self, pixel: QPointF, area: QRectF) -> Floats:
        """The point (3,) seen at a pixel that is as near as the middle of the box."""
        scale, middle = self.scale(area), area.center()
        across = (pixel.x() - middle.x()) / scale - self.right
        up = (middle.y() - pixel.y()) / scale - self.up
        rightward, upward, _ = self.axes()
        found: Floats = across * rightward + up * upward
        return found

    def matrix(self, area: QRectF) -> Floats:
        """The same for OpenGL: (4, 4), from points to the cube from −1 to 1 that the area is."""
        scale = self.scale(area)
        found = np.zeros((4, 4))
        found[:3, :3] = self.axes() * [[2 * scale / area.width()], [2 * scale / area.height()], [-0.2]]
        found[:2, 3] = 2 * scale * self.right / area.width(), 2 * scale * self.up / area.height()
        found[3, 3] = 1
        return found
