"""What a learning-rate schedule is: how the learning rate changes with the step.

A schedule is a function of the step s, counted from 0, and η₀, the optimizer's learning rate.  Times are
in epochs or steps by choice.  One that watches the validation loss keeps what it remembers of it in a few
plain numbers, its state, which whoever trains hands in and saves.
"""

from __future__ import annotations

import sys
from abc import abstractmethod
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from playground.text import Text
from playground.value import Kind, Logarithmic, Typical

Time = Annotated[int, Logarithmic(1), Typical(1, 10_000)]
Share = Annotated[float, Typical(0, 1)]

State = tuple[float, ...]
"""What a schedule remembers of the validation loss: finite numbers, none for one that does not watch it."""


class Schedule(Kind):
    """The learning rate as a function of the step."""

    homes = ("playground.engine.schedules",)

    @property
    def watches(self) -> bool:
        """Whether it acts on the validation loss, and so has a state."""
        return bool(self.start())

    def start(self) -> State:
        """The state before the first epoch."""
        return ()

    def after_epoch(self, state: State, loss: float, step: int, steps_per_epoch: int) -> State:
        """The state after an epoch that ended with this validation loss and so many steps in all."""
        return state

    @abstractmethod
    def rate(self, initial: float, step: int, steps_per_epoch: int, state: State = ()) -> float:
        """η(s) for η₀ = `initial`; without a state, as if the validation loss had always improved."""

    def rates(
        self, initial: float, step: int, count: int, steps_per_epoch: int, state: State = ()
    ) -> NDArray[np.float64]:
        """The same of so many steps from one on, as long as the state stays as it is."""
        return np.array(
            [self.rate(initial, ahead, steps_per_epoch, state) for ahead in range(step, step + count)]
        )

    def foreseen(self, state: State) -> int:
        """Of how many epochs from now on the rates are known, whatever the validation loss will be."""
        return 1 if self.watches else sys.maxsize

    def remark(self, epochs: int, steps_per_epoch: int) -> Text | None:
        """A sentence on what is odd about it in a training of that many epochs; None when nothing is."""
        return None


class SteadySchedule(Schedule):
    """A rate that no step changes, at most the validation loss."""

    def rates(
        self, initial: float, step: int, count: int, steps_per_epoch: int, state: State = ()
    ) -> NDArray[np.float64]:
        return np.full(count, self.rate(initial, step, steps_per_epoch, state))


class Constant(SteadySchedule):
    kind: Literal["constant"] = "constant"
    title = "Constant"
    help = "The learning rate stays as it is."
    formula = "η(s) = η₀"
    advice = "To begin with, and wherever the loss still falls; Adam often needs no other."

    def rate(self, initial: float, step: int, steps_per_epoch: int, state: State = ()) -> float:
        return initial


class TimedSchedule(Schedule):
    """A schedule whose times may be given in epochs or in steps."""

    unit: Literal["epochs", "steps"] = Field(
        "epochs", title="Time unit", description="Whether the times below count epochs or steps."
    )

    def time(self, step: int, steps_per_epoch: int) -> float:
        """The step in this schedule's unit."""
        return step / steps_per_epoch if self.unit == "epochs" else step

    def steps(self, time: int, steps_per_epoch: int) -> int:
        """A time of this schedule's unit in steps."""
        return time * steps_per_epoch if self.unit == "epochs" else time
