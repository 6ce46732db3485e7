"""Pictures of a person's own as a dataset: one size, some classes, and perhaps the sides of the split.

The store holds them as bytes, an eighth of what numbers take.
"""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from playground.data import store
from playground.data.dataset import Brought, Samples, Task
from playground.data.pictures.album import Album
from playground.data.pictures.limits import MOST_CLASSES, MOST_VALUES, check_values
from playground.data.pictures.sizing import LARGEST, SMALLEST, Fit, Sizing
from playground.data.sample import SampleShape, some
from playground.data.scaling import SymmetricMinMax
from playground.randomness import Source
from playground.text import say
from playground.value import Hidden

FEW = 24
"""Pictures of a preview, each of which has thousands of values."""

Class = Annotated[str, Field(max_length=200)]
Count = Annotated[int, Field(ge=0, le=MOST_VALUES)]


class OwnPictures(Brought):
    kind: Literal["pictures"] = "pictures"
    title = "Pictures"
    help = "Pictures of one's own, in classes that are to be told apart."
    advice = "For any pictures, some hundred of each class; begin small, and in grey."
    usual_scaling = SymmetricMinMax.usual()

    name: Annotated[str, Hidden()] = Field("", max_length=200, title="Name")
    class_names: Annotated[tuple[Class, ...], Hidden()] = Field(
        min_length=2, max_length=MOST_CLASSES, title="Classes"
    )
    pictures: Annotated[int, Hidden()] = Field(ge=2, le=MOST_VALUES, title="Pictures")
    side: Annotated[int, Hidden()] = Field(ge=SMALLEST, le=LARGEST, title="Size")
    channels: Annotated[Literal[1, 3], Hidden()] = Field(1, title="Channels")
    fit: Annotated[Fit, Hidden()] = Field("crop", title="Not square")
    shares: Annotated[tuple[Count, Count, Count], Hidden()] = Field((0, 0, 0), title="Pictures of each side")

    @classmethod
    def of(cls, album: Album) -> Self:
        """The dataset of pictures that were read, which are put into the store.

        Raises:
            InvalidValue: when nothing can be learnt of them.
        """
        sides = np.zeros(len(album.labels), np.int8) if album.sides is None else album.sides
        counts = np.bincount(sides, minlength=3).tolist() if album.sides is not None else (0, 0, 0)
        fields = {
            "name": album.name,
            "class_names": album.class_names,
            "pictures": len(album.labels),
            "side": album.sizing.side,
            "channels": album.sizing.channels,
            "fit": album.sizing.fit,
            "shares": tuple(counts),
        }
        cls.build(fields | {"content": "0" * 64})  # refuses before anything is put into the store
        targets = np.column_stack([album.labels, sides]).astype(np.uint8)
        return cls.build(fields | {"content": store.put(store.Content(album.pixels, targets))})

    @model_validator(mode="after")
    def _can_be_learnt(self) -> Self:
        check_values(self.pictures, self.side, self.channels)
        if sum(self.shares) not in (0, self.pictures) or (any(self.shares) and not self.shares[0]):
            raise ValueError(say("pictures.wrong_shares", "its sides do not hold all pictures"))
        if len(set(self.class_names)) < len(self.class_names):
            raise ValueError(say("pictures.class_twice", "two of its classes have the same name"))
        return self

    @property
    def sizing(self) -> Sizing:
        """How its pictures were brought to one size."""
        return Sizing(side=self.side, colour="colour" if self.channels == 3 else "grey", fit=self.fit)

    @property
    def sides(self) -> tuple[int, int, int] | None:
        return self.shares if any(self.shares) else None

    @property
    def task(self) -> Task:
        """Say which class a picture is of."""
        return Task("classification", self.class_names)

    @property
    def shape(self) -> SampleShape:
        return SampleShape.of(height=self.side, width=self.side, channels=self.channels)

    @property
    def count(self) -> int:
        return self.pictures

    @cached_property
    def arrays(self) -> store.Content:
        found = super().arrays
        raw, targets = found.raw, found.targets
        shapes = raw.shape == (self.pictures, *self.shape.sizes) and targets.shape == (self.pictures, 2)
        if not shapes or raw.dtype != np.uint8 or targets.dtype != np.uint8:
            raise store.others()
        sides = np.bincount(targets[:, 1], minlength=3).tolist()
        if targets[:, 0].max() >= len(self.class_names) or (self.sides and list(self.shares) != sides):
            raise store.others()
        return found

    def take(self, source: Source) -> Samples:
        return self._samples(np.arange(self.pictures))

    def few(self, count: int, source: Source) -> Samples:
        chosen = min(count, FEW, self.pictures)
        return self._samples(np.linspace(0, self.pictures - 1, chosen).astype(np.int64))

    def _samples(self, rows: NDArray[np.int64]) -> Samples:
        held = self.arrays
        raw = some(held.raw, rows).astype(np.float64)
        raw /= 255
        labels, sides = held.targets[rows].T
        return Samples(raw, labels.astype(np.int64), self.task, sides.astype(np.int8) if self.sides else None)
