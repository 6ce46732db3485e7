"""The loop of the training thread: it carries out requests and advances runs in turn."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable

import numpy as np

from playground.experiment import Experiment
from playground.training.checkpoint import Checkpoint
from playground.training.run import Run
from playground.training.snapshot import Snapshot, State, View

BREATH = 0.0001
"""Seconds for which the interpreter lock is given up after each slice."""

BESIDE = View(maps=False)
"""What is on screen of a run behind the one in front."""

PATIENCE = 0.03
"""Longest time in seconds that training waits for a window that is painting, or leaves one waiting."""

logger = logging.getLogger(__name__)


class Loop:
    """Runs, and the requests that wait for them.

    Attributes:
        requests: what is to be done between steps, in order.
        mailboxes: the newest snapshot of each run, by its number, until it is taken.
        wanted: set when the window wants snapshots; `may_run` is cleared while it paints.
        runs: by number, the one in front first.
    """

    def __init__(self, on_error: Callable[[BaseException], None] | None) -> None:
        self.requests: queue.SimpleQueue[Callable[[], object]] = queue.SimpleQueue()
        self.mailboxes: dict[int, Snapshot] = {}
        self.wanted, self.may_run = threading.Event(), threading.Event()
        self.may_run.set()
        self.runs: dict[int, Run] = {}
        self._on_error = on_error
        self._closed = False
        self._speed: float | None = None
        self._view = View()

    def __call__(self) -> None:
        """Go on until it is closed."""
        with np.errstate(all="ignore"):  # what is not finite is found and told as a divergence
            while not self._closed:
                try:
                    self._turn()
                except Exception as error:  # a fault of ours: the work can still be saved
                    logger.exception("a fault on the training thread")
                    self.pause()
                    if self._on_error is not None:
                        self._on_error(error)

    def _turn(self) -> None:
        """Carry out what was asked, train a slice, show it."""
        running = [run for run in self.runs.values() if run.state is State.RUNNING]
        try:
            request = self.requests.get(timeout=self._patience(running))
        except queue.Empty:
            pass
        else:
            request()
            if self.requests.empty():
                self._publish(list(self.runs.values()))
            return
        if running:
            self.may_run.wait(PATIENCE)
            behind = min(running, key=lambda run: run.progress)  # in lockstep, the one that is behind
            behind.train()
            ended = behind.state is not State.RUNNING
            if self.wanted.is_set() or ended:
                self._publish([run for run in running if run.has_moved or (ended and run is behind)])

    def _patience(self, running: list[Run]) -> float | None:
        if not running:
            return None
        return min(*(run.stride.waits for run in running), PATIENCE) or BREATH

    def _publish(self, runs: list[Run]) -> None:
        if runs:
            self.wanted.clear()
        for run in runs:
            self.mailboxes[run.number] = run.snapshot()

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

    def pause(self) -> None:
        """Let every run stop after the step under way."""
        for run in self.runs.values():
            run.pause()

    def open(self, number: int, experiment: Experiment, checkpoint: Checkpoint | None) -> None:
        """Leave all runs and begin with another."""
        self.runs.clear()
        self.mailboxes.clear()
        self.add(number, experiment, checkpoint)

    def add(self, number: int, experiment: Experiment, checkpoint: Checkpoint | None) -> None:
        """Begin a run."""
        run = Run(number, experiment, checkpoint)
        run.look(BESIDE if self.runs else self._view)
        run.stride.set_speed(self._speed)
        self.runs[number] = run

    def drop(self, number: int) -> None:
        """Forget a run."""
        self.runs.pop(number, None)
        self.mailboxes.pop(number, None)

    def set_speed(self, steps_per_second: float | None) -> None:
        """At most so many steps a second, in every run."""
        self._speed = steps_per_second
        for run in self.runs.values():
            run.stride.set_speed(steps_per_second)

    def look(self, view: View) -> None:
        """See this of the run in front."""
        self._view = view
        for run in list(self.runs.values())[:1]:
            run.look(view)

    def close(self) -> None:
        """End after this turn."""
        self._closed = True
        self.runs.clear()
