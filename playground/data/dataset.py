"""What a dataset is: a named recipe that draws samples, and the task that they pose."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from playground.randomness import Source
from playground.value import Kind, Typical, Unit

Floats = NDArray[np.float64]
Targets = NDArray[Any]
"""(n,) class indices (int64) or values (float64)."""


@dataclass(frozen=True)
class Task:
    """What a network has to learn: one of `class_names`, or (regression, no names) so many `numbers`."""

    kind: Literal["classification", "regression"]
    class_names: tuple[str, ...] = ()
    numbers: int = 1

    @property
    def classes(self) -> int:
        """How many classes there are; 0 for regression."""
        return len(self.class_names)


@dataclass(frozen=True, eq=False)
class Samples:
    """Samples as a dataset draws them."""

    coordinates: Floats
    """(n, d) the raw columns."""
    targets: Targets
    """(n,) class indices for classification, values for regression."""
    task: Task
    names: tuple[str, ...]
    """What the d columns are called."""


SampleCount = Annotated[
    int,
    Field(
        ge=10, le=1_000_000, title="Samples", description="How many points are drawn, 200 to 2,000 as a rule."
    ),
    Typical(100, 5000),
]
NoisePercent = Annotated[
    float,
    Field(
        ge=0,
        le=100,
        title="Noise",
        description="How much chance disturbs points or targets: 0 is clean, 10 to 30 % is lifelike.",
    ),
    Unit("%"),
    Typical(0, 50),
]


class Dataset(Kind):
    """A recipe for samples."""

    dimension: ClassVar[int] = 2
    """How many coordinates a sample has: 1 or 2."""

    domain: ClassVar[tuple[float, float]] = (-6.0, 6.0)
    """The range that is drawn of every coordinate."""

    samples: SampleCount = 500
    noise: NoisePercent = 0.0

    @property
    @abstractmethod
    def task(self) -> Task:
        """What there is to learn."""

    @abstractmethod
    def draw(self, source: Source) -> tuple[Floats, Targets]:
        """Coordinates (n, d) and targets (n,).

        As many numbers are drawn without noise as with it, so that turning noise up moves each
        point on from where it was.
        """

    @property
    def names(self) -> tuple[str, ...]:
        """What the coordinates are called."""
        return ("x₁", "x₂") if self.dimension == 2 else ("x",)

    def generate(self, source: Source) -> Samples:
        """Draw the samples."""
        coordinates, targets = self.draw(source)
        return Samples(coordinates, targets, self.task, self.names)


class TwoClasses(Dataset):
    """Points of the plane in two classes: 0 is TensorFlow Playground's orange −1, 1 its blue +1."""

    @property
    def task(self) -> Task:
        """Tell the two classes apart."""
        return Task("classification", ("−1", "+1"))


class ManyClasses(Dataset):
    """Points of the plane in two to eight classes."""

    classes: int = Field(
        3,
        ge=2,
        le=8,
        title="Classes",
        description="How many classes there are to tell apart, 3 to 5 as a rule.",
    )

    @property
    def task(self) -> Task:
        """Tell the classes apart."""
        return Task("classification", tuple("ABCDEFGH"[: self.classes]))


class Regression(Dataset):
    """Points with a value each."""

    @property
    def task(self) -> Task:
        """Predict the value."""
        return Task("regression")
