"""A trial: variants of one experiment learn side by side, an epoch each in turn, and are compared."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Annotated, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from playground.engine.layers import LayerProblem
from playground.experiment import Experiment
from playground.text import Text
from playground.training.trainer import Trainer
from playground.value import InvalidValue, Titles

Floats = NDArray[np.float64]

Trained: TypeAlias = Annotated[
    Literal["mine", "xor", "spiral", "sine", "iris", "digits"],
    Titles(
        {
            "mine": "My network",
            "xor": "Exclusive or",
            "spiral": "Spiral",
            "sine": "Sine",
            "iris": "Iris",
            "digits": "Digits",
        }
    ),
]
"""What can be trained: the present experiment, or an example by its name."""

SLICE = 0.1
"""Seconds after which it is told how far all are."""
STEPS = 64
"""Steps between two looks at the clock."""


@dataclass(frozen=True, eq=False)
class TrialCourse:
    """How one variant has learnt so far.

    Attributes:
        train, test, score, rates: (epochs + 1,) losses, test accuracy (or R² of numbers) and learning
            rate after each epoch, from before the first on; NaN where it was not that far.
        seconds: (epochs + 1,) spent on steps up to there, without measuring.
        steps: updates done.
        diverged: whether numbers became infinite.
        classes: whether `score` is an accuracy.
    """

    train: Floats
    test: Floats
    score: Floats
    rates: Floats
    seconds: Floats
    steps: int
    diverged: bool
    classes: bool

    @property
    def epochs(self) -> int:
        """Whole epochs done."""
        return int(np.isfinite(self.seconds).sum()) - 1

    def epochs_to(self, loss: float) -> int | None:
        """After how many epochs the training loss is no more than this; None where it never is."""
        reached = np.flatnonzero(self.train <= loss)
        return int(reached[0]) if len(reached) else None


@dataclass(frozen=True, eq=False)
class TrialState:
    """How far all are: a course each, the share of the work that is done, and why it cannot be, if so."""

    courses: tuple[TrialCourse, ...]
    progress: float
    refused: Text | None = None


class Trial:
    """Variants of an experiment, made when they are first asked to learn."""

    def __init__(self, variants: Callable[[], Sequence[Experiment]], epochs: int) -> None:
        """A trial of so many epochs; the variants are asked for where they learn."""
        self._variants, self._epochs = variants, epochs
        self._pupils: list[_Pupil] = []
        self._refused: Text | None = None

    @property
    def ended(self) -> bool:
        """Whether there is nothing more to learn."""
        made = self._pupils or self._refused is not None
        return bool(made) and all(pupil.ended for pupil in self._pupils)

    def epoch(self) -> Iterator[TrialState]:
        """One more epoch of each, told as it goes."""
        self._make()
        done = min((pupil.epoch for pupil in self._pupils if not pupil.ended), default=self._epochs)
        yield from self._learn(min(done + 1, self._epochs))

    def all_epochs(self) -> Iterator[TrialState]:
        """All that is left, told as it goes."""
        self._make()
        for epoch in range(1, self._epochs + 1):
            yield from self._learn(epoch)

    def _learn(self, epoch: int) -> Iterator[TrialState]:
        """Let each come to this epoch."""
        told = perf_counter()
        for pupil in self._pupils:
            while pupil.epoch < epoch and not pupil.ended:
                pupil.learn()
                if perf_counter() - told > SLICE:
                    yield self.state()
                    told = perf_counter()
        yield self.state()

    def state(self) -> TrialState:
        """How far all are now."""
        courses = tuple(pupil.course() for pupil in self._pupils)
        done = [1.0 if pupil.ended else pupil.epoch / self._epochs for pupil in self._pupils]
        return TrialState(courses, sum(done) / len(done) if done else 1.0, self._refused)

    def _make(self) -> None:
        if self._pupils or self._refused is not None:
            return
        try:
            self._pupils = [_Pupil(experiment, self._epochs) for experiment in self._variants()]
        except (LayerProblem, InvalidValue) as problem:
            self._refused = problem.text


class _TimedTrainer(Trainer):
    """A trainer that knows how long it measured."""

    measured = 0.0

    def record(self, detailed: bool = False) -> None:
        begun = perf_counter()
        super().record(detailed)
        self.measured += perf_counter() - begun


class _Pupil:
    """One variant with what was noted of it."""

    def __init__(self, experiment: Experiment, epochs: int) -> None:
        with np.errstate(all="ignore"):
            self._trainer = _TimedTrainer(experiment)
        self._epochs = epochs
        self._noted = np.full((5, epochs + 1), np.nan)
        self._seconds = 0.0
        self._note()

    @property
    def epoch(self) -> int:
        """Whole epochs done."""
        return self._trainer.epoch

    @property
    def ended(self) -> bool:
        """Whether it learns no more."""
        return self._trainer.halted or self.epoch >= self._epochs

    def learn(self) -> None:
        """Some steps; the numbers of an epoch are noted at its end."""
        trainer, epoch = self._trainer, self.epoch
        begun, measured = perf_counter(), trainer.measured
        with np.errstate(all="ignore"):  # what becomes infinite is found and told
            trainer.run(STEPS)
        self._seconds += perf_counter() - begun - (trainer.measured - measured)
        if self.epoch > epoch:
            self._note()

    def _note(self) -> None:
        trainer = self._trainer
        train, test = trainer.recorder.measures
        metrics = test.metrics if not test.is_empty else train.metrics
        score = metrics.get("accuracy", metrics.get("r2", np.nan))
        rate = trainer.machine.rate
        self._noted[:, min(self.epoch, self._epochs)] = train.loss, test.loss, score, rate, self._seconds

    def course(self) -> TrialCourse:
        """How it has learnt so far."""
        train, test, score, rates, seconds = self._noted.copy()
        trainer = self._trainer
        classes = bool(trainer.data.task.classes)
        diverged = trainer.divergence is not None
        return TrialCourse(train, test, score, rates, seconds, trainer.step, diverged, classes)
