"""The clock of a training session: how many steps are due, how fast they come, and how long one takes."""

from __future__ import annotations

from time import perf_counter

SLOW = 0.5
"""Seconds of a step from which on the state before it is remembered."""


class Clock:
    """Counts steps against time: how many are due, and how fast they come.

    Attributes:
        cost: seconds that the last steps took each.
    """

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """Training starts now."""
        self._started = self._window = perf_counter()
        self._done = self._in_window = 0
        self._rate = 0.0
        self.cost = 1e-4

    def count(self, steps: int, seconds: float) -> None:
        """So many steps were done in so much time."""
        self.cost = seconds / max(steps, 1)
        self._done += steps
        self._in_window += steps
        elapsed = perf_counter() - self._window
        if elapsed > 0.5:
            self._rate = self._in_window / elapsed
            self._window, self._in_window = perf_counter(), 0

    def rate(self) -> float:
        """Steps per second, over the last half second or so."""
        elapsed = perf_counter() - self._started
        return self._rate or (self._done / elapsed if elapsed > 0 else 0.0)

    @property
    def is_slow(self) -> bool:
        """Whether a step takes so long that a person might not wait for its end."""
        return self.cost > SLOW

    def chunk(self, seconds: float) -> int:
        """Steps that take about so long."""
        return max(1, int(seconds / 2 / self.cost))

    def steps_due(self, speed: float | None) -> int:
        """Steps to do now to keep that speed (None: as many as can be)."""
        if speed is None:
            return 1_000_000
        return int((perf_counter() - self._started) * speed) + 1 - self._done

    def until_next(self, speed: float | None) -> float:
        """Seconds until the next step is due."""
        if speed is None:
            return 0.0
        return max(0.0, self._started + self._done / speed - perf_counter())
