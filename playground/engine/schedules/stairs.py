"""Schedules in stairs: the learning rate jumps and stays until the next jump."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator

from playground.engine.schedules.base import Schedule, State, Time, TimedSchedule
from playground.text import Text, say, say_counted

Boundary = Annotated[int, Field(ge=1, le=1_000_000)]
Rate = Annotated[float, Field(ge=0, le=100)]


class PiecewiseConstant(TimedSchedule):
    kind: Literal["piecewise_constant"] = "piecewise_constant"
    title = "Piecewise constant"
    help = "One given learning rate until the first boundary, from there the next, and so on."
    formula = "η(s) = valueᵢ,   boundaryᵢ ≤ s < boundaryᵢ₊₁"
    advice = "When you know from earlier runs where the loss levels off."

    boundaries: tuple[Boundary, ...] = Field(
        (50, 100),
        max_length=100,
        title="Boundaries",
        description="Times at which the rate jumps, in rising order, such as 50, 100.",
    )
    values: tuple[Rate, ...] = Field(
        (0.03, 0.01, 0.003),
        max_length=101,
        title="Rates",
        description="Learning rates themselves, one more than boundaries; each a third or tenth of the last.",
    )

    @field_validator("boundaries")
    @classmethod
    def _in_order(cls, boundaries: tuple[int, ...]) -> tuple[int, ...]:
        for before, after in pairwise(boundaries):
            if after <= before:
                raise ValueError(
                    say(
                        "schedule.not_rising",
                        "must be in rising order, but {after} follows {before}",
                        after=after,
                        before=before,
                    )
                )
        return boundaries

    @model_validator(mode="after")
    def _one_value_a_piece(self) -> Self:
        count, needed = len(self.values), len(self.boundaries) + 1
        if count != needed:
            raise ValueError(_other_count(needed, count))
        return self

    def rate(self, initial: float, step: int, steps_per_epoch: int, state: State = ()) -> float:
        return self.values[bisect_right(self.boundaries, self.time(step, steps_per_epoch))]


def _other_count(needed: int, count: int) -> Text:
    return say_counted(
        "schedule.boundaries",
        "{count} boundary needs {rates}, got {given}",
        "{count} boundaries need {rates}, got {given}",
        needed - 1,
        rates=say_counted("schedule.rates", "{count} rate", "{count} rates", needed),
        given=count,
    )


class StepDecay(Schedule):
    kind: Literal["step_decay"] = "step_decay"
    title = "Step decay"
    help = "Multiplied by a factor every so many epochs."
    formula = "η = η₀ · factor^⌊epoch / every⌋"
    advice = "Simple and hard to get wrong: halve every 5 epochs, or divide by 10 every 20."

    factor: float = Field(0.5, gt=0, le=1, title="Factor", description="Multiplier at each drop; 0.5 or 0.1.")
    every: Time = Field(
        50, ge=1, le=100_000, title="Every", description="Epochs between drops; 5 to 50 is usual."
    )

    def rate(self, initial: float, step: int, steps_per_epoch: int, state: State = ()) -> float:
        return initial * float(self.factor ** (step // steps_per_epoch // self.every))
