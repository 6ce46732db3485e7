"""What is kept of a run of a document: its settings, its curves, and what it was at some of its moments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import Annotated, Any, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from playground.experiment import Experiment
from playground.record import record
from playground.training.chronicle import NOTHING_KEPT, KeptChronicle
from playground.training.marks import Mark
from playground.value import Value

COLOURS = 8
"""How many colours there are for runs, which take turns."""


class RunWords(Value):
    """What a person says of a run."""

    name: Annotated[str, Field(max_length=80)] = ""
    note: Annotated[str, Field(max_length=2000)] = ""
    colour: Annotated[int, Field(ge=0, lt=COLOURS)] | None = None
    pinned: bool = False


class Origin(Value):
    """The run that another one went on from, and the epoch where that was."""

    number: Annotated[int, Field(ge=1)]
    epoch: Annotated[float, Field(ge=0)]


@record(eq=False)
class Waypoint:
    """What a run was at one moment, from which training is done again.

    Attributes:
        experiment: what was learnt then.
        epoch: epochs done, the part of the one under way included; `step` the updates.
        numbers, arrays: all that changes (see `Checkpoint`), but for what was recorded.
        changed: whether something else than a step led there, so that it cannot be had from one before.
        halted: whether the stopping rule had just ended training.
        reach: the step up to which training is done again from here; None where nothing ends that.
    """

    experiment: Experiment
    epoch: float
    step: int
    numbers: Mapping[str, Any]
    arrays: Mapping[str, NDArray[Any]]
    changed: bool = False
    halted: bool = False
    reach: int | None = None

    @cached_property
    def size(self) -> int:
        """Bytes of its arrays."""
        return sum(array.nbytes for array in self.arrays.values())


def without(waypoints: tuple[Waypoint, ...], index: int) -> tuple[Waypoint, ...]:
    """All but one; the one before it then reaches as far as training done again comes to the same."""
    gone = waypoints[index]
    before = list(waypoints[:index])
    if before and before[-1].reach is None:
        reach = gone.step if gone.changed else gone.reach
        before[-1] = replace(before[-1], reach=reach)
    return (*before, *waypoints[index + 1 :])


@record(eq=False)
class KeptRun:
    """A run of a document.

    Attributes:
        number: by which people know it, from 1.
        experiment: its settings, as they were in the end.
        epoch: how far it came, in epochs.
        history, marks: what was recorded (see `Snapshot`).
        waypoints: some of its moments, the first one first.
        origin: what it went on from; None where it began by itself.
        chronicle: vital signs and histograms of its layers.
    """

    number: int
    experiment: Experiment
    epoch: float
    history: Mapping[str, NDArray[np.float64]]
    marks: tuple[Mark, ...] = ()
    waypoints: tuple[Waypoint, ...] = ()
    words: RunWords = RunWords()
    origin: Origin | None = None
    chronicle: KeptChronicle = NOTHING_KEPT

    @property
    def size(self) -> int:
        """Bytes of its waypoints."""
        return sum(waypoint.size for waypoint in self.waypoints)

    @property
    def colour(self) -> int:
        """Which of the colours it has."""
        chosen = self.words.colour
        return (self.number - 1) % COLOURS if chosen is None else chosen

    def last(self, column: str) -> float:
        """What was recorded last of something; NaN where it never was."""
        values = self.history.get(column)
        return float("nan") if values is None or not len(values) else float(values[-1])

    def until(self, epoch: float) -> Mapping[str, NDArray[np.float64]]:
        """What was recorded up to an epoch."""
        if not self.history:
            return {}
        there = self.history["epoch"] <= epoch
        return {name: column[there] for name, column in self.history.items()}

    def nearest(self, epoch: float) -> Waypoint | None:
        """The last waypoint that is not after an epoch, or else the first; None where there is none."""
        before = [waypoint for waypoint in self.waypoints if waypoint.epoch <= epoch]
        return before[-1] if before else next(iter(self.waypoints), None)

    def numbered(self, number: int) -> Self:
        """The same under another number; what it went on from is not among the runs that it comes to."""
        return replace(self, number=number, origin=None)

    def with_waypoints(self, waypoints: tuple[Waypoint, ...]) -> Self:
        """The same with other moments."""
        return replace(self, waypoints=waypoints)

    def with_chronicle(self, chronicle: KeptChronicle) -> Self:
        """The same with other vital signs and histograms."""
        return replace(self, chronicle=chronicle)

    def with_words(self, words: RunWords) -> Self:
        """The same, called otherwise."""
        return replace(self, words=words)


@record(eq=False)
class KeptRuns:
    """All runs of a document by number, in order; `present` is the number of the one under way."""

    runs: tuple[KeptRun, ...] = ()
    present: int | None = None

    def run(self, number: int | None) -> KeptRun | None:
        """The run of a number, if there is one."""
        return next((run for run in self.runs if run.number == number), None)

    @property
    def size(self) -> int:
        """Bytes of all waypoints."""
        return sum(run.size for run in self.runs)
