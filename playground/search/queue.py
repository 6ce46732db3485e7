"""The queue of trials of a study, from which any number of workers on any machines take the next one.

A trial waits, is taken by one worker, and ends.  What a dead worker had goes back to wait, under its number
and with its settings.  Only numbers below the total are ever taken: where two workers add trials at once, the
surplus waits for a plan with more trials.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from playground.text import Text, say_counted

if TYPE_CHECKING:
    from optuna.storages import BaseStorage
    from optuna.trial import FrozenTrial

OWNER = "owner"
"""Under this name a trial says who has it."""

ADDED = 8
"""So many trials are added to the queue at once."""

TRIES = 3
"""After so many workers that died of a trial nobody takes it any more."""


@dataclass(frozen=True)
class Owner:
    """Who has a trial: a worker by a name that no other has, on a machine, and a sign of life that changes.

    `tries` counts the workers that had the trial.
    """

    worker: str
    host: str
    process: int
    beat: int = 0
    tries: int = 1

    def written(self) -> str:
        """As an attribute of a trial."""
        return json.dumps([self.worker, self.host, self.process, self.beat, self.tries])

    @classmethod
    def of(cls, attributes: Mapping[str, Any]) -> Owner | None:
        """Who has a trial with these attributes; None where nobody ever had."""
        text = attributes.get(OWNER)
        return None if text is None else cls(*json.loads(text))


class TrialQueue:
    """The trials of a study, as one worker takes them."""

    def __init__(self, storage: BaseStorage, study: int, total: int, me: Owner) -> None:
        self._storage, self._study, self._total, self._me = storage, study, total, me

    def take(self) -> FrozenTrial | None:
        """The next trial as it was when it waited, mine from now on; None where there is none."""
        from optuna.trial import TrialState

        while True:
            for trial in self._in_state(TrialState.WAITING):
                if self._claims(trial):
                    return trial
            if not self._add():
                return None

    @property
    def finished(self) -> bool:
        """Whether all trials have ended."""
        trials = self._storage.get_all_trials(self._study, deepcopy=False)
        ended = sum(trial.state.is_finished() for trial in trials[: self._total])
        return ended >= self._total

    def running(self) -> list[FrozenTrial]:
        """The trials that somebody has."""
        from optuna.trial import TrialState

        return self._in_state(TrialState.RUNNING)

    def give_back(self, trial: int) -> None:
        """Let a trial of mine, by its id, wait for another worker, as if I had never had it."""
        owner = self.owner(trial)
        if owner is not None and owner.worker == self._me.worker:
            self._writes(trial, replace(owner, tries=owner.tries - 1))
            self.put_back(trial)

    def put_back(self, trial: int) -> None:
        """Let a trial wait that somebody has."""
        from optuna.exceptions import UpdateFinishedTrialError
        from optuna.trial import TrialState

        try:
            self._storage.set_trial_state_values(trial, TrialState.WAITING)
        except UpdateFinishedTrialError:
            return  # it ended after all

    def owner(self, trial: int) -> Owner | None:
        """Who has a trial now."""
        return Owner.of(self._storage.get_trial_user_attrs(trial))

    def is_mine(self, trial: int) -> bool:
        """Whether nobody took over a trial of mine, as after a sleep of this machine."""
        return self._as_mine(trial) is not None

    def beat(self, trial: int) -> bool:
        """Give a sign of life; False where the trial is not mine any more."""
        mine = self._as_mine(trial)
        return mine is not None and self._writes(trial, replace(mine, beat=mine.beat + 1))

    def _as_mine(self, trial: int) -> Owner | None:
        """What a trial that I have says of me; None where I have it no more."""
        from optuna.trial import TrialState

        found = self._storage.get_trial(trial)
        owner = Owner.of(found.user_attrs)
        is_mine = owner is not None and owner.worker == self._me.worker
        return owner if found.state is TrialState.RUNNING and is_mine else None

    def _in_state(self, state: Any) -> list[FrozenTrial]:
        trials: Iterable[FrozenTrial] = self._storage.get_all_trials(
            self._study, deepcopy=False, states=(state,)
        )
        return [trial for trial in trials if trial.number < self._total]

    def _claims(self, trial: FrozenTrial) -> bool:
        from optuna.exceptions import UpdateFinishedTrialError
        from optuna.trial import TrialState

        try:
            if not self._storage.set_trial_state_values(trial._trial_id, TrialState.RUNNING):
                return False
        except UpdateFinishedTrialError:
            return False
        before = Owner.of(trial.user_attrs)
        tries = 1 if before is None else before.tries + 1
        return self._writes(trial._trial_id, replace(self._me, tries=tries))

    def _writes(self, trial: int, owner: Owner) -> bool:
        """Write who has a trial; False where it has ended meanwhile."""
        from optuna.exceptions import UpdateFinishedTrialError

        try:
            self._storage.set_trial_user_attr(trial, OWNER, owner.written())
        except UpdateFinishedTrialError:
            return False
        return True

    def _add(self) -> bool:
        """Add trials that wait, where there are not enough yet; whether any were added."""
        from optuna.trial import TrialState, create_trial

        missing = self._total - self._storage.get_n_trials(self._study)
        waiting = create_trial(state=TrialState.WAITING)
        for _ in range(min(missing, ADDED)):
            self._storage.create_new_trial(self._study, waiting)
        return missing > 0


def gave_up(tries: int) -> Text:
    """Why a trial is not begun again."""
    return say_counted(
        "trial.died",
        "{count} process died while it trained it.",
        "{count} processes died while they trained it.",
        tries,
    )
