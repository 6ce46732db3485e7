"""Learning-rate schedules: how the learning rate changes with the step.

A schedule is a function of the step s, counted from 0, and η₀, the optimizer's learning rate.  Times are
in epochs or steps by choice.
"""

from __future__ import annotations

import math
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from playground.value import AnyOf, Kind, Logarithmic


class Schedule(Kind):
    """The learning rate as a function of the step."""

    def rate(self, initial: float, step: int, steps_per_epoch: int) -> float:
        """η(s) for η₀ = `initial`."""
        raise NotImplementedError


class Constant(Schedule):
    """The learning rate stays as it is."""

    kind: Literal["constant"] = "constant"
    title: ClassVar[str] = "Constant"

    def rate(self, initial: float, step: int, steps_per_epoch: int) -> float:
        return initial


class TimedSchedule(Schedule):
    """A schedule whose times may be given in epochs or in steps."""

    unit: Literal["epochs", "steps"] = Field(
        "epochs", title="Time unit", description="Whether the times below count epochs or steps."
    )

    def time(self, step: int, steps_per_epoch: int) -> float:
        """The step in this schedule's unit."""
        return step / steps_per_epoch if self.unit == "epochs" else step


class StepDecay(Schedule):
    """Multiplied by a factor every so many epochs: η₀ · factor^⌊epoch/every⌋."""

    kind: Literal["step_decay"] = "step_decay"
    title: ClassVar[str] = "Step decay"

    factor: float = Field(0.5, gt=0, le=1, title="Factor", description="Multiplier at each drop; 0.5 or 0.1.")
    every: Annotated[int, Logarithmic(1)] = Field(
        50, ge=1, le=100_000, title="Every", description="Epochs between drops; 5 to 50 is usual."
    )

    def rate(self, initial: float, step: int, steps_per_epoch: int) -> float:
        return initial * float(self.factor ** (step // steps_per_epoch // self.every))


class Exponential(TimedSchedule):
    """Shrinks by the same share in equal times: η₀ · rate^(s/decay_steps)."""

    kind: Literal["exponential"] = "exponential"
    title: ClassVar[str] = "Exponential"

    decay_rate: float = Field(
        0.9, gt=0, le=1, title="Decay rate", description="What remains after each decay time; 0.9 is usual."
    )
    decay_steps: Annotated[int, Logarithmic(1)] = Field(
        50,
        ge=1,
        le=1_000_000,
        title="Decay time",
        description="Time in which the rate shrinks by that share.",
    )
    staircase: bool = Field(False, title="Staircase", description="Drop in jumps instead of smoothly.")

    def rate(self, initial: float, step: int, steps_per_epoch: int) -> float:
        exponent = self.time(step, steps_per_epoch) / self.decay_steps
        return initial * float(self.decay_rate ** (math.floor(exponent) if self.staircase else exponent))


class Cosine(TimedSchedule):
    """Half a cosine wave down to a share α of the start.  Loshchilov & Hutter 2017."""

    kind: Literal["cosine"] = "cosine"
    title: ClassVar[str] = "Cosine"

    decay_steps: Annotated[int, Logarithmic(1)] = Field(
        500,
        ge=1,
        le=1_000_000,
        title="Decay time",
        description="Time until the lowest rate; the planned length.",
    )
    alpha: float = Field(0.0, ge=0, le=1, title="α", description="The lowest rate as a share of the first.")

    def rate(self, initial: float, step: int, steps_per_epoch: int) -> float:
        share = min(self.time(step, steps_per_epoch) / self.decay_steps, 1.0)
        return initial * ((1 - self.alpha) * 0.5 * (1 + math.cos(math.pi * share)) + self.alpha)


class Warmup(TimedSchedule):
    """Rises in a straight line from zero, then follows another schedule.  Goyal et al. 2017."""

    kind: Literal["warmup"] = "warmup"
    title: ClassVar[str] = "Warm-up"

    warmup_steps: Annotated[int, Logarithmic(1)] = Field(
        10,
        ge=1,
        le=1_000_000,
        title="Warm-up time",
        description="Time until the full rate; 1 to 10 % is usual.",
    )
    inner: AnyOf[Schedule] = Field(Constant(), title="Then", description="The schedule that follows.")

    def rate(self, initial: float, step: int, steps_per_epoch: int) -> float:
        length = self.warmup_steps * (steps_per_epoch if self.unit == "epochs" else 1)
        if step < length:
            return initial * step / length
        return self.inner.rate(initial, step - length, steps_per_epoch)
