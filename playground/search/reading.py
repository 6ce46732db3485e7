"""Reading a study while it is searched: only what is new since the last look, for whoever shows it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from playground.experiment import Experiment
from playground.files.experiment_file import SavedExperiment, loads
from playground.search.applying import apply
from playground.search.optuna_side import taken
from playground.search.plan import SearchPlan
from playground.search.queue import Owner
from playground.search.records import Counts, State, TrialRecord
from playground.search.study import join, joined
from playground.search.told import read
from playground.search.worker import END, WEIGHTS

if TYPE_CHECKING:
    from optuna.trial import FrozenTrial


@dataclass(frozen=True)
class News:
    """What became of a study since the last look.

    Attributes:
        changed: the trials that are not as they were, in the order of their numbers.
        workers: how many workers each machine has at work.
    """

    changed: tuple[TrialRecord, ...]
    counts: Counts
    workers: Mapping[str, int]


class StudyReader:
    """Reads a study, again and again; on any thread but the window's."""

    def __init__(self, where: str, name: str) -> None:
        """Open it.

        Raises:
            InvalidValue: when that cannot be, in a sentence.
        """
        self._study = join(where, name, writes=False)
        self._by_path = {each.path: each for each in self.plan.variations}
        self._known: dict[int, object] = {}
        self._ended: dict[int, State] = {}

    def close(self) -> None:
        """Read no more."""
        self._study.close()

    @property
    def plan(self) -> SearchPlan:
        """The plan of the search."""
        return self._study.plan

    @property
    def experiment(self) -> Experiment:
        """What every trial begins from."""
        return self._study.experiment

    def read(self) -> News:
        """What is new: trials that ended before are not even looked at."""
        total = self.plan.total
        trials = self._study.storage.get_all_trials(self._study.id, deepcopy=False)
        going = [trial for trial in trials if trial.number not in self._ended and trial.number < total]
        changed = tuple(self._record(trial) for trial in going if self._is_new(trial))
        self._ended.update((record.number, record.state) for record in changed if record.ended)
        states = Counter(self._ended.values())
        states.update(STATES[trial.state.name] for trial in going if not trial.state.is_finished())
        return News(changed, _counts(states, total), _workers(going))

    def weights(self, number: int) -> SavedExperiment | None:
        """What a trial learnt, where it was among the best when it ended; None for others."""
        storage = self._study.storage
        trial = storage.get_trial_id_from_study_id_trial_number(self._study.id, number)
        content = joined(storage.get_trial_user_attrs(trial), WEIGHTS)
        return loads(content) if content else None

    def opened(self, record: TrialRecord) -> SavedExperiment:
        """A trial as an experiment, with its weights where they were kept; else training gives the same.

        Raises:
            InvalidValue: when its settings cannot be.
        """
        if (kept := self.weights(record.number)) is not None:
            return kept
        changed = apply(self.experiment, record.settings)
        return SavedExperiment(changed.with_(training=changed.training.with_(epochs=self.plan.epochs)))

    def _is_new(self, trial: FrozenTrial) -> bool:
        sign = (trial.state, len(trial.params), len(trial.intermediate_values))
        if self._known.get(trial.number) == sign:
            return False
        self._known[trial.number] = sign
        return True

    def _record(self, trial: FrozenTrial) -> TrialRecord:
        end = json.loads(trial.user_attrs.get(END, "{}"))
        owner = Owner.of(trial.user_attrs)
        points = dict(zip(*end["curve"], strict=True)) if "curve" in end else trial.intermediate_values
        began, ended = trial.datetime_start, trial.datetime_complete
        return TrialRecord(
            number=trial.number,
            state=_state(trial, end),
            settings={
                path: taken(self._by_path[path], value)
                for path, value in trial.params.items()
                if path in self._by_path
            },
            values=() if "reason" in end else tuple(trial.values or ()),
            epochs=tuple(points),
            curve=tuple(float(value) for value in points.values()),
            reason=read(end["reason"]) if "reason" in end else None,
            host="" if owner is None else owner.host,
            worker=0 if owner is None else owner.process,
            seconds=(ended - began).total_seconds() if began and ended else None,
            parameters=end.get("parameters"),
        )


STATES: Mapping[str, State] = {
    "WAITING": "waiting",
    "RUNNING": "running",
    "COMPLETE": "done",
    "PRUNED": "cut short",
    "FAIL": "failed",
}


def _state(trial: FrozenTrial, end: Mapping[str, object]) -> State:
    return "failed" if "reason" in end else STATES[trial.state.name]


def _counts(states: Mapping[State, int], total: int) -> Counts:
    return Counts(
        total, states["waiting"], states["running"], states["done"], states["cut short"], states["failed"]
    )


def _workers(trials: list[FrozenTrial]) -> Mapping[str, int]:
    """The machines with workers at work, and how many each has."""
    found: dict[str, set[str]] = {}
    for trial in trials:
        if trial.state.name == "RUNNING" and (owner := Owner.of(trial.user_attrs)) is not None:
            found.setdefault(owner.host, set()).add(owner.worker)
    return {host: len(workers) for host, workers in found.items()}
