"""Series of noisy numbers, made by a recipe or given by a person."""

# Without postponed annotations: pydantic would evaluate those of the base anew for each of its members.

from abc import abstractmethod
from typing import Annotated, ClassVar, Literal

import numpy as np
from numpy.random import Generator, default_rng
from numpy.typing import NDArray
from pydantic import Field

from playground.value import Hidden, Kind, Logarithmic, Typical

Floats = NDArray[np.float64]

MOST_VALUES = 5000
LARGEST = 1e100
"""No value is farther from 0, so that what is made of values is a number too."""
YEAR = 365
DAYS = "day"


class NoisySeries(Kind):
    """Numbers that follow one another."""

    counted: ClassVar[str] = DAYS
    """What one place after another is."""

    @classmethod
    def words(cls) -> dict[str, str]:
        """What places are, too."""
        return super().words() | {"counted": cls.counted}

    @property
    @abstractmethod
    def values(self) -> Floats:
        """All of them (n,), the first one first; none where there are none yet."""


class MadeSeries(NoisySeries):
    """Numbers by a recipe, and normal noise upon them."""

    length: Annotated[int, Logarithmic(1), Typical(20, 1000)] = Field(
        365, ge=1, le=MOST_VALUES, title="Length", description="How many numbers there are."
    )
    noise: Annotated[float, Typical(0, 10)] = Field(
        3.0, ge=0, le=1000, title="Noise", description="Standard deviation of what is added to each."
    )
    seed: int = Field(1, ge=0, le=999_999, title="Seed", description="Which noise; any whole number.")

    @property
    def values(self) -> Floats:
        """The recipe, disturbed."""
        places = np.arange(self.length, dtype=np.float64)
        return self.disturbed(self.quiet(places), default_rng(self.seed))

    def disturbed(self, quiet: Floats, chance: Generator) -> Floats:
        """The same with noise."""
        return np.asarray(quiet + self.noise * chance.standard_normal(len(quiet)), np.float64)

    @abstractmethod
    def quiet(self, places: Floats) -> Floats:
        """What there would be without noise, at places 0, 1, 2, …."""


class Temperatures(MadeSeries):
    kind: Literal["temperatures"] = "temperatures"
    title = "Temperatures"
    help = "Days from midsummer on: the season turns slowly, the weather fast."
    formula = "x = 12 + 9 cos(2π t / 365) + noise"
    advice = "To see what an average keeps, the season, and what it leaves out, the weather."

    def quiet(self, places: Floats) -> Floats:
        return np.asarray(12 + 9 * np.cos(2 * np.pi * places / YEAR), np.float64)


class JumpSeries(MadeSeries):
    kind: Literal["jump"] = "jump"
    title = "A jump"
    help = "From 0 to 10 in the middle, which every average notices late."
    formula = "x = 0, then 10"
    advice = "To see the delay, which a longer memory pays with."
    counted = "step"

    length: Annotated[int, Logarithmic(1), Typical(20, 1000)] = Field(
        200, ge=1, le=MOST_VALUES, title="Length", description="How many numbers there are."
    )
    noise: Annotated[float, Typical(0, 10)] = Field(
        0.5, ge=0, le=1000, title="Noise", description="Standard deviation of what is added to each."
    )

    def quiet(self, places: Floats) -> Floats:
        return np.where(places < self.length // 2, 0.0, 10.0)


class AlternatingSlopes(MadeSeries):
    kind: Literal["alternating"] = "alternating"
    title = "Slopes across a valley"
    help = "Gradients of one weight, as plain descent sees them: it jumps to and fro, and ever a little down."
    formula = "x = 1 ± 4"
    advice = "To see what momentum does: what alternates cancels, what goes one way remains."
    counted = "step"

    length: Annotated[int, Logarithmic(1), Typical(20, 1000)] = Field(
        100, ge=1, le=MOST_VALUES, title="Length", description="How many numbers there are."
    )
    noise: Annotated[float, Typical(0, 10)] = Field(
        0.3, ge=0, le=1000, title="Noise", description="Standard deviation of what is added to each."
    )

    def quiet(self, places: Floats) -> Floats:
        return np.where(places % 2 == 0, 5.0, -3.0)


class LossOfBatches(MadeSeries):
    kind: Literal["loss_of_batches"] = "loss_of_batches"
    title = "Loss of each batch"
    help = "A loss that falls, each batch easier or harder than the one before."
    formula = "x = (0.2 + 1.8 e^(−t/80)) · e^noise"
    advice = "To see why losses of batches are smoothed before one judges them."
    counted = "step"

    length: Annotated[int, Logarithmic(1), Typical(20, 1000)] = Field(
        400, ge=1, le=MOST_VALUES, title="Length", description="How many numbers there are."
    )
    noise: Annotated[float, Typical(0, 1)] = Field(
        0.3, ge=0, le=10, title="Noise", description="Standard deviation of the logarithm."
    )

    def quiet(self, places: Floats) -> Floats:
        return np.asarray(0.2 + 1.8 * np.exp(-places / 80), np.float64)

    def disturbed(self, quiet: Floats, chance: Generator) -> Floats:
        return np.asarray(quiet * np.exp(self.noise * chance.standard_normal(len(quiet))), np.float64)


class GivenSeries(NoisySeries):
    kind: Literal["given"] = "given"
    title = "Of your own"
    help = "The loss of your run, or a column of a table."
    formula = "x₁, x₂, x₃, …"
    advice = "Take the loss of your run, or open a table, by the links above the plot."
    counted = "place"

    name: Annotated[str, Hidden()] = Field("", max_length=200)
    given: Annotated[tuple[Annotated[float, Field(ge=-LARGEST, le=LARGEST)], ...], Hidden()] = Field(
        (), max_length=MOST_VALUES
    )

    @property
    def values(self) -> Floats:
        """What was given."""
        return np.array(self.given, np.float64)
