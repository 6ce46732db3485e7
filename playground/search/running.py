"""A search that runs on this machine: its study, its worker processes, and a thread that looks after them."""

from __future__ import annotations

import threading

from playground.experiment import Experiment
from playground.search.plan import SearchPlan
from playground.search.pulse import Rhythm
from playground.search.queue import Owner, TrialQueue
from playground.search.study import OpenStudy, begin
from playground.search.workers import WorkerPool
from playground.text import Text

LOOK = 0.1
"""Seconds between two looks at the processes."""

NOBODY = Owner("", "", 0)


class RunningSearch:
    """Trials trained by worker processes, until there are no more, it is stopped, or it cannot go on.

    Only `start` waits for anything: it opens the study.
    """

    def __init__(self, plan: SearchPlan, experiment: Experiment, rhythm: Rhythm | None = None) -> None:
        self._plan, self._experiment = plan, experiment
        self._pool = WorkerPool(plan.storage, plan.study, min(plan.workers, plan.total), rhythm or Rhythm())
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look_after, name="search", daemon=True)
        self._study: OpenStudy | None = None
        self.paused = False
        self.problem: Text | None = None

    def start(self) -> None:
        """Make or open the study, and let the workers begin.

        Raises:
            InvalidValue: when that cannot be, in a sentence.
        """
        study = self._study = begin(self._plan, self._experiment)
        if not TrialQueue(study.storage, study.id, self._plan.total, NOBODY).finished:
            self._pool.start()
        self._thread.start()

    def pause(self) -> None:
        """Let the workers wait where they are."""
        self.paused = True
        self._pool.pause()

    def go_on(self) -> None:
        """Let them work again."""
        self.paused = False
        self._pool.go_on()

    def stop(self) -> None:
        """Let the workers give back what they have and end; nobody waits for that."""
        self._pool.stop()

    @property
    def ended(self) -> bool:
        """Whether no worker works any more."""
        return self._ended.is_set()

    @property
    def processes(self) -> list[int]:
        """The ids of the worker processes that live."""
        return self._pool.processes

    def wait(self, seconds: float | None = None) -> bool:
        """Whether it ended within so many seconds."""
        return self._ended.wait(seconds)

    def _look_after(self) -> None:
        try:
            while self._pool.works:
                self._ended.wait(LOOK)
                self._put_back(self._pool.look())
                if self._pool.problem is not None:
                    self._pool.stop()
        finally:
            if self._study is not None:
                self._study.close()
            self.problem = self._pool.problem
            self._ended.set()

    def _put_back(self, dead: list[str]) -> None:
        """Let the trials of the dead wait for another worker, at once and not after the time of grace."""
        if not dead or self._study is None:
            return
        queue = TrialQueue(self._study.storage, self._study.id, self._plan.total, NOBODY)
        for trial in queue.running():
            owner = Owner.of(trial.user_attrs)
            if owner is not None and owner.worker in dead:
                queue.put_back(trial._trial_id)
