"""What the pointer does while its button is held: draw, erase, move, or choose what lies in a box."""

from __future__ import annotations

from abc import ABC, abstractmethod

import numpy as np

from widgets.plots.painting.brush import Place, PointBrush, Trail, in_box, near_way
from widgets.plots.painting.draft import Draft


class Stroke(ABC):
    """From a press of the button to its release."""

    def __init__(self, draft: Draft, start: Place) -> None:
        self._sketch, self._start = draft, start

    @abstractmethod
    def to(self, place: Place) -> None:
        """Go to a place; the first is where it begins."""

    @property
    def box(self) -> tuple[Place, Place] | None:
        """Two corners of a box that is drawn meanwhile."""
        return None


class Draw(Stroke):
    """Puts down points of one class or value."""

    def __init__(self, draft: Draft, start: Place, brush: PointBrush, target: float) -> None:
        super().__init__(draft, start)
        self._trail, self._target = Trail(brush, np.random.default_rng()), target

    def to(self, place: Place) -> None:
        points, added = self._sketch.points, self._trail.to(place)
        if points is not None and len(added):
            self._sketch.change(points.with_points(added, self._target))


class Erase(Stroke):
    """Takes away all points that it comes near."""

    def __init__(self, draft: Draft, start: Place, brush: PointBrush) -> None:
        super().__init__(draft, start)
        self._last, self._radius = start, brush.radius

    def to(self, place: Place) -> None:
        points, last, self._last = self._sketch.points, self._last, place
        if points is None:
            return
        gone = near_way(points.places, last, place, self._radius)
        if gone.any():
            self._sketch.change(points.without(gone), self._sketch.chosen[~gone])


class Move(Stroke):
    """Takes the chosen points along."""

    def __init__(self, draft: Draft, start: Place) -> None:
        super().__init__(draft, start)
        self._before, self._chosen = draft.points, draft.chosen
        self._has_moved = False

    def to(self, place: Place) -> None:
        by = (place[0] - self._start[0], place[1] - self._start[1])
        self._has_moved |= place != self._start
        if self._before is not None and self._has_moved:
            self._sketch.change(self._before.moved(self._chosen, by), self._chosen)


class Choose(Stroke):
    """Chooses the points in a box, besides those that are `kept` chosen."""

    def __init__(self, draft: Draft, start: Place, keeps: bool) -> None:
        super().__init__(draft, start)
        self._end = start
        self._kept = draft.chosen if keeps else np.zeros_like(draft.chosen)

    def to(self, place: Place) -> None:
        self._end, points = place, self._sketch.points
        if points is not None:
            self._sketch.choose(self._kept | in_box(points.places, self._start, place))

    @property
    def box(self) -> tuple[Place, Place] | None:
        return self._start, self._end
