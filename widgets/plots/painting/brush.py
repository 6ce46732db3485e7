"""The brush: which points lie on its way over the plane, however fast it goes."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from playground.data.sample import PLANE, Floats
from playground.record import record

Place = tuple[float, float]

LOWS, HIGHS = np.array([column.range for column in PLANE]).T


@record
class PointBrush:
    """How points are put down.

    Attributes:
        radius: how far it reaches, on the plane.
        density: how many points it puts down where it is set, and again each time it has gone its radius.
        jitter: how far they are scattered, as a share of the radius; at 0 they lie on its way one by one.
    """

    radius: float = 0.8
    density: int = 3
    jitter: float = 0.6

    def scattered(self, centres: Floats, chance: Generator) -> Floats:
        """Centres (n, 2), each moved by chance; those that fall off the plane are left out."""
        reach = self.radius * self.jitter * np.sqrt(chance.uniform(size=len(centres)))
        angle = chance.uniform(0, 2 * np.pi, size=len(centres))
        return on_plane(centres + reach[:, None] * np.column_stack([np.cos(angle), np.sin(angle)]))


class Trail:
    """The way of a brush: points are spread evenly along it, wherever the pointer happened to be seen."""

    def __init__(self, brush: PointBrush, chance: Generator) -> None:
        self._brush, self._chance = brush, chance
        self._last: Floats | None = None
        self._to_next = self._gap = brush.radius / brush.density

    def to(self, place: Place) -> Floats:
        """The points (n, 2) that are put down as the brush is set, or goes on to a place."""
        here = np.array(place, np.float64)
        if self._last is None:
            centres = np.tile(here, (self._brush.density if self._brush.jitter else 1, 1))
        else:
            centres = self._between(self._last, here)
        self._last = here
        return self._brush.scattered(centres, self._chance)

    def _between(self, start: Floats, end: Floats) -> Floats:
        length = float(np.hypot(*(end - start)))
        along = np.arange(self._to_next, length, self._gap)
        self._to_next += len(along) * self._gap - length
        return start + along[:, None] * (end - start) / max(length, 1e-12)


def on_plane(places: Floats) -> Floats:
    """Those of the places (n, 2) that lie on the plane."""
    return places[((places >= LOWS) & (places <= HIGHS)).all(axis=1)]


def near_way(places: Floats, start: Place, end: Place, radius: float) -> NDArray[np.bool_]:
    """Which of the places (n, 2) are no farther than a radius from the way from start to end."""
    begin, way = np.array(start), np.subtract(end, start)
    along, length = ((places - begin) * way).sum(axis=1), np.square(way).sum()
    share = np.clip(along / max(float(length), 1e-12), 0, 1)
    return np.hypot(*(places - begin - share[:, None] * way).T) <= radius


def nearest(places: Floats, place: Place, within: float) -> NDArray[np.bool_]:
    """The one of the places (n, 2) that is nearest, unless it is farther away than that."""
    distances = np.hypot(*(places - np.array(place)).T)
    chosen = np.zeros(len(places), bool)
    if len(places) and distances.min() <= within:
        chosen[distances.argmin()] = True
    return chosen


def in_box(places: Floats, corner: Place, other: Place) -> NDArray[np.bool_]:
    """Which of the places (n, 2) lie in the rectangle between two corners."""
    low, high = np.minimum(corner, other), np.maximum(corner, other)
    return ((places >= low) & (places <= high)).all(axis=1)
