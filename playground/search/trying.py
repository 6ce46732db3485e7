"""One trial: an experiment trained to its last epoch, all its seeds side by side, and measured on the way."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

import numpy as np

from playground.experiment import Experiment
from playground.search.applying import apply
from playground.search.asked import Settings
from playground.search.goals import Goal, measured_on
from playground.search.plan import SearchPlan
from playground.text import say
from playground.training.choosing import NUMPY, WHERE_READY, Choice
from playground.training.measures import RECORDED
from playground.training.seeds import with_seed
from playground.training.stride import Stride
from playground.training.trainer import Trainer
from playground.value import InvalidValue

WORTH_LOADING = 50_000
"""Steps of a worker from which on loading machine code pays, which takes as long as half of them in NumPy."""

POINTS = 50
"""So many points a curve has at most."""


def measured_epochs(epochs: int) -> tuple[int, ...]:
    """The epochs after which a trial is measured: all, or evenly spread ones with the last."""
    count = min(epochs, POINTS)
    return tuple(round(epochs * (place + 1) / count) for place in range(count))


def _choice(begun: Experiment, plan: SearchPlan) -> Choice:
    """The machine for such trials; nothing is ever compiled for one."""
    steps = plan.trials * plan.seeds * plan.epochs * begun.data.train_samples / max(begun.batch_sizes[0], 1)
    return WHERE_READY if steps > WORTH_LOADING * plan.workers else NUMPY


class Attempt:
    """The trainings of a trial, one a seed, which go on epoch by epoch together.

    So their mean can be judged while they are under way.
    """

    def __init__(self, experiment: Experiment, plan: SearchPlan, settings: Settings) -> None:
        """Begin.

        Raises:
            InvalidValue, LayerProblem: when these settings cannot be.
        """
        begun = apply(experiment, settings)
        begun = begun.with_(training=begun.training.with_(epochs=plan.epochs))
        self._plan = plan
        self._side = measured_on(begun)
        choice = _choice(begun, plan)
        self.trainers = [Trainer(with_seed(begun, number), choice=choice) for number in range(plan.seeds)]
        self._strides = [Stride(lambda: None) for _ in self.trainers]
        self._best = [math.nan for _ in plan.goals]

    @property
    def parameters(self) -> int:
        """How many numbers its network learns."""
        return int(self.trainers[0].network.parameters.size)

    def curve(self, may_go_on: Callable[[], bool]) -> Iterator[tuple[int, tuple[float, ...]]]:
        """Train, and give the mean of each goal after each measured epoch.

        It ends early where `may_go_on`, which is asked again and again, says so.

        Raises:
            InvalidValue: when a training diverges, or a goal cannot be measured.
        """
        for epoch in measured_epochs(self._plan.epochs):
            for trainer, stride in zip(self.trainers, self._strides, strict=True):
                while trainer.epoch < epoch and not trainer.halted:
                    if not may_go_on():
                        return
                    stride.run_slice(trainer, epoch)
                if trainer.divergence is not None:
                    raise InvalidValue(trainer.divergence.sentence(trainer.experiment.network))
            yield epoch, self._measured()

    def end(self) -> tuple[float, ...]:
        """End all trainings as planned; the values that the trial reached, one for each goal."""
        for trainer in self.trainers:
            trainer.finish()
        last = self._measured()
        return tuple(
            best if goal.at == "best" else value
            for goal, best, value in zip(self._plan.goals, self._best, last, strict=True)
        )

    def _measured(self) -> tuple[float, ...]:
        found = tuple(self._mean(goal) for goal in self._plan.goals)
        for place, (goal, value) in enumerate(zip(self._plan.goals, found, strict=True)):
            if math.isnan(self._best[place]) or goal.better(value, self._best[place]):
                self._best[place] = value
        return found

    def _mean(self, goal: Goal) -> float:
        value = float(np.mean([self._value(trainer, goal) for trainer in self.trainers]))
        if not math.isfinite(value):
            raise InvalidValue(
                say("trial.no_number", "{metric} cannot be told of these samples.", metric=goal.metric)
            )
        return value

    def _value(self, trainer: Trainer, goal: Goal) -> float:
        if goal.metric == "parameters":
            return float(trainer.network.parameters.size)
        sides = trainer.sides
        samples = sides.validation if self._side == "validation" else sides.test
        assert samples is not None
        recorder = trainer.recorder
        measures = recorder.validation if self._side == "validation" else recorder.measures[1]
        known = goal.metric == "loss" or goal.metric in RECORDED
        if not known or measures is None or recorder.measured_step != trainer.step:
            measures = recorder.measure_on(samples, detailed=not known)
        return measures.loss if goal.metric == "loss" else measures.metrics[goal.metric]
