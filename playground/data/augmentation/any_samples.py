"""Augmentations of samples of any kind: which of them an epoch has, blends of two, and noise of rows."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from playground.data.augmentation.base import Augmentation, ByChance, EachByItself, Generator
from playground.data.dataset import Dataset
from playground.data.sample import Floats, Targets
from playground.text import Text, say
from playground.value import Typical, Unit


class LabelShuffle(Augmentation):
    title = "Label shuffle"
    help = "Draws each class equally often in an epoch; samples of rare classes come again."
    formula = "n / C samples of each class, those of a class all as often as can be"
    advice = "When one class has many more samples than another."
    reference = "Hikvision at ImageNet 2016."
    kind: Literal["label_shuffle"] = "label_shuffle"

    @classmethod
    def fits(cls, dataset: Dataset) -> bool:
        return dataset.task.classes > 0

    @classmethod
    def needs(cls) -> Text:
        return say("augmentation.needs_classes", "samples of classes")

    def apply(self, raw: Floats, targets: Targets, generator: Generator) -> tuple[Floats, Targets]:
        if not len(raw):
            return raw, targets
        rows = _balanced(targets if targets.ndim == 1 else targets.argmax(axis=1), generator)
        return raw[rows], targets[rows]


def _balanced(labels: NDArray[np.generic], generator: Generator) -> NDArray[np.int64]:
    """As many samples as there are labels, each class as often as the others, in random order."""
    classes = generator.permutation(np.unique(labels))  # what does not come out even falls to any of them
    share, more = divmod(len(labels), len(classes))
    drawn = [
        _in_turn(np.flatnonzero(labels == each), share + (place < more), generator)
        for place, each in enumerate(classes)
    ]
    return generator.permutation(np.concatenate(drawn))


def _in_turn(rows: NDArray[np.int64], count: int, generator: Generator) -> NDArray[np.int64]:
    """So many of the rows: all of them in a random order, and again in another."""
    rounds = [generator.permutation(rows) for _ in range(-(-count // len(rows)))]
    return np.concatenate(rounds)[:count] if rounds else rows[:0]


class MixUp(ByChance):
    title = "Mix-up"
    help = "Blends each sample with another, and what is to be predicted of them too."
    formula = "x′ = λ xᵢ + (1 − λ) xⱼ,   t′ = λ tᵢ + (1 − λ) tⱼ,   λ ~ Beta(α, α)"
    advice = "Against a network too sure of itself; it needs a loss that takes shares of classes."
    reference = "Zhang et al. 2018."
    kind: Literal["mix_up"] = "mix_up"
    blends = True
    strength: Annotated[float, Typical(0.05, 1)] = Field(
        0.2,
        ge=0.01,
        le=10,
        title="α",
        description="How evenly two are blended: at 0.2 mostly one of them, at 1 any blend alike.",
    )

    @classmethod
    def fits(cls, dataset: Dataset) -> bool:
        return not any(column.categories for column in dataset.columns)

    @classmethod
    def needs(cls) -> Text:
        return say("augmentation.needs_numbers", "samples without categories")

    def apply(self, raw: Floats, targets: Targets, generator: Generator) -> tuple[Floats, Targets]:
        share = np.ones(len(raw))
        chosen = self.chosen(len(raw), generator)
        share[chosen] = generator.beta(self.strength, self.strength, len(chosen))
        other = generator.permutation(len(raw))
        return _blend(raw, raw[other], share), _blend(targets, targets[other], share)


def _blend(one: NDArray[Any], other: NDArray[Any], share: Floats) -> Floats:
    """So much of the one and the rest of the other, sample by sample; NaN where one of them has nothing."""
    by_sample = share.reshape(-1, *(1,) * (one.ndim - 1))
    blended: Floats = np.where(by_sample == 1, one, by_sample * one + (1 - by_sample) * other)
    return blended


class RowNoise(EachByItself):
    title = "Noise"
    help = "Disturbs every column a little, each by its own spread."
    formula = "x′ = x + s σ ε,   σ: the spread of the column, ε normal"
    advice = "For small tables, whose rows a network soon knows by heart."
    reference = "Bishop 1995."
    kind: Literal["row_noise"] = "row_noise"
    strength: Annotated[float, Unit("%"), Typical(0, 50)] = Field(
        10.0,
        ge=0,
        le=300,
        title="Strength",
        description="How much is added, as a share of each column's standard deviation.",
    )

    @classmethod
    def fits(cls, dataset: Dataset) -> bool:
        columns = dataset.columns
        return bool(columns) and not any(column.coordinate or column.categories for column in columns)

    @classmethod
    def needs(cls) -> Text:
        return say("augmentation.needs_rows", "rows of numbers")

    def vary(self, samples: Floats, among: Floats, generator: Generator) -> Floats:
        noise = generator.standard_normal(samples.shape)
        noise *= self.strength / 100 * among.std(axis=0)
        noise += samples
        return noise
