"""The stride of a run: how many steps it does at once, at which speed, and when it looks up."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

from playground.training import rounds
from playground.training.clock import Clock
from playground.training.trainer import Trainer

SLICE, SLICE_BESIDE = 0.004, 0.012
"""Seconds of training between two looks at the queue while a window watches: of steps that keep it from
painting, and of those that go on beside it, of which many at once are done in less time."""


class Stride:
    """Lets a trainer do steps for a slice of time, at the chosen speed.

    Before a step that may take long `remember` is called, so that it is known where training stood.
    """

    def __init__(self, remember: Callable[[], None]) -> None:
        self._remember = remember
        self._speed: float | None = None
        self._clock = Clock()
        self._unsure = True  # how long a step takes

    def begin(self) -> None:
        """Training goes on from now."""
        self._clock.begin()

    def set_speed(self, steps_per_second: float | None) -> None:
        """At most so many steps a second; None for as fast as it goes."""
        self._speed = steps_per_second
        self.begin()

    @property
    def waits(self) -> float:
        """Seconds until the next step is due."""
        return self._clock.until_next(self._speed)

    @property
    def rate(self) -> float:
        """Steps a second, as they came of late."""
        return self._clock.rate()

    def expect_anything(self) -> None:
        """What comes next may take long, and may make every step take longer."""
        self._remember()
        self._unsure = True

    def run_slice(self, trainer: Trainer, goal: int) -> None:
        """Train for a slice of time, to the goal in epochs at most."""
        steps = self._clock.steps_due(self._speed)
        end = perf_counter() + _slice(trainer)
        while steps > 0 and perf_counter() < end and trainer.epoch < goal and not trainer.halted:
            steps -= self._advance(trainer, steps, goal)

    def lead(self, trainer: Trainer, goal: int, seconds: float) -> None:
        """Train about so long, at the chosen speed, not past the end of the epoch."""
        steps = self._clock.steps_due(self._speed)
        if steps > 0 and trainer.epoch < goal and not trainer.halted:
            self._advance(trainer, min(steps, self._clock.chunk(2 * seconds)))

    def run_to(self, trainer: Trainer, goal: int, place: tuple[int, int]) -> None:
        """Train to this epoch and batch for a slice of time at most, however slow the speed is."""
        end = perf_counter() + _slice(trainer)
        while (trainer.epoch, trainer.machine.batch) < place and trainer.epoch < goal and not trainer.halted:
            left = trainer.steps_per_epoch if trainer.epoch < place[0] else place[1]
            self._advance(trainer, left - trainer.machine.batch)
            if perf_counter() >= end:
                return

    @property
    def cost(self) -> float:
        """Seconds that a step takes."""
        return self._clock.cost

    def run_epoch(self, trainer: Trainer) -> None:
        """Train to the end of the epoch, or to a divergence."""
        epoch = trainer.epoch
        while trainer.epoch == epoch and trainer.divergence is None:
            self._advance(trainer, trainer.steps_per_epoch)

    def _advance(self, trainer: Trainer, steps: int, goal: int = 0) -> int:
        """Train up to that many steps, as many as make a slice; of slow ones the state before is known.

        Several epochs may be done at once, up to a goal.
        """
        if self._unsure or self._clock.is_slow:
            self._remember()
        began = perf_counter()
        most = 1 if self._unsure else self._clock.chunk(_slice(trainer))
        done = rounds.advance(trainer, min(steps, most), goal)
        done = max(done, 1)  # there are epochs without an update
        self._clock.count(done, perf_counter() - began)
        self._unsure = False
        return done


def _slice(trainer: Trainer) -> float:
    return SLICE if trainer.machine.holds_lock else SLICE_BESIDE
