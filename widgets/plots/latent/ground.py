"""The ground of the codes: which part of their plane is drawn, and where."""

from __future__ import annotations

from dataclasses import field

import numpy as np
from PySide6.QtCore import QPointF, QRectF

from playground.record import record
from widgets.colouring import Floats

ROOM = 0.1
"""How far the ground reaches beyond the codes, as a share of their range."""

LEAST = 0.55
"""A ground of which the codes fill less than this is drawn anew, so that axes move seldom while it learns."""

OUTLIERS = 0.5
"""Percent of the codes at each end that may lie outside."""


@record
class Ground:
    """From `low` to `high` (across, up) in the rectangle `area`."""

    low: tuple[float, float] = (-1.0, -1.0)
    high: tuple[float, float] = (1.0, 1.0)
    area: QRectF = field(default_factory=QRectF)

    def around(self, places: Floats) -> Ground:
        """The same, or another part of the plane where these places (n, 2) have outgrown or left it."""
        known = places[np.isfinite(places).all(axis=1)]
        if not len(known):
            return self
        lows, highs = np.percentile(known, (OUTLIERS, 100 - OUTLIERS), axis=0).tolist()
        sides = [_side(*ends) for ends in zip(self.low, self.high, lows, highs, strict=True)]
        return Ground((sides[0][0], sides[1][0]), (sides[0][1], sides[1][1]), self.area)

    def to_pixels(self, places: Floats) -> Floats:
        """Where codes (n, 2) stand, (n, 2)."""
        shares = (places - np.array(self.low)) / np.subtract(self.high, self.low)
        left, bottom = self.area.left(), self.area.bottom()
        pixels: Floats = np.column_stack(
            [left + shares[:, 0] * self.area.width(), bottom - shares[:, 1] * self.area.height()]
        )
        return pixels

    def to_code(self, place: QPointF) -> tuple[float, float]:
        """The code at a pixel, kept on the ground."""
        across = (place.x() - self.area.left()) / max(self.area.width(), 1)
        up = (self.area.bottom() - place.y()) / max(self.area.height(), 1)
        return self.kept(
            self.low[0] + across * (self.high[0] - self.low[0]),
            self.low[1] + up * (self.high[1] - self.low[1]),
        )

    def kept(self, across: float, up: float) -> tuple[float, float]:
        """The nearest code that lies on the ground."""
        return (
            min(max(across, self.low[0]), self.high[0]),
            min(max(up, self.low[1]), self.high[1]),
        )

    def cells(self, across: int, up: int) -> list[tuple[float, float]]:
        """The codes in the middle of as many cells, row by row from the top left."""
        widths = self.low[0] + (np.arange(across) + 0.5) / across * (self.high[0] - self.low[0])
        heights = self.high[1] - (np.arange(up) + 0.5) / up * (self.high[1] - self.low[1])
        return [(float(x), float(y)) for y in heights for x in widths]


def _side(low: float, high: float, first: float, last: float) -> tuple[float, float]:
    """One side of the ground, given what must lie on it."""
    if low <= first and last <= high and last - first >= LEAST * (high - low):
        return low, high
    room = ROOM * (last - first) or 1.0
    return first - room, last + room
