"""A run: one experiment learning, with what watches it, its goal, its state and its stride.

All of it belongs to the training thread; a session owns several and advances them in turn.
"""

from __future__ import annotations

from collections.abc import Callable

from playground.experiment import Experiment
from playground.text import Text, say
from playground.training.aside import Aside
from playground.training.checkpoint import Checkpoint
from playground.training.choosing import NUMPY, Choice
from playground.training.learner import Learner
from playground.training.observer import Observer, Progress, blocked_snapshot
from playground.training.snapshot import Snapshot, State, View
from playground.training.stride import Stride
from playground.training.trainer import Trainer
from playground.training.typed import GivenWeights

Saved = tuple[Experiment, Checkpoint | None]


class Run:
    """One experiment learning.

    Attributes:
        number: by which the window knows it.
        state: what it is doing; `message` what is to be said of the last request.
        stride: how fast it goes, and `goal` the epoch at which it stops.
        learner: its trainer, or why there is none.
        resting: its state in the present, while an earlier moment is looked at.
        asked: how often it was asked to look back or to come back (see `branching`).
        last_known: where it stood before the step or the request under way.
    """

    def __init__(
        self,
        number: int,
        experiment: Experiment,
        checkpoint: Checkpoint | None = None,
        choice: Choice = NUMPY,
    ) -> None:
        """Begin, paused; an experiment that cannot train is blocked."""
        self.number = number
        self.state = State.PAUSED
        self.message: Text | None = None
        self.last_known: Saved = (experiment, checkpoint)
        self.learner = Learner(experiment, checkpoint, choice)
        self._observer: Observer | None = None
        self._view = View()
        self.stride = Stride(self._remember)
        self.goal = 0
        self.resting, self.asked = State.PAUSED, 0
        self._shown = (-1, -1)
        self.follow(self.learner.problem)
        trainer = self.learner.learning
        if trainer is not None and _is_done(trainer):
            self.state, self.goal = State.FINISHED, trainer.epoch

    def follow(self, words: Text | None) -> None:
        """Say these words, and see whether there is another trainer, or none that can train."""
        self.message = words
        trainer = self.learner.trainer
        if trainer is not None and (self._observer is None or self._observer.trainer is not trainer):
            self._observer = Observer(trainer)
            self._observer.view = self._view
            self.stride.begin()
            self.goal = self.next_goal
        if self.learner.problem:
            self.state = State.BLOCKED

    @property
    def next_goal(self) -> int:
        """The end of the round of planned epochs that is under way, or comes next."""
        trainer = self.learner.trainer
        assert trainer is not None
        planned = trainer.experiment.training.epochs
        return planned * (1 + trainer.epoch // planned)

    # --- what is asked of it ----------------------------------------------------------------------------

    def apply(self, experiment: Experiment, aside: Aside | None = None, gesture: int = -1) -> None:
        """Go on with a changed experiment; other chance begins anew, or goes on with what was put aside."""
        self.come_back()
        running = self.state is State.RUNNING
        words = self.learner.apply(experiment, aside, gesture)
        if self.state in (State.BLOCKED, State.DIVERGED, State.FINISHED):
            self.state = State.PAUSED
        self.follow(words)
        trainer = self.learner.learning
        if trainer is not None and (experiment.training.epochs > trainer.epoch or not running):
            self.goal = self.next_goal

    def restart(self, aside: Aside) -> None:
        """Go back to the same initial weights, or to what was put aside by that before."""
        self.come_back()
        if (trainer := self.learner.learning) is not None:
            self.state = State.PAUSED
            begun = say("run.at_first_weights", "Back at the same initial weights.")
            self.follow(self.learner.swap(aside, trainer.experiment) or begun)

    def start(self, goal: int | None = None) -> None:
        """Train until the goal, by default the next one, a pause or a divergence."""
        self.come_back()
        if self.learner.learning is not None:
            self.message = self.learner.remark
            self.goal = self.next_goal if goal is None else goal
            self.state = State.RUNNING
            self.stride.begin()

    def pause(self) -> None:
        """Stop after the step under way."""
        if self.state is State.RUNNING:
            self.state = State.PAUSED

    def step_batch(self) -> None:
        """Train one batch, then pause."""
        self.step(lambda trainer: trainer.run(1))

    def step_epoch(self) -> None:
        """Train to the end of the epoch, then pause."""
        self.step(self.stride.run_epoch)

    def type(self, given: GivenWeights) -> None:
        """Set a weight or a bias, or all of them."""
        self.come_back()
        if (trainer := self.learner.trainer) is not None:
            self.message = trainer.set_weight(given) or self.message

    def take_back(self, given: GivenWeights) -> None:
        """Put back what was there before."""
        self.come_back()
        if (trainer := self.learner.trainer) is not None:
            trainer.take_back(given)

    def look(self, view: View) -> None:
        """Say what is on screen."""
        self._view = view
        if self._observer is not None:
            self._observer.view = view

    def come_back(self) -> None:
        """Look at the present again, where that was not so; it rests."""
        if self.learner.past is not None:
            self.learner.past, self.state = None, self.resting
            self.follow(None)

    # --- learning ---------------------------------------------------------------------------------------

    def train(self, advance: Callable[[Trainer, int], object]) -> None:
        """Train as told, which is given the trainer and the goal; or on to the moment that is looked at."""
        if (past := self.learner.past) is not None:
            past.advance()
            self.state = State.PAUSED if past.arrived else State.RUNNING
            return
        self.learner.ledger.pass_by()
        trainer = self.learner.trainer
        assert trainer is not None
        advance(trainer, self.goal)
        self._see_the_end(trainer)

    def _see_the_end(self, trainer: Trainer) -> None:
        """Note that training cannot or should not go on."""
        if trainer.divergence is not None:
            self.state = State.DIVERGED
            self.message = trainer.divergence.sentence(trainer.experiment.network)
        elif trainer.stopped_early:
            self.state = State.FINISHED
            self.message = _stopped_early(trainer)
        elif trainer.epoch >= self.goal:
            self.state, self.message = State.FINISHED, self.learner.remark
            if trainer.finish():
                self.message = say(
                    "run.done_with_best",
                    "The planned epochs are done: the validation loss was lowest at epoch {epoch}, "
                    "whose weights are back.",
                    epoch=trainer.watch.best_epoch,
                )

    def step(self, advance: Callable[[Trainer], object]) -> None:
        """Train as told, then pause."""
        self.come_back()
        if (trainer := self.learner.learning) is not None:
            self.state, self.message = State.PAUSED, self.learner.remark
            self.goal = self.next_goal
            self.learner.ledger.pass_by()
            advance(trainer)
            self._see_the_end(trainer)

    # --- telling ----------------------------------------------------------------------------------------

    def _remember(self) -> None:
        if (saved := self.learner.checkpoint()) is not None:
            self.last_known = saved

    def checkpoint(self) -> tuple[Experiment, Checkpoint] | None:
        """All that changes (see `Learner.checkpoint`), and what was changed last is measured."""
        trainer = self.learner.learning if self.learner.past is None else None
        if trainer is not None and trainer.recorder.outdated:
            trainer.record()
        return self.learner.checkpoint()

    @property
    def has_moved(self) -> bool:
        """Whether there was a step or an epoch since the last snapshot."""
        trainer = self.learner.trainer
        return trainer is not None and (trainer.epoch, trainer.step) != self._shown

    def snapshot(self) -> Snapshot:
        """What it looks like now."""
        past = self.learner.past
        trainer, lacks_data = self.learner.trainer, self.learner.experiment.data.problem is not None
        seen = None if trainer is None or lacks_data else self._observer
        if seen is not None and self.state is not State.RUNNING:
            seen.see_measures(running=False)  # first: the list of runs tells of it too
        progress = Progress(
            self.number, State.PAUSED if past else self.state, self.goal, self.stride.rate, self.message,
            self.learner.ledger.kept(), past.back if past else None, self.asked,
        )  # fmt: skip
        if seen is None or trainer is None:
            return blocked_snapshot(self.learner.experiment, progress)
        self._shown = (trainer.epoch, trainer.step)
        return seen.snapshot(progress)


def _is_done(trainer: Trainer) -> bool:
    """Whether the planned epochs are just done: a run that was saved at its goal is still finished."""
    return trainer.epoch > 0 and trainer.progress % trainer.experiment.training.epochs == 0


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
