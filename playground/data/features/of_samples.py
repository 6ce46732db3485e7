"""The inputs that are something of a sample as it stands: a column, or all of it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product
from typing import Annotated, Literal, Self

import numpy as np
from pydantic import Field

from playground.data.dataset import Dataset
from playground.data.features.feature import Feature
from playground.data.sample import Column, Floats, SampleShape, column_text, flattened
from playground.text import Text
from playground.value import Hidden


class OfColumn(Feature):
    title = "Column"
    help = (
        "A column of the table as it stands; one of categories becomes a column of 0 and 1 for each of them."
    )
    advice = "All of them as a rule; without one it shows what that one is worth."
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

    def written(self, dataset: Dataset) -> tuple[str, ...]:
        place = dataset.column_places[self.column]
        codes = range(len(dataset.columns[place].categories))
        return tuple(f"(x{place} == {code})" for code in codes) or (f"x{place}",)

    def compute(self, raw: Floats, dataset: Dataset) -> Floats:
        place = dataset.column_places[self.column]
        values, categories = raw[:, place], dataset.columns[place].categories
        if not categories:
            return values[:, np.newaxis]
        nearest = np.clip(np.rint(values), 0, len(categories) - 1)
        chosen: Floats = np.eye(len(categories))[nearest.astype(np.intp)]
        return chosen


class Whole(Feature):
    title = "The whole sample"
    help = "All values of a sample, in the shape that it has."
    advice = "For pictures and sequences, whose values mean little one by one."
    kind: Literal["whole"] = "whole"

    @classmethod
    def offered(cls, dataset: Dataset) -> tuple[Self, ...]:
        return () if dataset.shape.is_row else (cls(),)

    def columns(self, dataset: Dataset) -> tuple[Column, ...]:
        return tuple(Column(name) for name in _places(dataset.shape))

    def compute(self, raw: Floats, dataset: Dataset) -> Floats:
        return flattened(raw)


def _places(shape: SampleShape) -> Iterable[str]:
    """A name for each value, by its place along the axes that have more than one: "3, 4", or "3, price"."""
    counted = [axis.names or range(1, axis.size + 1) for axis in shape.axes if axis.size > 1]
    return (", ".join(map(str, place)) for place in product(*counted))
