"""The trials of a study as the columns that views draw, kept up with what is new of them."""

from __future__ import annotations

import socket
from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication

from playground.experiment import Experiment
from playground.search.goals import Goal, measured_on
from playground.search.plan import SearchPlan
from playground.search.records import TrialRecord
from playground.search.settings import what_can_vary
from playground.search.variation import Plain, Variation
from widgets.pages.search.wording import choice_title, setting_title
from widgets.plots.trials.trial_columns import GoalColumn, SettingColumn, Standing, TrialColumns
from widgets.sentences import sentence, shown_field

POINTS = 96
"""Epochs at which a curve is known at most."""
ROOM = 64
STANDINGS = {
    "waiting": Standing.WAITING,
    "running": Standing.RUNNING,
    "done": Standing.DONE,
    "cut short": Standing.PRUNED,
    "failed": Standing.FAILED,
}
SHARES = frozenset(("accuracy", "zero_one", "precision", "recall", "f1"))
BY_FACTORS = frozenset(("loss", "parameters", "mae", "rmse"))


class Gathered:
    """Takes records of trials, in any order, and gives all that is known in columns that never change."""

    def __init__(self, plan: SearchPlan, experiment: Experiment) -> None:
        self.plan, self.experiment = plan, experiment
        self.records: dict[int, TrialRecord] = {}
        self._origin = object()
        self._settings = {each.path: each for each in what_can_vary(experiment)}
        self._epochs = np.linspace(0, plan.epochs, min(POINTS, plan.epochs + 1))
        self._count = 0
        self._ended: list[int] = []
        self._columns: dict[str, NDArray[np.float64]] = {}
        self._curves = np.empty((0, len(self._epochs)), np.float32)
        self._here = socket.gethostname()
        self._last: TrialColumns | None = None

    def take(self, records: Iterable[TrialRecord]) -> None:
        """Take what is new."""
        for record in records:
            self._last = None
            self._make_room(record.number + 1)
            before = self.records.get(record.number)
            self.records[record.number] = record
            if record.ended and (before is None or not before.ended):
                self._ended.append(record.number)
            self._take(record)

    def columns(self) -> TrialColumns:
        """All that is known by now; the same as before where nothing was taken."""
        if self._last is None:
            self._last = self._made_columns()
            self._last.prepare()
        return self._last

    def _made_columns(self) -> TrialColumns:
        count = self._count
        known = {name: column[:count].copy() for name, column in self._columns.items()}
        hosts = (self.records[row].host if row in self.records else "" for row in range(count))
        here = QCoreApplication.translate("Gathered", "here")
        return TrialColumns(
            origin=self._origin,
            numbers=np.arange(count),
            states=known.get("state", np.empty(0)).astype(np.uint8),
            goals=tuple(self._goal(place, goal, known) for place, goal in enumerate(self.plan.goals)),
            settings=tuple(self._setting(each, known) for each in self.plan.variations),
            epochs=self._epochs,
            curves=self._curves[:count].copy(),
            reached=known.get("reached", np.empty(0)),
            seconds=known.get("seconds", np.empty(0)),
            places=tuple(here if host == self._here else host for host in hosts),
            ended=np.array(self._ended, np.intp),
            problems={
                number: sentence(record.reason)
                for number, record in self.records.items()
                if record.reason is not None
            },
        )

    @property
    def titles(self) -> Mapping[str, str]:
        """What settings that vary are called, by path."""
        return {each.path: self._title(each) for each in self.plan.variations}

    # --- one trial --------------------------------------------------------------------------------------

    def _names(self) -> list[str]:
        goals = [f"goal {place}" for place in range(len(self.plan.goals))]
        return ["state", "reached", "seconds", *goals, *(each.path for each in self.plan.variations)]

    def _make_room(self, count: int) -> None:
        self._count = max(self._count, count)
        known = len(self._curves)
        if self._count <= known:
            return
        more = max(ROOM, known, self._count - known)
        for name in self._names():
            usual = 0.0 if name == "state" else np.nan
            before = self._columns.get(name, np.empty(0))
            self._columns[name] = np.append(before, np.full(more, usual))
        empty = np.full((more, len(self._epochs)), np.nan, np.float32)
        self._curves = np.concatenate([self._curves, empty])

    def _take(self, record: TrialRecord) -> None:
        row, columns = record.number, self._columns
        columns["state"][row] = STANDINGS[record.state]
        columns["reached"][row] = record.epochs[-1] if record.epochs else 0
        columns["seconds"][row] = np.nan if record.seconds is None else record.seconds
        for place in range(len(self.plan.goals)):
            known = place < len(record.values)
            columns[f"goal {place}"][row] = record.values[place] if known else np.nan
        for each in self.plan.variations:
            if each.path in record.settings:
                columns[each.path][row] = _number(each, record.settings[each.path])
        self._curves[row] = self._curve(record)

    def _curve(self, record: TrialRecord) -> NDArray[np.float64]:
        """What was measured, at the epochs of all curves."""
        if not record.epochs:
            return np.full(len(self._epochs), np.nan)
        epochs, values = np.array(record.epochs, float), np.array(record.curve, float)
        found = np.interp(self._epochs, epochs, values, left=np.nan, right=np.nan)
        found[np.argmin(np.abs(self._epochs - epochs[-1]))] = values[-1]
        return found

    # --- columns ----------------------------------------------------------------------------------------

    def _goal(self, place: int, goal: Goal, known: Mapping[str, NDArray[np.float64]]) -> GoalColumn:
        return GoalColumn(
            goal_title(goal, self.experiment),
            known.get(f"goal {place}", np.empty(0)),
            smaller=not goal.large,
            logarithmic=goal.metric in BY_FACTORS,
            is_share=goal.metric in SHARES,
        )

    def _setting(self, each: Variation, known: Mapping[str, NDArray[np.float64]]) -> SettingColumn:
        setting = self._settings.get(each.path)
        names = tuple(choice_title(choice, setting) for choice in each.choices)
        values = known.get(each.path, np.empty(0))
        return SettingColumn(each.path, self._title(each), values, each.logarithmic, names)

    def _title(self, each: Variation) -> str:
        return setting_title(each.path, self._settings.get(each.path))


def goal_title(goal: Goal, experiment: Experiment) -> str:
    """What is measured, and on which samples."""
    title = shown_field(Goal, "metric").titles[goal.metric]
    words = {
        "validation": QCoreApplication.translate("Gathered", "{metric}, validation"),
        "test": QCoreApplication.translate("Gathered", "{metric}, test"),
    }
    side = "" if goal.metric == "parameters" else measured_on(experiment)
    return words[side].format(metric=title) if side else title


def _number(variation: Variation, value: Plain) -> float:
    return float(variation.place(value) if variation.choices else value)
