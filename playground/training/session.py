"""The training session: a trainer on a thread of its own, asked by requests and answering with snapshots.

Requests go through a queue and are carried out between steps.  The newest snapshot waits in a mailbox of
one; whoever paints asks for the next when it has painted the last.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from itertools import count
from time import perf_counter

import numpy as np

from playground.engine.layers import LayerProblem
from playground.experiment import Experiment
from playground.training.aside import Aside
from playground.training.checkpoint import Checkpoint
from playground.training.clock import Clock
from playground.training.observer import Observer, Progress, blocked_snapshot
from playground.training.snapshot import Snapshot, State, View
from playground.training.steps import Divergence
from playground.training.trainer import Trainer
from playground.training.typed import TypedWeight
from playground.value import InvalidValue

SLICE = 0.004
"""Seconds of training between two looks at the queue while a window watches."""

BREATH = 0.0001
"""Seconds for which the interpreter lock is given up after each slice."""

PATIENCE = 0.03
"""Longest time in seconds that training waits for a window that is painting, or leaves one waiting."""

Moment = tuple[int, Experiment, Checkpoint | None]  # the number of a run, and where it stood

logger = logging.getLogger(__name__)


class TrainingSession:
    """Trains one experiment after another on a background thread.

    Every method may be called from any thread and returns at once; what was asked for happens in order.
    """

    def __init__(
        self,
        experiment: Experiment,
        checkpoint: Checkpoint | None = None,
        on_error: Callable[[BaseException], None] | None = None,
    ) -> None:
        """Begin, paused; `on_error` is called on the training thread with any fault of the program."""
        self._requests: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._mailbox: deque[Snapshot] = deque(maxlen=1)
        self._wanted = threading.Event()
        self._may_run = threading.Event()
        self._may_run.set()
        self._on_error = on_error
        self._closed = False
        self._thread = threading.Thread(target=self._main, name="training", daemon=True)
        # All below belongs to the training thread.
        self._experiment = experiment
        self._trainer: Trainer | None = None
        self._observer: Observer | None = None
        self._state = State.PAUSED
        self._run = 0
        self._goal = 0
        self._message = ""
        self._shown = (-1, -1)
        self._speed: float | None = None
        self._view = View()
        self._clock = Clock()
        self._runs = count(1)
        self._unsure = True  # how long a step takes
        self._moment: Moment = (0, experiment, checkpoint)
        self._opened = self._moment
        self.open(experiment, checkpoint)

    # --- for the window's thread ------------------------------------------------------------------------

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def close(self, timeout: float | None = 5.0) -> bool:
        """Stop training and end the thread; whether it ended in this time, as a step may take long."""
        self._requests.put(self._close)
        self._may_run.set()
        if self._thread.is_alive():
            self._thread.join(timeout)
        return not self._thread.is_alive()

    def take(self) -> Snapshot | None:
        """The newest snapshot, if there is one that was not taken yet."""
        try:
            return self._mailbox.pop()
        except IndexError:
            return None

    def want(self) -> None:
        """Ask for a snapshot, to be made at the next pause between steps."""
        self._wanted.set()

    def hold(self) -> None:
        """Let training wait (a moment at most), because the window is about to paint."""
        self._may_run.clear()

    def release(self) -> None:
        """The window has painted; training goes on."""
        self._may_run.set()

    def open(self, experiment: Experiment, checkpoint: Checkpoint | None = None) -> int:
        """Leave the present run and begin with another experiment; returns the number of the new run."""
        run = next(self._runs)
        self._opened = (run, experiment, checkpoint)
        self._requests.put(lambda: self._open(run, experiment, checkpoint))
        return run

    def apply(self, experiment: Experiment, aside: Aside | None = None, gesture: int = -1) -> None:
        """Go on with a changed experiment (see `Trainer.apply`)."""
        self._change(lambda: self._apply(experiment, aside, gesture))

    def run(self) -> None:
        """Train until the goal, a pause or a divergence."""
        self._change(self._start_running)

    def pause(self) -> None:
        """Stop after the step under way."""
        self._requests.put(self._pause)

    def step_batch(self) -> None:
        """Train one batch, then pause."""
        self._change(lambda: self._advance_paused(lambda trainer: trainer.run(1)))

    def step_epoch(self) -> None:
        """Train to the end of the epoch, then pause."""
        self._change(lambda: self._advance_paused(self._run_epoch))

    def restart(self, aside: Aside | None = None) -> None:
        """Go back to the same initial weights, or to the run that this put aside before."""
        self._change(lambda: self._restart(aside or Aside()))

    def set_weight(self, typed: TypedWeight) -> None:
        """Set a weight or a bias."""
        self._change(lambda: self._set_weight(typed))

    def take_back(self, typed: TypedWeight) -> None:
        """Put back what a number was before it was typed."""
        self._change(lambda: self._take_back(typed))

    def set_speed(self, steps_per_second: float | None) -> None:
        """At most so many steps a second; None for as fast as it goes."""
        self._requests.put(lambda: self._set_speed(steps_per_second))

    def look(self, view: View) -> None:
        """Say what is on screen."""
        self._requests.put(lambda: self._look(view))

    def checkpoint(self) -> Future[tuple[Experiment, Checkpoint] | None]:
        """All that changes, with the experiment as it is; None when it never could train.

        While it cannot train, the checkpoint is that of the one before, which it names.
        """
        future: Future[tuple[Experiment, Checkpoint] | None] = Future()
        self._requests.put(lambda: self._answer(future))
        return future

    @property
    def last_known(self) -> tuple[Experiment, Checkpoint | None]:
        """What `checkpoint` gave before the step or the request under way, without waiting for its end."""
        moment, opened = self._moment, self._opened
        return (moment if moment[0] == opened[0] else opened)[1:]

    def _change(self, request: Callable[[], None]) -> None:
        self._requests.put(lambda: self._carry_out(request))

    # --- on the training thread -------------------------------------------------------------------------

    def _main(self) -> None:
        with np.errstate(all="ignore"):  # what is not finite is found and told as a divergence
            while not self._closed:
                try:
                    self._turn()
                except Exception as error:  # a fault of ours: the work can still be saved
                    logger.exception("a fault on the training thread")
                    self._state = State.PAUSED
                    if self._on_error is not None:
                        self._on_error(error)

    def _turn(self) -> None:
        """Carry out what was asked, train a slice, show it."""
        running = self._state is State.RUNNING
        try:
            request = self._requests.get(timeout=self._patience(running))
        except queue.Empty:
            pass
        else:
            request()
            if self._requests.empty():
                self._publish()
            return
        if running:
            self._train_slice()
            if (self._wanted.is_set() and self._has_moved()) or self._state is not State.RUNNING:
                self._publish()

    def _carry_out(self, request: Callable[[], None]) -> None:
        """Do what may take long, and may make every step take longer."""
        self._remember()
        self._unsure = True
        request()

    def _remember(self) -> None:
        if (state := self._checkpoint()) is not None:
            self._moment = (self._run, *state)

    def _patience(self, running: bool) -> float | None:
        if not running:
            return None
        return min(self._clock.until_next(self._speed), PATIENCE) or BREATH

    def _train_slice(self) -> None:
        self._may_run.wait(PATIENCE)
        trainer = self._trainer
        assert trainer is not None
        steps = self._clock.steps_due(self._speed)
        end = perf_counter() + SLICE
        while steps > 0 and perf_counter() < end and trainer.epoch < self._goal:
            steps -= self._advance(trainer, steps)
            if trainer.divergence is not None:
                self._diverge(trainer.divergence)
                return
            if trainer.stopped_early:
                self._stop_early(trainer)
                return
        if trainer.epoch >= self._goal:
            self._finish(trainer)

    def _advance(self, trainer: Trainer, steps: int) -> int:
        """Train up to that many steps, as many as make a slice; of slow ones the state before is known."""
        if self._unsure or self._clock.is_slow:
            self._remember()
        began = perf_counter()
        done = trainer.run(min(steps, 1 if self._unsure else self._clock.chunk(SLICE)))
        done = max(done, 1)  # there are epochs without an update
        self._clock.count(done, perf_counter() - began)
        self._unsure = False
        return done

    def _run_epoch(self, trainer: Trainer) -> None:
        epoch = trainer.epoch
        while trainer.epoch == epoch and trainer.divergence is None:
            self._advance(trainer, trainer.steps_per_epoch)

    def _finish(self, trainer: Trainer) -> None:
        self._state = State.FINISHED
        self._message = trainer.remark
        if trainer.finish():
            self._message = (
                "The planned epochs are done: the validation loss was lowest at epoch "
                f"{trainer.best_epoch:,}, whose weights are back."
            )

    def _stop_early(self, trainer: Trainer) -> None:
        self._state = State.FINISHED
        self._message = f"Stopped early: the validation loss was lowest at epoch {trainer.best_epoch:,}" + (
            ", whose weights are back." if trainer.restores_best else "."
        )

    def _has_moved(self) -> bool:
        """Whether there was a step or an epoch since the last snapshot."""
        return self._trainer is not None and (self._trainer.epoch, self._trainer.step) != self._shown

    def _publish(self) -> None:
        self._wanted.clear()
        progress = Progress(self._run, self._state, self._goal, self._clock.rate(), self._message)
        if self._observer is None or self._trainer is None:
            self._mailbox.append(blocked_snapshot(self._experiment, progress))
            return
        self._shown = (self._trainer.epoch, self._trainer.step)
        self._mailbox.append(self._observer.snapshot(progress))

    def _open(self, run: int, experiment: Experiment, checkpoint: Checkpoint | None) -> None:
        self._run = run
        self._message = ""
        self._state = State.PAUSED
        self._trainer = self._observer = None
        self._experiment = experiment
        try:
            self._trainer = Trainer((checkpoint and checkpoint.experiment) or experiment, checkpoint)
        except (LayerProblem, InvalidValue) as problem:
            self._block(str(problem))
            return
        self._observe()
        if self._trainer.experiment != experiment:  # which cannot train, but what was learnt before is known
            self._apply(experiment, None)

    def _observe(self) -> None:
        assert self._trainer is not None
        self._observer = Observer(self._trainer)
        self._observer.view = self._view
        self._clock = Clock()
        self._set_goal()

    def _set_goal(self) -> None:
        assert self._trainer is not None
        epochs = self._trainer.experiment.training.epochs
        self._goal = epochs * (1 + self._trainer.epoch // epochs)

    def _block(self, sentence: str) -> None:
        self._state = State.BLOCKED
        self._message = sentence

    def _apply(self, experiment: Experiment, aside: Aside | None, gesture: int = -1) -> None:
        if self._trainer is None:
            self._open(self._run, experiment, None)
            return
        running = self._state is State.RUNNING
        try:
            self._message = self._trainer.apply(experiment, aside, gesture)
        except (LayerProblem, InvalidValue) as problem:
            self._experiment = experiment
            self._block(str(problem))
            return
        if self._state in (State.BLOCKED, State.DIVERGED, State.FINISHED):
            self._state = State.PAUSED
        if experiment.training.epochs > self._trainer.epoch or not running:
            self._set_goal()

    def _start_running(self) -> None:
        if self._trainer is None or self._state is State.BLOCKED:
            return
        self._message = self._trainer.remark
        self._set_goal()
        self._state = State.RUNNING
        self._clock.begin()

    def _pause(self) -> None:
        if self._state is State.RUNNING:
            self._state = State.PAUSED

    def _advance_paused(self, advance: Callable[[Trainer], object]) -> None:
        if self._trainer is None or self._state is State.BLOCKED:
            return
        self._state = State.PAUSED
        self._message = self._trainer.remark
        self._set_goal()
        trainer = self._trainer
        advance(trainer)
        if trainer.divergence is not None:
            self._diverge(trainer.divergence)
        elif trainer.stopped_early:
            self._stop_early(trainer)
        elif trainer.epoch >= self._goal:
            self._finish(trainer)

    def _diverge(self, divergence: Divergence) -> None:
        assert self._trainer is not None
        self._state = State.DIVERGED
        self._message = divergence.sentence(self._trainer.experiment.network)

    def _restart(self, aside: Aside) -> None:
        if self._trainer is None or self._state is State.BLOCKED:
            return
        words = self._trainer.swap(aside, self._trainer.experiment)
        self._message = words or "Back at the same initial weights."
        self._state = State.PAUSED
        self._observe()

    def _set_weight(self, typed: TypedWeight) -> None:
        if self._trainer is not None:
            self._message = self._trainer.set_weight(typed) or self._message

    def _take_back(self, typed: TypedWeight) -> None:
        if self._trainer is not None:
            self._trainer.take_back(typed)

    def _set_speed(self, steps_per_second: float | None) -> None:
        self._speed = steps_per_second
        self._clock.begin()

    def _look(self, view: View) -> None:
        self._view = view
        if self._observer is not None:
            self._observer.view = view

    def _answer(self, future: Future[tuple[Experiment, Checkpoint] | None]) -> None:
        try:
            future.set_result(self._checkpoint())
        except Exception as error:
            future.set_exception(error)
            raise

    def _checkpoint(self) -> tuple[Experiment, Checkpoint] | None:
        if self._trainer is None:
            return None
        learnt, checkpoint = self._trainer.experiment, self._trainer.checkpoint()
        if self._state is State.BLOCKED:
            return self._experiment, replace(checkpoint, experiment=learnt)
        return learnt, checkpoint

    def _close(self) -> None:
        self._closed = True
        self._state = State.PAUSED
