"""Pictures that are drawn by formula, as many as are wanted."""

from __future__ import annotations

from abc import abstractmethod
from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from playground.data.dataset import Recipe, Samples
from playground.data.pictures import drawing
from playground.data.sample import Column, Floats, SampleShape, Targets
from playground.data.scaling import SymmetricMinMax
from playground.randomness import Source
from playground.value import Basic, Typical, Unit

FEW = 8
"""Pictures of a preview, each of which takes its time."""


class DrawnPictures(Recipe):
    """A recipe whose samples are pictures of 0 (black) to 1."""

    usual_scaling = SymmetricMinMax.usual()

    samples: Annotated[int, Typical(100, 2000), Basic()] = Field(
        500,
        ge=10,
        le=20_000,
        title="Samples",
        description="How many are drawn, 200 to 2,000 as a rule.",
    )
    side: Annotated[int, Unit("px"), Typical(8, 24)] = Field(
        16,
        ge=8,
        le=32,
        title="Size",
        description="Pixels along each side, 12 to 28 as a rule; the inputs grow with its square.",
    )

    @property
    def columns(self) -> tuple[Column, ...]:
        return ()

    @property
    @abstractmethod
    def channels(self) -> int:
        """1 for grey, 3 for red, green and blue."""

    @property
    def shape(self) -> SampleShape:
        return SampleShape.of(height=self.side, width=self.side, channels=self.channels)

    @property
    @abstractmethod
    def chances(self) -> int:
        """How many numbers make a picture what it is."""

    @abstractmethod
    def picture(self, classes: NDArray[np.int64], numbers: Floats) -> Floats:
        """Pictures (n, side, side, channels) of these classes (n,), by numbers (n, chances) in [0, 1)."""

    def draw(self, source: Source) -> tuple[Floats, Targets]:
        """Pictures (n, side, side, channels) and classes (n,), which follow one another in turn."""
        count = self.samples
        classes = drawing.classes_in_turn(count, self.task.classes)
        numbers, generator = source.uniform((count, self.chances)), drawing.dice(source)
        pictures = np.empty((count, *self.shape.sizes))
        for part in drawing.parts(count, self.side):
            drawn = self.picture(classes[part], numbers[part])
            pictures[part] = drawing.speckled(drawn, generator, self.noise)
        return pictures, classes

    def few(self, count: int, source: Source) -> Samples:
        return self.with_(samples=max(10, min(count, FEW))).take(source)
