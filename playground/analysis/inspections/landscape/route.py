"""A trajectory as it is seen on a plane, which grows with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from playground.analysis.inspections.landscape.planes import Floats, LossPlane
from playground.engine.arrays import Array
from playground.training.trajectory import TrajectoryPoint


@dataclass(frozen=True, eq=False)
class SeenTrajectory:
    """A trajectory on a plane.

    Attributes:
        places: (n, 2) the nearest places to its points, the last to where the network is.
        away: how far from the plane the network is, as a share of the plane's width.
    """

    places: Floats
    away: float


class Route:
    """Finds the places of points on its plane, each once; on one thread."""

    def __init__(self, plane: LossPlane) -> None:
        self.plane = plane
        self._known: dict[TrajectoryPoint, Floats] = {}

    def seen(self, points: Sequence[TrajectoryPoint], now: Array) -> SeenTrajectory | None:
        """Where all points are, and the network is now; None when that is another network."""
        plane, size = self.plane, len(self.plane.origin)
        if len(now) != size:
            return None
        fitting = [point for point in points if len(point.parameters) == size]
        new = [point for point in fitting if point not in self._known]
        *found, last = plane.places(np.stack([*(point.parameters for point in new), now]))
        known = self._known | dict(zip(new, found, strict=True))
        self._known = {point: known[point] for point in fitting}
        away = float(np.linalg.norm(now - plane.at(*last.tolist()))) / plane.width
        return SeenTrajectory(np.stack([*self._known.values(), last]), away)
