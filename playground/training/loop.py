"""The loop of the training thread: it carries out requests and advances runs in turn."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable

import numpy as np

from playground.experiment import Experiment
from playground.training.aside import Aside
from playground.training.checkpoint import Checkpoint
from playground.training.choosing import Choice
from playground.training.group import RunGroup
from playground.training.run import Run
from playground.training.snapshot import Snapshot, State

BREATH = 0.0001
"""Seconds for which the interpreter lock is given up after each slice."""

PATIENCE = 0.03
"""Longest time in seconds that training leaves a window waiting."""

HOLD = 0.012
"""Longest time in seconds that it waits for a window that is painting: after that both take turns."""

UNCHANGED = object()
"""What a request returns after which all looks as before."""

logger = logging.getLogger(__name__)


class Loop:
    """Runs, and the requests that wait for them.

    Attributes:
        requests: what is to be done between steps, in order.
        mailboxes: the newest snapshot of each run, by its number, until it is taken.
        wanted: set when the window wants snapshots; `may_run` is cleared while it paints.
        group: the runs; `runs` has them by number, the one in front first.
    """

    def __init__(self, on_error: Callable[[BaseException], None] | None) -> None:
        self.requests: queue.SimpleQueue[Callable[[], object]] = queue.SimpleQueue()
        self.mailboxes: dict[int, Snapshot] = {}
        self.wanted, self.may_run = threading.Event(), threading.Event()
        self.may_run.set()
        self.group = RunGroup()
        self.runs = self.group.runs
        self._on_error = on_error
        self._closed = self._changed = False

    def __call__(self) -> None:
        """Go on until it is closed."""
        with np.errstate(all="ignore"):  # what is not finite is found and told as a divergence
            while not self._closed:
                try:
                    self._turn()
                except Exception as error:  # a fault of ours: the work can still be saved
                    logger.exception("a fault on the training thread")
                    self.group.pause()
                    if self._on_error is not None:
                        self._on_error(error)

    def _turn(self) -> None:
        """Carry out what was asked, train a slice, show it."""
        running = self.group.running
        try:
            request = self.requests.get(timeout=self._patience(running))
        except queue.Empty:
            pass
        else:
            self.group.settle()
            self._changed |= request() is not UNCHANGED
            if self._changed and self.requests.empty():
                self._changed = False
                self._publish(list(self.runs.values()))
            return
        if running:
            if any(map(_holds_lock, running)):
                self.may_run.wait(HOLD)
            self.group.train(running)
            ended = [run for run in running if run.state is not State.RUNNING]
            if ended or (self.wanted.is_set() and not self.group.in_round):
                self._publish([run for run in running if run.has_moved or run in ended])

    def _patience(self, running: list[Run]) -> float | None:
        if not running:
            return None
        if self.group.hurries:
            return BREATH
        return min(*(run.stride.waits for run in running), PATIENCE) or BREATH

    def _publish(self, runs: list[Run]) -> None:
        if runs:
            self.wanted.clear()
            self.mailboxes.update(self.group.snapshots(runs))

    # --- requests ---------------------------------------------------------------------------------------

    def carry_out(self, request: Callable[[Run], object], number: int) -> None:
        """Ask something of a run that may take long."""
        if (run := self.runs.get(number)) is not None:
            run.stride.expect_anything()
            request(run)

    def carry_out_for_all(self, request: Callable[[Run], object]) -> None:
        """Ask it of every run."""
        for number in self.runs:
            self.carry_out(request, number)

    def choose(self, choice: Choice, anew: bool) -> None:
        """Train all runs by a machine of this choice (see `Trainer.choose`)."""
        self.group.choice = choice
        for run in self.runs.values():
            run.learner.choose(choice, anew)

    def open(self, number: int, experiment: Experiment, checkpoint: Checkpoint | None) -> None:
        """Leave all runs and begin with another."""
        self.mailboxes.clear()
        self.group.open(number, experiment, checkpoint)

    def drop(self, number: int) -> None:
        """Forget a run."""
        self.group.drop(number)
        self.mailboxes.pop(number, None)

    def take_over(self, number: int, aside: Aside) -> None:
        """Forget a run, and put what it has learnt aside."""
        self.group.take_over(number, aside)
        self.mailboxes.pop(number, None)

    def close(self) -> None:
        """End after this turn."""
        self._closed = True
        self.runs.clear()


def _holds_lock(run: Run) -> bool:
    """Whether its steps keep the window from painting."""
    trainer = run.learner.trainer
    return trainer is not None and trainer.machine.holds_lock
