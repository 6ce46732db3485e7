"""The pace: the learning rate of each step, and what its schedule remembers of the validation loss."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from playground.engine.schedules import Schedule, State
from playground.training.memory import Memory

NAME = "schedule"


class Pace:
    """A schedule at work.

    Attributes:
        memory: what the schedule remembers (see `Schedule.start`).
    """

    def __init__(self, schedule: Schedule, initial: float) -> None:
        self.schedule, self.initial = schedule, initial
        self.memory: State = schedule.start()

    def rate(self, step: int, per_epoch: int) -> float:
        """The learning rate of a step."""
        return self.schedule.rate(self.initial, step, max(per_epoch, 1), self.memory)

    def rates(self, step: int, count: int, per_epoch: int) -> NDArray[np.float64]:
        """Those of so many steps from one on, as far as they are `foreseen`."""
        return self.schedule.rates(self.initial, step, count, max(per_epoch, 1), self.memory)

    @property
    def foreseen(self) -> int:
        """Of how many epochs from now on the rates are known."""
        return self.schedule.foreseen(self.memory)

    def after_epoch(self, loss: float, step: int, per_epoch: int) -> None:
        """Take note of the validation loss after an epoch."""
        self.memory = self.schedule.after_epoch(self.memory, loss, step, per_epoch)

    @staticmethod
    def accepts(memory: Memory, schedule: Schedule) -> bool:
        """Whether what is remembered is that of such a schedule."""
        return len(memory.numbers.get(NAME, ())) == len(schedule.start())

    def state(self) -> Memory:
        """What the schedule remembers."""
        return Memory(numbers={NAME: list(self.memory)})

    def restore(self, memory: Memory) -> None:
        """Take it back, where it is that of such a schedule."""
        if self.accepts(memory, self.schedule):
            self.memory = tuple(memory.numbers.get(NAME, ()))
