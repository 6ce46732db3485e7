"""Averages that move along: what they make of numbers, and what each number of the past weighs in them."""

# Without postponed annotations: pydantic would evaluate those of the base anew for each of its members.

from abc import abstractmethod
from typing import Annotated, Literal

import numpy as np
from pydantic import Field

from playground.engine.optimizers.base import Share
from playground.labs.averages.noisy_series import MOST_VALUES, Floats
from playground.value import Kind, Logarithmic, Typical


class MovingAverage(Kind):
    """An average of what has come so far."""

    @property
    @abstractmethod
    def window(self) -> float:
        """Over how many numbers it averages, or about so many."""

    @property
    @abstractmethod
    def lag(self) -> float:
        """How many numbers it is behind: the mean age of what it holds, once it holds enough."""

    @property
    @abstractmethod
    def noise_left(self) -> float:
        """The share of independent noise that is left, as standard deviations."""

    @abstractmethod
    def of(self, values: Floats) -> Floats:
        """The average (n,) at each place of these values (n,)."""

    @abstractmethod
    def weights(self, count: int) -> Floats:
        """What each of so many numbers weighs when the last has come (count,), the newest first."""


class ExponentialAverage(MovingAverage):
    kind: Literal["exponential"] = "exponential"
    title = "Exponential"
    help = "Keeps a share β of what it was, and takes 1 − β of what comes."
    formula = "m ← β m + (1 − β) x,   m̂ = m / (1 − βᵗ)"
    advice = "One number of memory is enough, so every weight of a network can afford it."
    reference = "Holt 1957."

    beta: Share = Field(
        0.9, ge=0, lt=1, title="β", description="Share that is kept; it averages over about 1 / (1 − β)."
    )
    corrected: bool = Field(
        False,
        title="Bias correction",
        description="Divides by the weights so far, as m begins at 0 and is too small at first.",
    )

    @property
    def window(self) -> float:
        return 1 / (1 - self.beta)

    @property
    def lag(self) -> float:
        return self.beta / (1 - self.beta)

    @property
    def noise_left(self) -> float:
        return float(np.sqrt((1 - self.beta) / (1 + self.beta)))

    def of(self, values: Floats) -> Floats:
        found, m, share = np.empty(len(values)), 0.0, 1.0
        for place, value in enumerate(values.tolist()):
            m = self.beta * m + (1 - self.beta) * value
            share *= self.beta
            found[place] = m / (1 - share) if self.corrected else m
        return found

    def weights(self, count: int) -> Floats:
        found: Floats = (1 - self.beta) * self.beta ** np.arange(count, dtype=np.float64)
        return found / (1 - self.beta**count) if self.corrected else found


class WindowAverage(MovingAverage):
    kind: Literal["window"] = "window"
    title = "Plain"
    help = "The mean of the last numbers, all of which have to be kept."
    formula = "m = (x₁ + … + xₖ) / k"
    advice = "To compare with: what falls out of the window is forgotten at once."

    width: Annotated[int, Logarithmic(1), Typical(1, 200)] = Field(
        10, ge=1, le=MOST_VALUES, title="Window", description="How many numbers it is the mean of."
    )

    @property
    def window(self) -> float:
        return float(self.width)

    @property
    def lag(self) -> float:
        return (self.width - 1) / 2

    @property
    def noise_left(self) -> float:
        return float(self.width**-0.5)

    def of(self, values: Floats) -> Floats:
        sums = np.concatenate([[0.0], np.cumsum(values)])
        ends = np.arange(1, len(values) + 1)
        starts = np.maximum(ends - self.width, 0)
        return np.asarray((sums[ends] - sums[starts]) / (ends - starts), np.float64)

    def weights(self, count: int) -> Floats:
        held = min(self.width, count)
        return np.where(np.arange(count) < held, 1 / max(held, 1), 0.0)
