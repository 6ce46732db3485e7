"""The training session: what the window asks of the training thread.

Requests go through a queue and are carried out between steps.  The newest snapshot of each run waits in a
mailbox of one; whoever paints asks for the next when it has painted the last.  One run is in front: what is
asked of the session is asked of it, and running, pausing and stepping of all.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from itertools import count
from typing import TypeVar

from playground.experiment import Experiment
from playground.training.aside import Aside
from playground.training.beside import Beside
from playground.training.checkpoint import Checkpoint
from playground.training.choosing import NUMPY, Choice
from playground.training.kept_run import KeptRuns
from playground.training.loop import UNCHANGED, Loop
from playground.training.run import Run, Saved
from playground.training.snapshot import Snapshot, View

T = TypeVar("T")


class TrainingSession:
    """Trains runs on a background thread; those beside the one in front are asked through `beside`.

    Every method may be called from any thread and returns at once; what was asked for happens in order.
    """

    def __init__(
        self,
        experiment: Experiment,
        checkpoint: Checkpoint | None = None,
        on_error: Callable[[BaseException], None] | None = None,
    ) -> None:
        """Begin, paused; `on_error` is called on the training thread with any fault of the program."""
        self._loop = Loop(on_error)
        self._thread = threading.Thread(target=self._loop, name="training", daemon=True)
        self._numbers = count(1)
        self.beside = Beside(self._loop, self._numbers)
        self._front, self._opened = 0, (experiment, checkpoint)
        self.choice = NUMPY
        """Which machine is wanted."""
        self.open(experiment, checkpoint)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def close(self, timeout: float | None = 5.0) -> bool:
        """Stop training and end the thread; whether it ended in this time, as a step may take long."""
        self._loop.requests.put(self._loop.close)
        self._loop.may_run.set()
        if self._thread.is_alive():
            self._thread.join(timeout)
        return not self._thread.is_alive()

    # --- looking ----------------------------------------------------------------------------------------

    def take(self, number: int | None = None) -> Snapshot | None:
        """The newest snapshot of a run (by default of the one in front), if it was not taken yet."""
        return self._loop.mailboxes.pop(self._front if number is None else number, None)

    def want(self) -> None:
        """Ask for snapshots, to be made at the next pause between steps."""
        self._loop.wanted.set()

    def hold(self) -> None:
        """Let training wait (a moment at most), because the window is about to paint."""
        self._loop.may_run.clear()

    def release(self) -> None:
        """The window has painted; training goes on."""
        self._loop.may_run.set()

    def look(self, view: View) -> None:
        """Say what is on screen."""
        self._loop.requests.put(lambda: self._loop.group.look(view))

    # --- runs -------------------------------------------------------------------------------------------

    def open(self, experiment: Experiment, checkpoint: Checkpoint | None = None) -> int:
        """Leave all runs and begin with another experiment; returns the number of its run."""
        number = next(self._numbers)
        self._front, self._opened = number, (experiment, checkpoint)
        self._loop.requests.put(lambda: self._loop.open(number, experiment, checkpoint))
        return number

    def ask(self, request: Callable[[Run], object], number: int | None = None) -> None:
        """Ask something of a run (by default of the one in front), on the training thread."""
        number = self._front if number is None else number
        self._loop.requests.put(lambda: self._loop.carry_out(request, number))

    def ask_all(self, request: Callable[[Run], object]) -> None:
        """Ask something of every run."""
        self._loop.requests.put(lambda: self._loop.carry_out_for_all(request))

    def apply(self, experiment: Experiment, aside: Aside | None = None, gesture: int = -1) -> None:
        """Let the run in front go on with a changed experiment (see `Trainer.apply`)."""
        self.ask(lambda run: run.apply(experiment, aside, gesture))

    def run(self) -> None:
        """Train all runs until the nearest of their goals, a pause or a divergence."""
        self._loop.requests.put(self._loop.group.start)

    def step(self, whole_epoch: bool = False) -> None:
        """Train all runs on a batch, or to the end of the epoch, then pause."""
        self._loop.requests.put(lambda: self._loop.group.step(whole_epoch))

    def pause(self) -> None:
        """Stop after the step under way."""
        self._loop.requests.put(self._loop.group.pause)

    def set_speed(self, steps_per_second: float | None) -> None:
        """At most so many steps a second; None for as fast as it goes."""
        self._loop.requests.put(lambda: self._loop.group.set_speed(steps_per_second))

    def choose(self, choice: Choice, anew: bool = False) -> None:
        """Train by a machine of this choice from the next start on; `anew`, from now on (see `Trainer`)."""
        self.choice = choice
        self._loop.requests.put(lambda: self._loop.choose(choice, anew))

    # --- saving -----------------------------------------------------------------------------------------

    def answer(self, question: Callable[[Run], T | None], number: int | None = None) -> Future[T | None]:
        """What a run (by default the one in front) answers on the training thread; None when it is gone."""
        future: Future[T | None] = Future()
        number = self._front if number is None else number

        def answer() -> object:
            try:
                run = self._loop.runs.get(number)
                future.set_result(question(run) if run is not None else None)
            except Exception as error:
                future.set_exception(error)
                raise
            return UNCHANGED

        self._loop.requests.put(answer)
        return future

    def checkpoint(self) -> Future[tuple[Experiment, Checkpoint] | None]:
        """All that changes in the run in front (see `Learner.checkpoint`), and in those beside it."""
        return self.answer(lambda front: _with_beside(front, tuple(self._loop.runs.values())))

    @property
    def last_known(self) -> Saved:
        """What `checkpoint` gave before the step or the request under way, without waiting for its end."""
        run = self._loop.runs.get(self._front)
        return run.last_known if run is not None else self._opened


def _with_beside(front: Run, runs: tuple[Run, ...]) -> tuple[Experiment, Checkpoint] | None:
    """The checkpoint of the run in front, and in it those of all others."""
    found = front.checkpoint()
    if found is None:
        return None
    others = (run.checkpoint() for run in runs if run is not front)
    beside = tuple((each[0], replace(each[1], kept=KeptRuns())) for each in others if each is not None)
    return found[0], replace(found[1], beside=beside)
