"""What may vary in a search: a setting by its path, between two numbers or among choices."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Self, TypeAlias

from pydantic import Field, model_validator

from playground.text import say
from playground.value import Value

Plain: TypeAlias = bool | int | float | str
"""A value of a setting as it is kept in a study."""

MOST_CHOICES = 200


def same(one: Plain, other: Plain) -> bool:
    """Whether two values are one; True is not 1."""
    return type(one) is type(other) and one == other


class Variation(Value):
    """One setting that varies: numbers from `low` to `high`, or one of the `choices` where there are any.

    `path` names the setting (see `settings.what_can_vary`), as `training.optimizer.learning_rate`.
    """

    path: str = Field(min_length=1, max_length=500)
    low: float = Field(0.0, title="From", description="The lowest number that is tried.")
    high: float = Field(1.0, title="To", description="The highest number that is tried.")
    logarithmic: bool = Field(
        False, title="Log scale", description="Try factors alike: as many numbers from 0.01 to 0.1 as to 1."
    )
    whole: bool = Field(False, title="Whole numbers", description="Try whole numbers alone.")
    step: float = Field(0.0, ge=0, title="Step", description="Distance between numbers; 0 for any number.")
    choices: tuple[Plain, ...] = Field(
        (), max_length=MOST_CHOICES, title="Choices", description="What is tried, one of these a trial."
    )

    @model_validator(mode="after")
    def _can_be(self) -> Self:
        if self.choices:
            if len({(type(choice), choice) for choice in self.choices}) < len(self.choices):
                raise ValueError(say("variation.twice", "a choice is there twice"))
            return self
        if self.low > self.high:
            raise ValueError(
                say(
                    "variation.order",
                    "{low} is above {high}; the lower comes first",
                    low=self.low,
                    high=self.high,
                )
            )
        if self.logarithmic and self.low <= 0:
            raise ValueError(
                say("variation.log_of_zero", "a log scale begins above 0, and not at {low}", low=self.low)
            )
        if self.logarithmic and self.step:
            raise ValueError(say("variation.log_steps", "a log scale has no steps; take choices instead"))
        if self.whole and not (self.low.is_integer() and self.high.is_integer() and self.step.is_integer()):
            raise ValueError(say("variation.not_whole", "whole numbers begin and end at whole numbers"))
        return self

    @property
    def size(self) -> int | None:
        """How many values there are; None where there is no end to them."""
        if self.choices:
            return len(self.choices)
        return round((self.high - self.low) // self._step) + 1 if self._step else None

    @property
    def _step(self) -> float:
        """The distance between two numbers; 0 for any number."""
        return (self.step or 1.0) if self.whole else self.step

    def at(self, share: float) -> Plain:
        """The value at a share from 0 to 1 of the way, of which each value has as much as any other."""
        share = min(max(share, 0.0), 1.0)
        if self.choices:
            return self.choices[min(int(share * len(self.choices)), len(self.choices) - 1)]
        low, high = self._edges()
        if self.logarithmic:
            number = math.exp(math.log(low) + share * (math.log(high) - math.log(low)))
        else:
            number = low + share * (high - low)
        return self.nearest(number)

    def share(self, value: Plain) -> float:
        """Where a value lies, from 0 to 1; of a choice the middle of its part."""
        if self.choices:
            return (self.place(value) + 0.5) / len(self.choices)
        low, high = self._edges()
        number = min(max(float(value), low), high)
        if low == high:
            return 0.5
        if self.logarithmic:
            return (math.log(number) - math.log(low)) / (math.log(high) - math.log(low))
        return (number - low) / (high - low)

    def nearest(self, number: float) -> Plain:
        """The number that is tried nearest to any other."""
        if step := self._step:
            number = self.low + round((number - self.low) / step) * step
            number = min(number, self.low + (self.high - self.low) // step * step)
        number = min(max(number, self.low), self.high)
        return round(number) if self.whole else number

    def grid(self, points: int) -> tuple[Plain, ...]:
        """All choices, or so many numbers evenly from the lowest to the highest, each once."""
        if self.choices:
            return self.choices
        count = points if self.size is None else min(points, self.size)
        if count == 1 or self.low == self.high:
            return (self.nearest(self.low),)
        return tuple(dict.fromkeys(self._on_the_way(place / (count - 1)) for place in range(count)))

    def _on_the_way(self, share: float) -> Plain:
        """The number at a share of the way between the bounds themselves."""
        if self.logarithmic:
            return self.nearest(self.low * (self.high / self.low) ** share)
        return self.nearest(self.low + share * (self.high - self.low))

    def _edges(self) -> tuple[float, float]:
        """The bounds, half a step further apart on both sides where there are steps."""
        half = self._step / 2
        return self.low - half, self.high + half

    def place(self, value: Plain) -> int:
        """Where a value stands among the choices."""
        return next(place for place, choice in enumerate(self.choices) if same(choice, value))

    def narrowed(self, values: Sequence[Plain]) -> Self:
        """Around those values alone, with a tenth of the way to spare on both sides."""
        if not values:
            return self
        if self.choices:
            wanted = {self.place(value) for value in values}
            return self.with_(choices=tuple(self.choices[place] for place in sorted(wanted)))
        shares = [self.share(value) for value in values]
        spare = (max(shares) - min(shares)) / 10 or 0.05
        low, high = (float(self.at(share)) for share in (min(shares) - spare, max(shares) + spare))
        return self.with_(low=low, high=high)
