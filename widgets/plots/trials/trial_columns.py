"""The trials of a search as plain columns, which views draw without knowing where they come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from playground.numbers.writing import NONE, percent, short

Floats = NDArray[np.floating]
Rows = NDArray[np.intp]

NOTHING = np.empty(0)


class Standing(IntEnum):
    """What a trial does, or how it ended."""

    WAITING = 0
    RUNNING = 1
    DONE = 2
    PRUNED = 3
    FAILED = 4


@dataclass(frozen=True, eq=False)
class SettingColumn:
    """What each trial has for a setting that varies.

    Attributes:
        place, title: where it stands in the experiment, and what people call it.
        values: (n,) numbers, or places in `names`; NaN where a trial does not have it.
        logarithmic: whether it is looked for by factors.
        names: of the choices, where it is one of several.
    """

    place: str
    title: str
    values: Floats
    logarithmic: bool = False
    names: tuple[str, ...] = ()

    def text(self, row: int) -> str:
        """What a trial has, in a few letters."""
        value = float(self.values[row])
        if not np.isfinite(value):
            return NONE
        return self.names[int(value)] if self.names else short(value, 3)


@dataclass(frozen=True, eq=False)
class GoalColumn:
    """What each trial came to.

    Attributes:
        title: what people call it.
        values: (n,), NaN as long as it is not known.
        smaller: whether a smaller one is better.
        logarithmic: whether it is seen by factors.
        is_share: whether it is written in percent.
    """

    title: str
    values: Floats
    smaller: bool = True
    logarithmic: bool = False
    is_share: bool = False

    def text(self, row: int) -> str:
        """What a trial came to, in a few letters."""
        return self.write(float(self.values[row]))

    def write(self, value: float) -> str:
        """A value of it, in a few letters."""
        if not np.isfinite(value):
            return NONE
        return percent(value, 1) if self.is_share else short(value, 3)

    def costs(self) -> Floats:
        """The values so that less is better."""
        return self.values if self.smaller else -self.values


@dataclass(frozen=True, eq=False)
class TrialColumns:
    """All trials of a search, a row each.

    Attributes:
        origin: what stays the same from one moment of a search to the next; rows and `ended` only grow.
        numbers, states: (n,) of each trial.
        goals, settings: a column each.
        epochs: (p,) at which curves were measured.
        curves: (n, p) what was measured there, NaN where a trial did not come.
        reached: (n,) the last epoch of each.
        seconds: (n,) how long each took.
        places: (n,) the name of the machine that each ran on.
        ended: (m,) the rows that ended, in that order.
        problems: by row, why a trial failed.
    """

    origin: object = None
    numbers: Rows = field(default_factory=lambda: np.empty(0, np.intp))
    states: NDArray[np.uint8] = field(default_factory=lambda: np.empty(0, np.uint8))
    goals: tuple[GoalColumn, ...] = ()
    settings: tuple[SettingColumn, ...] = ()
    epochs: Floats = field(default_factory=lambda: NOTHING)
    curves: Floats = field(default_factory=lambda: np.empty((0, 0), np.float32))
    reached: Floats = field(default_factory=lambda: NOTHING)
    seconds: Floats = field(default_factory=lambda: NOTHING)
    places: tuple[str, ...] = ()
    ended: Rows = field(default_factory=lambda: np.empty(0, np.intp))
    problems: Mapping[int, str] = field(default_factory=dict)

    def __len__(self) -> int:
        """How many trials there are."""
        return len(self.numbers)

    @cached_property
    def done(self) -> Rows:
        """The rows of trials that came to the end, in that order."""
        rows = self.ended[self.states[self.ended] == Standing.DONE]
        return rows if not self.goals else rows[np.isfinite(self.goals[0].values[rows])]

    @cached_property
    def running(self) -> Rows:
        """The rows of trials that are under way."""
        return np.flatnonzero(self.states == Standing.RUNNING)

    @cached_property
    def best(self) -> int | None:
        """The row of the best trial by the first goal; None while none is done."""
        if not len(self.done):
            return None
        return int(self.done[np.argmin(self.goals[0].costs()[self.done])])

    def prepare(self) -> None:
        """Work out what all views ask for, on whichever thread that is; they find it then."""
        _ = self.done, self.best, self.goodness, self.spans

    @cached_property
    def spans(self) -> tuple[Floats, Floats]:
        """(n,) the least and the most that was measured of each trial, NaN where nothing was."""
        if not self.curves.size:
            nothing = np.full(len(self), np.nan)
            return nothing, nothing
        return np.fmin.reduce(self.curves, axis=1), np.fmax.reduce(self.curves, axis=1)

    def steps(self) -> tuple[Rows, Floats]:
        """The rows that are done, and the best value so far after each."""
        goal = self.goals[0]
        best = np.minimum.accumulate(goal.costs()[self.done])
        return self.done, best if goal.smaller else -best

    @cached_property
    def front(self) -> Rows:
        """Rows of trials that no other beats in both of the first two goals, ordered by the first goal."""
        first, second = (goal.costs()[self.done] for goal in self.goals[:2])
        order = np.lexsort((second, first))
        lowest = np.minimum.accumulate(second[order])
        before = np.concatenate([[np.inf], lowest[:-1]])
        return self.done[order[second[order] < before]]

    @cached_property
    def goodness(self) -> Floats:
        """(n,) where each trial stands by rank: 1 for the best of those done, 0 for the worst, else NaN."""
        found = np.full(len(self), np.nan)
        if not self.goals:
            return found
        order = np.argsort(self.goals[0].costs()[self.done], kind="stable")
        found[self.done[order]] = np.linspace(1, 0, len(order)) if len(order) > 1 else 1.0
        return found
