"""What an augmentation is: it makes other samples of the training samples, anew in each epoch.

Samples are (n, …) as the dataset has them, before inputs are made of them.  Targets are (n,) class indices,
or (n, classes) the share of each class, or values.  Nothing that is given is written to, all chance comes
from the generator, and as many samples come out as go in.
"""

# Without postponed annotations: pydantic would evaluate those of the base anew for each of its members.

from abc import abstractmethod
from collections.abc import Iterable
from typing import Annotated, ClassVar

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from playground.data.dataset import Dataset
from playground.data.sample import Floats, Targets
from playground.text import Text, say
from playground.value import Kind, Typical, Unit

Generator = np.random.Generator

Probability = Annotated[
    float,
    Field(
        ge=0,
        le=100,
        title="Probability",
        description="How likely a sample is varied in an epoch; the others stay as they are.",
    ),
    Unit("%"),
    Typical(0, 100),
]


class Augmentation(Kind):
    """A way to vary the training samples."""

    homes = ("playground.data.augmentation",)

    blends: ClassVar[bool] = False
    """Whether targets are blended, so that a sample belongs to several classes in shares."""

    @classmethod
    @abstractmethod
    def fits(cls, dataset: Dataset) -> bool:
        """Whether the samples of a dataset can be varied so."""

    @classmethod
    @abstractmethod
    def needs(cls) -> Text:
        """What samples must be for it."""

    @abstractmethod
    def apply(self, raw: Floats, targets: Targets, generator: Generator) -> tuple[Floats, Targets]:
        """The samples (n, …) and targets (n, …) of an epoch."""


class ByChance(Augmentation):
    """Varies some of the samples, each with the same probability."""

    probability: Probability = 100.0

    def chosen(self, count: int, generator: Generator) -> NDArray[np.int64]:
        """Which of so many samples are varied."""
        return np.flatnonzero(generator.random(count) * 100 < self.probability)


class EachByItself(ByChance):
    """Varies each sample by itself, with some probability, and leaves its target."""

    def apply(self, raw: Floats, targets: Targets, generator: Generator) -> tuple[Floats, Targets]:
        chosen = self.chosen(len(raw), generator)
        if len(chosen) == len(raw) > 0:
            return self.vary(raw, raw, generator), targets
        result = raw.copy()
        if len(chosen):
            result[chosen] = self.vary(raw[chosen], raw, generator)
        return result, targets

    @abstractmethod
    def vary(self, samples: Floats, among: Floats, generator: Generator) -> Floats:
        """Samples (k, …) varied, of which there is one at least; they are some `among` these (n, …)."""


def varied(
    augmentations: Iterable[Augmentation], raw: Floats, targets: Targets, generator: Generator
) -> tuple[Floats, Targets]:
    """The samples and targets of an epoch after all of them, one after the other."""
    for augmentation in augmentations:
        raw, targets = augmentation.apply(raw, targets, generator)
    return raw, targets


def refuse_others(augmentations: Iterable[Augmentation], dataset: Dataset) -> None:
    """Refuse an augmentation that does not fit the dataset.

    Raises:
        ValueError: with a sentence, for the field that holds them.
    """
    for augmentation in augmentations:
        if not augmentation.fits(dataset):
            raise ValueError(
                say(
                    "data.augmentation_does_not_fit",
                    "{augmentation} is for {samples}, which {dataset} does not have",
                    augmentation=augmentation.named(),
                    samples=augmentation.needs(),
                    dataset=dataset.named(),
                )
            )


def nodes_belong_together(augmentation: Augmentation) -> Text:
    """Why it cannot vary the nodes of a graph that layers read."""
    return say(
        "data.nodes_belong_together",
        "{augmentation} varies sample by sample, and nodes belong to their graph; "
        "leave it out, or the layers that read the graph.",
        augmentation=augmentation.named(),
    )
