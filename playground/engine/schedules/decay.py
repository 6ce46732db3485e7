"""Schedules that fall steadily: fast at first, then ever more slowly."""

from __future__ import annotations

import math
from abc import abstractmethod
from typing import Annotated, Literal

from pydantic import Field

from playground.engine.schedules.base import State, Time, TimedSchedule
from playground.value import Logarithmic, Typical


class Decay(TimedSchedule):
    """What the schedules have in common that shrink by a rule of their own in every decay time."""

    decay_rate: Annotated[float, Typical(0, 5)] = Field(
        0.5, ge=0, le=100, title="Decay rate", description="How fast it falls; 0.1 to 1 is usual."
    )
    decay_steps: Time = Field(
        50,
        ge=1,
        le=1_000_000,
        title="Decay time",
        description="Time that the decay rate speaks of; a tenth of the training is usual.",
    )
    staircase: bool = Field(False, title="Staircase", description="Drop in jumps instead of smoothly.")

    def rate(self, initial: float, step: int, steps_per_epoch: int, state: State = ()) -> float:
        elapsed = self.time(step, steps_per_epoch) / self.decay_steps
        return initial * self.remaining(math.floor(elapsed) if self.staircase else elapsed)

    @abstractmethod
    def remaining(self, elapsed: float) -> float:
        """The share of η₀ that is left after so many decay times."""


class Exponential(Decay):
    kind: Literal["exponential"] = "exponential"
    title = "Exponential"
    help = "Shrinks to the same share in equal times."
    formula = "η(s) = η₀ · rate^(s/s₀)"
    advice = "A smooth step decay; it soon becomes very small, so choose the time with care."

    decay_rate: float = Field(
        0.9, gt=0, le=1, title="Decay rate", description="What remains after each decay time; 0.9 is usual."
    )

    def remaining(self, elapsed: float) -> float:
        return float(self.decay_rate**elapsed)


class NaturalExponential(Decay):
    kind: Literal["natural_exponential"] = "natural_exponential"
    title = "Natural exponential"
    help = "Shrinks to the same share in equal times, the speed given as an exponent of e."
    formula = "η(s) = η₀ · e^(−rate·s/s₀)"
    advice = "The same curves as exponential; a larger rate falls faster here."

    def remaining(self, elapsed: float) -> float:
        return math.exp(-self.decay_rate * elapsed)


class InverseTime(Decay):
    kind: Literal["inverse_time"] = "inverse_time"
    title = "Inverse time"
    help = "Shrinks in proportion to one over the time, more and more slowly."
    formula = "η(s) = η₀ / (1 + rate·s/s₀)"
    advice = "For long training: it never stops learning, yet the noise of batches dies away."
    reference = "Robbins & Monro 1951."

    def remaining(self, elapsed: float) -> float:
        return 1 / (1 + self.decay_rate * elapsed)


class Polynomial(TimedSchedule):
    kind: Literal["polynomial"] = "polynomial"
    title = "Polynomial"
    help = "Falls along a power of the time that is left, to a last learning rate."
    formula = "η(s) = (η₀ − end) · (1 − s/s₀)^power + end"
    advice = "Power 1 is a straight line to the end, a good choice when the length is known."

    decay_steps: Time = Field(
        500,
        ge=1,
        le=1_000_000,
        title="Decay time",
        description="Time until the last rate; the planned length.",
    )
    end: Annotated[float, Logarithmic(1e-6), Typical(0, 1)] = Field(
        0.0001,
        ge=0,
        le=100,
        title="Last rate",
        description="The learning rate itself at the end; 0 to 0.001.",
    )
    power: Annotated[float, Typical(0.1, 5)] = Field(
        1.0, gt=0, le=100, title="Power", description="1 is a straight line, 2 falls faster at first."
    )
    cycle: bool = Field(
        False, title="Cycle", description="Rise again after each decay time, instead of staying at the end."
    )

    def rate(self, initial: float, step: int, steps_per_epoch: int, state: State = ()) -> float:
        elapsed = self.time(step, steps_per_epoch) / self.decay_steps
        length = max(1, math.ceil(elapsed)) if self.cycle else 1
        left = 1 - min(elapsed / length, 1.0)
        return (initial - self.end) * float(left**self.power) + self.end
