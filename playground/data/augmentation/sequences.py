"""Augmentations of sequences: noise, a shift in time, and pieces of them; NaN stands where no step is."""

from __future__ import annotations

from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from playground.data.augmentation.base import EachByItself, Generator, Probability
from playground.data.dataset import Dataset
from playground.data.sample import Floats, lengths
from playground.text import Text, say
from playground.value import Titles, Typical, Unit


class SequenceNoise(EachByItself):
    title = "Noise on steps"
    help = "Disturbs every step a little, each column by its own spread."
    formula = "x′(s) = x(s) + a σ ε,   σ: the spread of the column, ε normal"
    advice = "Against learning small wiggles by heart; as much as the data's own noise."
    reference = "Bishop 1995."
    kind: Literal["sequence_noise"] = "sequence_noise"
    strength: Annotated[float, Unit("%"), Typical(0, 50)] = Field(
        10.0,
        ge=0,
        le=300,
        title="Strength",
        description="How much is added, as a share of each column's standard deviation.",
    )

    @classmethod
    def fits(cls, dataset: Dataset) -> bool:
        return dataset.shape.is_sequence and not dataset.shape.symbols

    @classmethod
    def needs(cls) -> Text:
        return say("augmentation.needs_numbers_over_time", "sequences of numbers")

    def vary(self, samples: Floats, among: Floats, generator: Generator) -> Floats:
        noise = generator.standard_normal(samples.shape)
        noise *= self.strength / 100 * np.nanstd(among, axis=(0, 1))
        noise += samples
        return noise


class TimeShift(EachByItself):
    title = "Time shift"
    help = "Begins each sequence some steps later or earlier; what leaves it is lost, and zeros come in."
    formula = "x′(s) = x(s − d),   d whole and even in ± n"
    advice = "When it should not matter at which step something happens."
    reference = "Um et al. 2017."
    kind: Literal["time_shift"] = "time_shift"
    probability: Probability = 100.0
    strength: Annotated[int, Unit("steps"), Typical(0, 10)] = Field(
        2, ge=0, le=100, title="Distance", description="By how many steps it moves at most, either way."
    )

    @classmethod
    def fits(cls, dataset: Dataset) -> bool:
        of_steps = len(dataset.task.sizes) > 1
        return SequenceNoise.fits(dataset) and not dataset.continues and not of_steps

    @classmethod
    def needs(cls) -> Text:
        return say("augmentation.needs_whole_sequences", "sequences of numbers with one answer to all of it")

    def vary(self, samples: Floats, among: Floats, generator: Generator) -> Floats:
        steps, ends = np.arange(samples.shape[1]), lengths(samples)[:, np.newaxis]
        by = generator.integers(-self.strength, self.strength + 1, len(samples))[:, np.newaxis]
        found = _taken(samples, steps - by)
        found[(steps - by < 0) | (steps - by >= ends)] = 0
        found[steps >= ends] = np.nan
        return found


class SequenceCrop(EachByItself):
    title = "Crop of time"
    help = "Leaves a piece of each sequence, and so a shorter one."
    formula = "x′(s) = x(s + d) for s < m,   m ≥ (1 − a) n"
    advice = "For networks that take any length; with flatten and dense every step changes its place."
    reference = "Le Guennec et al. 2016."
    kind: Literal["sequence_crop"] = "sequence_crop"
    probability: Probability = 50.0
    strength: Annotated[float, Unit("%"), Typical(0, 80)] = Field(
        40.0, ge=0, le=90, title="Less by", description="How much of a sequence is left out at most."
    )
    piece: Annotated[Literal["end", "any"], Titles({"end": "The end", "any": "Any"})] = Field(
        "end", title="Piece", description="The end where it is to be continued; else any piece, by chance."
    )

    @classmethod
    def fits(cls, dataset: Dataset) -> bool:
        if not dataset.shape.is_sequence:
            return False
        return dataset.continues or not (dataset.shape.symbols or len(dataset.task.sizes) > 1)

    @classmethod
    def needs(cls) -> Text:
        return say("augmentation.needs_pieces", "sequences of which a piece has the same answer")

    def vary(self, samples: Floats, among: Floats, generator: Generator) -> Floats:
        ends, chance = lengths(samples), generator.random((2, len(samples)))
        less = np.floor(chance[0] * (np.floor(ends * self.strength / 100) + 1)).astype(np.int64)
        first = less if self.piece == "end" else np.floor(chance[1] * (less + 1)).astype(np.int64)
        steps = np.arange(samples.shape[1])
        found = _taken(samples, steps + first[:, np.newaxis])
        found[steps >= (ends - less)[:, np.newaxis]] = np.nan
        return found


def _taken(samples: Floats, steps: NDArray[np.int64]) -> Floats:
    """The steps (n, time) of samples (n, time, columns); those beyond an end are that at the end."""
    within = np.clip(steps, 0, samples.shape[1] - 1)
    found: Floats = np.take_along_axis(samples, within[..., np.newaxis], axis=1)
    return found
