"""A worker: takes one trial of a study after the other, trains it, and writes what came of it."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Set
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from playground.engine.layers import LayerProblem
from playground.files.experiment_file import SavedExperiment, dumps
from playground.search.asked import Asked, Settings
from playground.search.optuna_side import be_quiet, distribution, put, taken
from playground.search.orders import Orders
from playground.search.patience import patient
from playground.search.pulse import Pulse, Rhythm
from playground.search.queue import TRIES, Owner, TrialQueue, gave_up
from playground.search.study import OpenStudy, pieces
from playground.search.told import written
from playground.search.trying import Attempt
from playground.text import Text, say
from playground.value import InvalidValue
from playground.words import shortened

if TYPE_CHECKING:
    from optuna import Study, Trial

T = TypeVar("T")

END = "end"
"""Under this name a trial keeps its curve, its parameters and why it failed."""

WEIGHTS = "weights"
MOST_WEIGHTS = 2 * 2**20
"""Bytes of a trained experiment up to which the best trials keep theirs in the study."""

GLANCE = 0.5
"""Seconds between two points of a live curve, and between two looks for a trial that is free."""


class TrialFailed(Exception):
    """A trial that cannot be, or broke down: why, in a sentence."""

    def __init__(self, text: Text) -> None:
        super().__init__(text)
        self.text = text


class SearchWorker:
    """Works on a study until all of its trials have ended, or it is told to stop."""

    def __init__(self, study: OpenStudy, me: Owner, orders: Orders, rhythm: Rhythm | None = None) -> None:
        storage = patient(study.storage)
        self._plan, self._experiment, self._orders = study.plan, study.experiment, orders
        self._storage, self._id = storage, study.id
        self._name = storage.get_study_name_from_id(study.id)
        self._queue = TrialQueue(storage, study.id, study.plan.total, me)
        self._pulse = Pulse(self._queue, rhythm or Rhythm(), self._fail)
        self._fault: Exception | None = None

    def work(self) -> None:
        """Take trials and train them.

        Raises:
            Exception: what the storage raises when its troubles do not pass.
        """
        be_quiet()
        with np.errstate(all="ignore"):  # what is not finite is found and told as a divergence
            self._pulse.start()
            try:
                self._take_turns()
            finally:
                self._pulse.end()
        if self._fault is not None:
            raise self._fault

    def _take_turns(self) -> None:
        while self._may_go_on():
            trial = self._queue.take()
            if trial is not None:
                self._pulse.work_on(trial._trial_id)
                self._try(trial)
                self._pulse.work_on(None)
            elif self._queue.finished:
                return
            else:
                self._orders.wait(GLANCE)

    def _may_go_on(self) -> bool:
        return self._orders.may_go_on() and self._fault is None and not self._pulse.lost.is_set()

    def _fail(self, fault: Exception) -> None:
        self._fault = fault

    # --- one trial --------------------------------------------------------------------------------------

    def _try(self, frozen: Any) -> None:
        """Train one trial, and write how it ended; one that was taken away or interrupted is left alone."""
        from optuna import Trial

        sampler = self._plan.sampler
        trial = Trial(self._study(self._plan.asked(frozen.number)), frozen._trial_id)
        try:
            if (owner := Owner.of(frozen.user_attrs)) is not None and owner.tries >= TRIES:
                raise TrialFailed(gave_up(owner.tries))
            settings = self._suggested(trial) if sampler.learns else self._written(trial, frozen)
            self._train(trial, settings, known=set(frozen.intermediate_values))
        except TrialFailed as failure:
            self._end(trial, {"reason": written(failure.text)})

    def _study(self, asked: Asked) -> Study:
        """The study as one trial sees it: what it read of others is not kept for the next."""
        import optuna

        plan = self._plan
        pruner = plan.pruner.made(plan.epochs) if plan.prunes else None
        sampler = plan.sampler.made(asked) if plan.sampler.learns else optuna.samplers.RandomSampler(seed=0)
        return optuna.Study(self._name, self._storage, sampler=sampler, pruner=pruner)

    def _suggested(self, trial: Trial) -> Settings:
        """What a sampler of Optuna says, or what the trial had before it was taken over."""
        import optuna

        found: dict[str, Any] = {}
        for each in self._plan.variations:
            how = distribution(each)
            if isinstance(how, optuna.distributions.CategoricalDistribution):
                value: Any = trial.suggest_categorical(each.path, how.choices)
            elif isinstance(how, optuna.distributions.IntDistribution):
                value = trial.suggest_int(each.path, how.low, how.high, step=how.step, log=how.log)
            else:
                assert isinstance(how, optuna.distributions.FloatDistribution)
                value = trial.suggest_float(each.path, how.low, how.high, step=how.step, log=how.log)
            found[each.path] = taken(each, value)
        return found

    def _written(self, trial: Trial, frozen: Any) -> Settings:
        """What the sampler says of the trial by its number, written into the study."""
        settings = self._plan.sampler.settings(self._plan.asked(frozen.number))
        for each in self._plan.variations:
            if each.path not in frozen.params:
                how, value = distribution(each), put(each, settings[each.path])
                self._storage.set_trial_param(frozen._trial_id, each.path, how.to_internal_repr(value), how)
        return settings

    def _train(self, trial: Trial, settings: Settings, known: Set[int]) -> None:
        """Train it to its end; `known` are epochs that whoever had it before wrote."""
        attempt = _guarded(lambda: Attempt(self._experiment, self._plan, settings))
        points = attempt.curve(self._may_go_on)
        epochs: list[int] = []
        curve: list[float] = []
        end = {"curve": [epochs, curve], "parameters": attempt.parameters}
        shown = time.monotonic()
        while (point := _guarded(lambda: next(points, None))) is not None:
            epochs.append(point[0])
            curve.append(point[1][0])
            if self._plan.prunes or time.monotonic() - shown > GLANCE:
                if epochs[-1] not in known:
                    trial.report(curve[-1], epochs[-1])
                shown = time.monotonic()
            if self._plan.prunes and trial.should_prune():
                self._end(trial, end, (curve[-1],), short=True)
                return
        if not self._may_go_on():
            self._queue.give_back(trial._trial_id)
            return
        values = _guarded(attempt.end)
        self._keep_weights(trial, attempt, values)
        self._end(trial, end, values)

    def _end(
        self, trial: Trial, end: dict[str, Any], values: tuple[float, ...] = (), short: bool = False
    ) -> None:
        """Write how a trial ended; without values it failed, and is the worst of all for samplers."""
        from optuna.exceptions import UpdateFinishedTrialError
        from optuna.trial import TrialState

        number, study = trial._trial_id, trial.study
        if not self._queue.is_mine(number):
            return
        state = TrialState.PRUNED if short or not values else TrialState.COMPLETE
        try:
            self._storage.set_trial_user_attr(number, END, json.dumps(end))
            if self._plan.sampler.learns:
                study.sampler.after_trial(study, self._storage.get_trial(number), state, values or None)
            self._storage.set_trial_state_values(number, state, values or None)
        except UpdateFinishedTrialError:
            return  # it was written before a connection broke, or by who took it over

    def _keep_weights(self, trial: Trial, attempt: Attempt, values: tuple[float, ...]) -> None:
        """Keep what the first training learnt, where no trial so far is better in every goal."""
        from optuna.trial import TrialState

        goals = self._plan.goals
        for other in self._storage.get_all_trials(self._id, deepcopy=False, states=(TrialState.COMPLETE,)):
            if all(
                not goal.better(mine, his)
                for goal, mine, his in zip(goals, values, other.values, strict=True)
            ):
                return
        first = attempt.trainers[0]
        content = dumps(SavedExperiment(first.experiment, first.checkpoint()))
        if len(content) <= MOST_WEIGHTS:
            for name, piece in pieces(WEIGHTS, content):
                self._storage.set_trial_user_attr(trial._trial_id, name, piece)


def _guarded(action: Callable[[], T]) -> T:
    """What comes of a piece of training; whatever goes wrong in it is why the trial failed."""
    try:
        return action()
    except (InvalidValue, LayerProblem) as problem:
        raise TrialFailed(problem.text) from None
    except MemoryError:
        raise TrialFailed(say("trial.no_memory", "There was not enough memory for it.")) from None
    except Exception as fault:
        kind, words = type(fault).__name__, shortened(fault)
        text = say("trial.fault", "An unexpected fault: {kind}: {words}.", kind=kind, words=words)
        raise TrialFailed(text) from fault
