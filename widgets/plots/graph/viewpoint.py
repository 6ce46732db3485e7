"""Where places of a graph are seen: how near it is looked at, and at which of its places."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QSize

from widgets.colouring import Floats

ROOM = 1.12
"""How far is seen from the middle, where nodes lie within −1 and 1."""

NEAREST, FARTHEST = 40.0, 0.5


@dataclass(frozen=True)
class Viewpoint:
    """The middle of what is seen, and how much larger it is than when all is seen."""

    across: float = 0.0
    up: float = 0.0
    zoom: float = 1.0

    def scale(self, size: QSize) -> float:
        """Pixels of a unit."""
        return max(min(size.width(), size.height()), 1) / 2 / ROOM * self.zoom

    def pixels(self, places: Floats, size: QSize) -> Floats:
        """Where places (n, 2) are seen, in pixels from the upper left."""
        scale = self.scale(size)
        return np.column_stack(
            [
                size.width() / 2 + (places[:, 0] - self.across) * scale,
                size.height() / 2 - (places[:, 1] - self.up) * scale,
            ]
        )

    def place(self, point: QPointF, size: QSize) -> tuple[float, float]:
        """The place that is seen at a point."""
        scale = self.scale(size)
        return (
            self.across + (point.x() - size.width() / 2) / scale,
            self.up - (point.y() - size.height() / 2) / scale,
        )

    def zoomed(self, factor: float, point: QPointF, size: QSize) -> Viewpoint:
        """Nearer or farther, so that what is at a point stays there."""
        zoom = float(np.clip(self.zoom * factor, FARTHEST, NEAREST))
        x, y = self.place(point, size)
        ratio = self.zoom / zoom
        return Viewpoint(x + (self.across - x) * ratio, y + (self.up - y) * ratio, zoom)

    def moved(self, by: QPointF, size: QSize) -> Viewpoint:
        """With everything so many pixels farther right and down."""
        scale = self.scale(size)
        return Viewpoint(self.across - by.x() / scale, self.up + by.y() / scale, self.zoom)
