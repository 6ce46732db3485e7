"""What a step of training needs, copied from a trainer, so that it can be taken elsewhere and taken apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from playground.data.prepared import PreparedData
from playground.engine.arrays import Array
from playground.engine.losses import Loss
from playground.engine.network import Network
from playground.experiment import Experiment
from playground.training.learnt import Learnt
from playground.training.lesson import Lesson
from playground.training.machine import NumpyMachine
from playground.training.measures import CodedSamples, Sides
from playground.training.memory import Memory
from playground.training.trainer import Trainer
from playground.training.update import Update


@dataclass(frozen=True, eq=False)
class StepSource:
    """A trainer at one moment.

    Attributes:
        rate: the learning rate of the next step, and `step` how many were done.
        memory: what network, update and machine remember.
    """

    experiment: Experiment
    data: PreparedData
    sides: Sides
    step: int
    rate: float
    memory: Memory

    @classmethod
    def of(cls, trainer: Trainer) -> Self:
        """A copy of what changes; the samples themselves never do."""
        parts = (trainer.learnt, trainer.update, trainer.machine)
        memory = Memory.of_all(*(part.state() for part in parts))
        machine = trainer.machine
        return cls(trainer.experiment, trainer.data, trainer.sides, trainer.step, machine.rate, memory)

    def side(self, name: str) -> CodedSamples | None:
        """The samples of a side of the split: train, validation or test; None where there is no such side."""
        sides = self.sides
        return {"train": sides.train, "validation": sides.validation, "test": sides.test}[name]

    def loss(self, learns: bool) -> Loss:
        """The loss that is gone back from: as the test loss is measured, where nothing is learnt."""
        loss = self.experiment.training.loss
        return loss if learns else loss.plain


class Workbench:
    """A network, an update and a machine of their own, as those of the trainer stood.

    Attributes:
        rows: of the lesson's samples, those that the next step takes.
    """

    def __init__(self, source: StepSource) -> None:
        experiment = source.experiment
        streams = experiment.randomness.streams()
        shape, precision = experiment.data.input_shape, experiment.precision
        self.network = Network(experiment.network, shape, precision, streams)
        self.update = Update(self.network, experiment.training)
        self.lesson = Lesson.of(source.data, source.sides, experiment, streams.augment)
        self.machine = NumpyMachine.bind(self.network, self.lesson, experiment.training, streams)
        for part in (Learnt(self.network), self.update, self.machine):
            part.restore(source.memory)

    @property
    def rows(self) -> NDArray[np.intp]:
        """Which samples the next step takes; of an epoch that is yet to begin they are drawn now."""
        return self.machine.ahead()

    def with_carried(self, size: int, rest: int) -> bool:
        """Add to the gradient of so many samples what the last epoch carried over of a rest, if anything."""
        if self.machine.carried is None:
            return False
        gradients: Array = self.network.gradients
        gradients[:] = (gradients * size + self.machine.carried) / (size + rest)
        return True
