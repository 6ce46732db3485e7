"""The places of a plot that can be read out, among them those at which something happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from functools import cached_property

import numpy as np

from playground.record import record
from widgets.colouring import Floats
from widgets.plots.notes import Note

STRIDES = 50
"""How many times an arrow key moves from one end of the x axis to the other."""


@record(eq=False)
class Stops:
    """Every x of a plot, which rises, and the notes over it."""

    x: Floats = field(default_factory=lambda: np.empty(0))
    notes: Sequence[Note] = ()

    @property
    def last(self) -> int:
        """The place at the right end; −1 when there is none."""
        return len(self.x) - 1

    @cached_property
    def noted(self) -> dict[int, list[str]]:
        """The lines of the notes by the place that is nearest to them."""
        noted: dict[int, list[str]] = {}
        for note in self.notes:
            noted.setdefault(self._closest(note.x), []).extend(note.lines)
        return noted

    def nearest(self, x: float, reach: float) -> int:
        """The place of a note that is within reach, or else the nearest of all."""
        near = [(abs(note.x - x), note.x) for note in self.notes if abs(note.x - x) <= reach]
        return self._closest(min(near)[1] if near else x)

    def beside(self, place: int | None, direction: int) -> int:
        """The next place in a direction, or the next note if that comes first; the last place from none."""
        if place is None:
            return self.last
        end = min(max(place + direction * max(1, self.last // STRIDES), 0), self.last)
        low, high = sorted((place, end))
        between = [stop for stop in self.noted if low <= stop <= high and stop != place]
        return min(between, key=lambda stop: abs(stop - place), default=end)

    def _closest(self, x: float) -> int:
        return int(np.abs(self.x - x).argmin())
