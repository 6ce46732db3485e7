"""A look back: an earlier moment of a run, had again from the waypoint before it, step for step."""

from __future__ import annotations

import math
import sys
from time import perf_counter

from playground.data.prepared import PreparedData
from playground.experiment import Experiment
from playground.record import record
from playground.text import say
from playground.training import rounds
from playground.training.checkpoint import Checkpoint
from playground.training.choosing import NUMPY, Choice
from playground.training.chronicle import Chronicle
from playground.training.kept_run import KeptRun, Waypoint
from playground.training.recorder import MARKS
from playground.training.trainer import Trainer
from playground.value import InvalidValue

SLICE = 0.012
"""Seconds of training again between two looks at what else is asked."""

MOST = 1 << 16
"""Steps done again at once at most."""

TINY = 1e-9
"""Part of an epoch that is less than any step."""


@record
class Back:
    """The moment that is looked at.

    Attributes:
        number: of its run, which ended, or stands now, at the epoch `end`.
        goal: the epoch that was asked for.
        arrived: whether that is what is seen, and not a moment on the way there.
    """

    number: int
    goal: float
    end: float
    arrived: bool


class LookingBack:
    """A trainer on its way to a moment of a run.

    Raises:
        LayerProblem, InvalidValue: when nothing is kept of the run, or what is cannot be.
    """

    def __init__(
        self, run: KeptRun, epoch: float, near: Trainer | None = None, choice: Choice = NUMPY
    ) -> None:
        """Begin at the waypoint before, by the machine that did these steps, where there is that choice.

        The data are those of the trainer `near`, where they are the same.
        """
        self.run, self.goal = run, epoch
        self._from = _waypoint(run, epoch)
        self.trainer = _trainer(run, self._from, near, choice)
        self._at_once = 1
        self._see_what_was_seen()

    def goes_on_to(self, run: KeptRun, epoch: float) -> bool:
        """Go on to another moment, where the way there leads from here."""
        waypoint = _waypoint(run, epoch)
        led = waypoint is self._from or not waypoint.changed
        behind = waypoint.step <= self.trainer.step and self.trainer.progress <= epoch + TINY
        if not (run.number == self.run.number and led and behind):
            return False
        self.run, self.goal = run, epoch
        self._see_what_was_seen()
        return True

    @property
    def back(self) -> Back:
        """What is looked at."""
        return Back(self.run.number, self.goal, self.run.epoch, self.arrived)

    @property
    def arrived(self) -> bool:
        """Whether it is there, or as near as can be."""
        return self._left < 1 or self.trainer.divergence is not None

    @property
    def _left(self) -> int:
        """How many steps it still has to go."""
        trainer, reach = self.trainer, self._from.reach
        left = math.ceil((self.goal - trainer.progress) * trainer.steps_per_epoch - TINY)
        return left if reach is None else min(left, reach - trainer.step)

    def advance(self) -> None:
        """Train again for a slice of time."""
        end = perf_counter() + SLICE
        while not self.arrived and (now := perf_counter()) < end:
            rounds.advance(self.trainer, min(self._at_once, self._left), sys.maxsize)
            quick = perf_counter() - now < SLICE / 4
            self._at_once = min(2 * self._at_once, MOST) if quick else max(self._at_once // 2, 1)
        self._see_what_was_seen()

    def _see_what_was_seen(self) -> None:
        """Once there, know of the layers what was known at that moment: the way there was the same."""
        if self.arrived:
            known = self.run.chronicle.until(self.trainer.progress + TINY)
            self.trainer.recorder.chronicle = Chronicle(known)


def _waypoint(run: KeptRun, epoch: float) -> Waypoint:
    waypoint = run.nearest(epoch + TINY)
    if waypoint is None:
        raise InvalidValue(
            say("back.nothing_kept", "No moments of run {number} are kept.", number=run.number)
        )
    return waypoint


def _trainer(run: KeptRun, waypoint: Waypoint, near: Trainer | None, choice: Choice) -> Trainer:
    """A trainer as it was at a waypoint."""
    marks = [mark.model_dump(mode="json") for mark in run.marks if mark.step <= waypoint.step]
    checkpoint = Checkpoint({**waypoint.numbers, MARKS: marks}, waypoint.arrays, run.until(waypoint.epoch))
    again = choice.again(waypoint.numbers.get("machine"))
    trainer = Trainer(waypoint.experiment, checkpoint, _drawn(waypoint.experiment, near), again)
    trainer.stopped_early = waypoint.halted
    trainer.recorder.chronicle = Chronicle(run.chronicle.until(waypoint.epoch))
    trainer.record()
    return trainer


def _drawn(experiment: Experiment, near: Trainer | None) -> PreparedData | None:
    """The data of an experiment, where a trainer has them."""
    if near is None or near.experiment.randomness != experiment.randomness:
        return None
    return near.data if near.experiment.data.unvaried == experiment.data.unvaried else None
