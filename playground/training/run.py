"""A run: one experiment learning, with what watches it, its goal, its state and its clock.

All of it belongs to the training thread; a session owns several and advances them in turn.
"""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

from playground.experiment import Experiment
from playground.text import Text, say
from playground.training.aside import Aside
from playground.training.checkpoint import Checkpoint
from playground.training.clock import Clock
from playground.training.learner import Learner
from playground.training.observer import Observer, Progress, blocked_snapshot
from playground.training.snapshot import Snapshot, State, View
from playground.training.trainer import Trainer
from playground.training.typed import TypedWeight

SLICE = 0.004
"""Seconds of training between two looks at the queue while a window watches."""

Saved = tuple[Experiment, Checkpoint | None]


class Run:
    """One experiment learning.

    Attributes:
        number: by which the window knows it.
        state: what it is doing; `message` what is to be said of the last request.
        last_known: where it stood before the step or the request under way.
    """

    def __init__(self, number: int, experiment: Experiment, checkpoint: Checkpoint | None = None) -> None:
        """Begin, paused; an experiment that cannot train is blocked."""
        self.number = number
        self.state = State.PAUSED
        self.message: Text | None = None
        self.last_known: Saved = (experiment, checkpoint)
        self._learner = Learner(experiment, checkpoint)
        self._observer: Observer | None = None
        self._view = View()
        self._speed: float | None = None
        self._clock = Clock()
        self._goal = 0
        self._shown = (-1, -1)
        self._unsure = True  # how long a step takes
        self._follow(self._learner.problem)
        self._see_whether_it_was_done()

    def _follow(self, words: Text | None) -> None:
        """Say these words, and see whether there is another trainer, or none that can train."""
        self.message = words
        trainer = self._learner.trainer
        if trainer is not None and (self._observer is None or self._observer.trainer is not trainer):
            self._observer = Observer(trainer)
            self._observer.view = self._view
            self._clock = Clock()
            self._set_goal(trainer)
        if self._learner.problem:
            self.state = State.BLOCKED

    def _set_goal(self, trainer: Trainer) -> None:
        epochs = self._planned(trainer)
        self._goal = epochs * (1 + trainer.epoch // epochs)

    @staticmethod
    def _planned(trainer: Trainer) -> int:
        return trainer.experiment.training.epochs

    def _see_whether_it_was_done(self) -> None:
        """A run that was saved at its goal is still finished."""
        trainer = self._learner.learning
        if trainer is not None and trainer.epoch and trainer.progress == self._goal - self._planned(trainer):
            self.state, self._goal = State.FINISHED, trainer.epoch

    # --- what is asked of it ----------------------------------------------------------------------------

    def apply(self, experiment: Experiment, aside: Aside | None = None, gesture: int = -1) -> None:
        """Go on with a changed experiment; other chance begins anew, or goes on with what was put aside."""
        running = self.state is State.RUNNING
        words = self._learner.apply(experiment, aside, gesture)
        if self.state in (State.BLOCKED, State.DIVERGED, State.FINISHED):
            self.state = State.PAUSED
        self._follow(words)
        trainer = self._learner.learning
        if trainer is not None and (experiment.training.epochs > trainer.epoch or not running):
            self._set_goal(trainer)

    def restart(self, aside: Aside) -> None:
        """Go back to the same initial weights, or to what was put aside by that before."""
        if (trainer := self._learner.learning) is not None:
            self.state = State.PAUSED
            begun = say("run.at_first_weights", "Back at the same initial weights.")
            self._follow(self._learner.swap(aside, trainer.experiment) or begun)

    def start(self) -> None:
        """Train until the goal, a pause or a divergence."""
        if (trainer := self._learner.learning) is not None:
            self.message = self._learner.remark
            self._set_goal(trainer)
            self.state = State.RUNNING
            self._clock.begin()

    def pause(self) -> None:
        """Stop after the step under way."""
        if self.state is State.RUNNING:
            self.state = State.PAUSED

    def step_batch(self) -> None:
        """Train one batch, then pause."""
        self._advance_paused(lambda trainer: trainer.run(1))

    def step_epoch(self) -> None:
        """Train to the end of the epoch, then pause."""
        self._advance_paused(self._run_epoch)

    def type(self, typed: TypedWeight) -> None:
        """Set a weight or a bias."""
        if (trainer := self._learner.trainer) is not None:
            self.message = trainer.set_weight(typed) or self.message

    def take_back(self, typed: TypedWeight) -> None:
        """Put back what a number was before it was typed."""
        if (trainer := self._learner.trainer) is not None:
            trainer.take_back(typed)

    def set_speed(self, steps_per_second: float | None) -> None:
        """At most so many steps a second; None for as fast as it goes."""
        self._speed = steps_per_second
        self._clock.begin()

    def look(self, view: View) -> None:
        """Say what is on screen."""
        self._view = view
        if self._observer is not None:
            self._observer.view = view

    # --- learning ---------------------------------------------------------------------------------------

    @property
    def waits(self) -> float:
        """Seconds until its next step is due."""
        return self._clock.until_next(self._speed)

    @property
    def progress(self) -> float:
        """Epochs done; of what is blocked, none."""
        trainer = self._learner.trainer
        return trainer.progress if trainer is not None else 0.0

    def train(self) -> None:
        """Train for a slice of time."""
        trainer = self._learner.trainer
        assert trainer is not None
        steps = self._clock.steps_due(self._speed)
        end = perf_counter() + SLICE
        while steps > 0 and perf_counter() < end and trainer.epoch < self._goal:
            steps -= self._advance(trainer, steps)
            if trainer.halted:
                break
        self._see_the_end(trainer)

    def _see_the_end(self, trainer: Trainer) -> None:
        """Note that training cannot or should not go on."""
        if trainer.divergence is not None:
            self.state = State.DIVERGED
            self.message = trainer.divergence.sentence(trainer.experiment.network)
        elif trainer.stopped_early:
            self.state = State.FINISHED
            self.message = _stopped_early(trainer)
        elif trainer.epoch >= self._goal:
            self.state, self.message = State.FINISHED, self._learner.remark
            if trainer.finish():
                self.message = say(
                    "run.done_with_best",
                    "The planned epochs are done: the validation loss was lowest at epoch {epoch}, "
                    "whose weights are back.",
                    epoch=trainer.watch.best_epoch,
                )

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

    def _advance_paused(self, advance: Callable[[Trainer], object]) -> None:
        if (trainer := self._learner.learning) is not None:
            self.state, self.message = State.PAUSED, self._learner.remark
            self._set_goal(trainer)
            advance(trainer)
            self._see_the_end(trainer)

    # --- telling ----------------------------------------------------------------------------------------

    def expect_anything(self) -> None:
        """What is asked for next may take long, and may make every step take longer."""
        self._remember()
        self._unsure = True

    def _remember(self) -> None:
        if (saved := self.checkpoint()) is not None:
            self.last_known = saved

    def checkpoint(self) -> tuple[Experiment, Checkpoint] | None:
        """All that changes (see `Learner.checkpoint`)."""
        return self._learner.checkpoint()

    @property
    def has_moved(self) -> bool:
        """Whether there was a step or an epoch since the last snapshot."""
        trainer = self._learner.trainer
        return trainer is not None and (trainer.epoch, trainer.step) != self._shown

    def snapshot(self) -> Snapshot:
        """What it looks like now."""
        progress = Progress(self.number, self.state, self._goal, self._clock.rate(), self.message)
        trainer = self._learner.trainer
        if self._observer is None or trainer is None:
            return blocked_snapshot(self._learner.experiment, progress)
        self._shown = (trainer.epoch, trainer.step)
        return self._observer.snapshot(progress)


def _stopped_early(trainer: Trainer) -> Text:
    epoch = trainer.watch.best_epoch
    if trainer.watch.best is None:
        return say(
            "run.stopped_early",
            "Stopped early: the validation loss was lowest at epoch {epoch}.",
            epoch=epoch,
        )
    return say(
        "run.stopped_early_with_best",
        "Stopped early: the validation loss was lowest at epoch {epoch}, whose weights are back.",
        epoch=epoch,
    )
