"""The inputs that a network may be given of a sample: its columns, functions of coordinates, or all of it.

An input makes named columns from the columns of a dataset.  On the line and the plane they are TensorFlow
Playground's functions of x₁ and x₂; a table offers each of its columns, and what is no row is given whole.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Sequence
from itertools import product
from typing import Annotated, ClassVar, Literal, Self

import numpy as np
from pydantic import Field

from playground.data.dataset import Dataset
from playground.data.sample import Column, Floats, SampleShape, column_text
from playground.text import Text
from playground.value import Hidden, Kind


class Feature(Kind):
    """Some of a sample, or a function of it."""

    @classmethod
    @abstractmethod
    def offered(cls, dataset: Dataset) -> tuple[Self, ...]:
        """Those of this kind that the samples of a dataset have."""

    @property
    def name(self) -> Text:
        """What people call it."""
        return self.named()

    @property
    def plain(self) -> bool:
        """Whether it is something of the sample as it stands, and no function of it."""
        return True

    @abstractmethod
    def columns(self, dataset: Dataset) -> tuple[Column, ...]:
        """The k columns that it gives."""

    @abstractmethod
    def compute(self, raw: Floats, dataset: Dataset) -> Floats:
        """Their values (n, k) for n samples (n, …)."""


class CoordinateFeature(Feature):
    """A function of the coordinates of a place on the line or on the plane."""

    needs: ClassVar[int] = 1
    """How many coordinates there must be."""

    @classmethod
    def offered(cls, dataset: Dataset) -> tuple[Self, ...]:
        coordinates = sum(column.coordinate for column in dataset.columns)
        return (cls(),) if cls.needs <= coordinates else ()

    @property
    def plain(self) -> bool:
        return isinstance(self, X | Y)

    def columns(self, dataset: Dataset) -> tuple[Column, ...]:
        return (Column(self.title),)

    def compute(self, raw: Floats, dataset: Dataset) -> Floats:
        return self.value(raw)[:, np.newaxis]

    @abstractmethod
    def value(self, coordinates: Floats) -> Floats:
        """Its value (n,) at these coordinates (n, d)."""


class X(CoordinateFeature):
    title: ClassVar[str] = "x₁"
    help: ClassVar[str] = "The first coordinate."
    advice: ClassVar[str] = "Always, unless a problem is to be made harder."
    kind: Literal["x"] = "x"

    def value(self, coordinates: Floats) -> Floats:
        return coordinates[:, 0]


class Y(CoordinateFeature):
    title: ClassVar[str] = "x₂"
    help: ClassVar[str] = "The second coordinate."
    advice: ClassVar[str] = "Always, unless a problem is to be made harder."
    needs: ClassVar[int] = 2
    kind: Literal["y"] = "y"

    def value(self, coordinates: Floats) -> Floats:
        return coordinates[:, 1]


class XSquared(CoordinateFeature):
    title: ClassVar[str] = "x₁²"
    help: ClassVar[str] = "The square of the first coordinate."
    advice: ClassVar[str] = "Together with x₂² for circles and rings."
    kind: Literal["x_squared"] = "x_squared"

    def value(self, coordinates: Floats) -> Floats:
        return np.square(coordinates[:, 0])


class YSquared(CoordinateFeature):
    title: ClassVar[str] = "x₂²"
    help: ClassVar[str] = "The square of the second coordinate."
    advice: ClassVar[str] = "Together with x₁² for circles and rings."
    needs: ClassVar[int] = 2
    kind: Literal["y_squared"] = "y_squared"

    def value(self, coordinates: Floats) -> Floats:
        return np.square(coordinates[:, 1])


class XY(CoordinateFeature):
    title: ClassVar[str] = "x₁x₂"
    help: ClassVar[str] = "The product of the two coordinates."
    advice: ClassVar[str] = "For opposite quadrants, as in exclusive or."
    needs: ClassVar[int] = 2
    kind: Literal["xy"] = "xy"

    def value(self, coordinates: Floats) -> Floats:
        return coordinates[:, 0] * coordinates[:, 1]


class SinX(CoordinateFeature):
    title: ClassVar[str] = "sin x₁"
    help: ClassVar[str] = "The sine of the first coordinate."
    advice: ClassVar[str] = "For what repeats along x₁, and for spirals."
    kind: Literal["sin_x"] = "sin_x"

    def value(self, coordinates: Floats) -> Floats:
        return np.sin(coordinates[:, 0])


class SinY(CoordinateFeature):
    title: ClassVar[str] = "sin x₂"
    help: ClassVar[str] = "The sine of the second coordinate."
    advice: ClassVar[str] = "For what repeats along x₂, and for spirals."
    needs: ClassVar[int] = 2
    kind: Literal["sin_y"] = "sin_y"

    def value(self, coordinates: Floats) -> Floats:
        return np.sin(coordinates[:, 1])


class OfColumn(Feature):
    title: ClassVar[str] = "Column"
    help: ClassVar[str] = (
        "A column of the table as it stands; one of categories becomes a column of 0 and 1 for each of them."
    )
    advice: ClassVar[str] = "All of them as a rule; without one it shows what that one is worth."
    kind: Literal["column"] = "column"
    column: Annotated[str, Hidden()] = Field(
        "", max_length=200, title="Column", description="The name of the column."
    )

    @classmethod
    def offered(cls, dataset: Dataset) -> tuple[Self, ...]:
        return tuple(cls(column=column.name) for column in dataset.columns if not column.coordinate)

    @property
    def name(self) -> Text:
        return column_text(self.column)

    def columns(self, dataset: Dataset) -> tuple[Column, ...]:
        column = dataset.columns[dataset.column_places[self.column]]
        return tuple(Column(f"{column.name} = {each}") for each in column.categories) or (column,)

    def compute(self, raw: Floats, dataset: Dataset) -> Floats:
        place = dataset.column_places[self.column]
        values, categories = raw[:, place], dataset.columns[place].categories
        if not categories:
            return values[:, np.newaxis]
        nearest = np.clip(np.rint(values), 0, len(categories) - 1)
        chosen: Floats = np.eye(len(categories))[nearest.astype(np.intp)]
        return chosen


class Whole(Feature):
    title: ClassVar[str] = "The whole sample"
    help: ClassVar[str] = "All values of a sample, in the shape that it has."
    advice: ClassVar[str] = "For pictures and sequences, whose values mean little one by one."
    kind: Literal["whole"] = "whole"

    @classmethod
    def offered(cls, dataset: Dataset) -> tuple[Self, ...]:
        return () if dataset.shape.is_row else (cls(),)

    def columns(self, dataset: Dataset) -> tuple[Column, ...]:
        return tuple(Column(name) for name in _places(dataset.shape))

    def compute(self, raw: Floats, dataset: Dataset) -> Floats:
        return raw.reshape(len(raw), -1)


def _places(shape: SampleShape) -> Iterable[str]:
    """A name for each value, by its place along the axes that have more than one: "3, 4"."""
    counted = [range(1, axis.size + 1) for axis in shape.axes if axis.size > 1]
    return (", ".join(map(str, place)) for place in product(*counted))


def available(dataset: Dataset) -> tuple[Feature, ...]:
    """Every input that the samples of a dataset have, in the order networks take them."""
    return tuple(feature for kind in Feature.members() for feature in kind.offered(dataset))


def usual(dataset: Dataset) -> tuple[Feature, ...]:
    """What a network is given of a dataset as a rule: all that it has, and no function of it."""
    return tuple(feature for feature in available(dataset) if feature.plain)


def columns(features: Iterable[Feature], dataset: Dataset) -> tuple[Column, ...]:
    """The columns that some features of a dataset give."""
    return tuple(column for feature in features for column in feature.columns(dataset))


def compute(features: Sequence[Feature], raw: Floats, dataset: Dataset) -> Floats:
    """Their values (n, k) for n samples (n, …) of the dataset."""
    return np.concatenate([feature.compute(raw, dataset) for feature in features], axis=1)
