"""The columns of a table as the store has them: one array of numbers, with codes for categories."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from playground.data import store
from playground.data.sample import Floats
from playground.data.tables.column import ColumnKind, TableColumn
from playground.data.tables.limits import MOST_VALUES
from playground.record import record
from playground.value import Value

SIDES = {
    **dict.fromkeys(("train", "training", "learn", "fit"), 0),
    **dict.fromkeys(("validation", "validate", "valid", "val", "dev"), 1),
    **dict.fromkeys(("test", "testing", "holdout", "hold-out", "eval"), 2),
}
"""The side of the split that each word means."""


_GAPS: WeakKeyDictionary[store.Content, NDArray[np.bool_]] = WeakKeyDictionary()


class HeldColumn(Value):
    """A column of the table that the store holds."""

    name: str = Field(max_length=200, title="Name")
    kind: ColumnKind = Field("number", title="Kind")
    categories: tuple[str, ...] = Field((), max_length=1000, title="Categories")
    missing: int = Field(0, ge=0, le=MOST_VALUES, title="Missing values")

    @classmethod
    def of(cls, column: TableColumn) -> HeldColumn:
        """What is said of a column of a table."""
        return cls(name=column.name, kind=column.kind, categories=column.categories, missing=column.missing)


def is_held(column: TableColumn) -> bool:
    """Whether the store holds a column: texts of any kind stay behind, and what has no value at all."""
    if column.missing == len(column.values):
        return False
    return not column.coded or (bool(column.categories) and column.kind in ("category", "constant"))


def floats(column: TableColumn) -> Floats:
    """The values of a column, NaN where one is missing."""
    if not column.coded:
        return column.values.astype(np.float64)
    return np.where(column.values < 0, np.nan, column.values.astype(np.float64))


@record(eq=False)
class Holding:
    """Columns, and the content of the store with their values (rows, columns), NaN where one is missing."""

    columns: Sequence[HeldColumn]
    content: store.Content

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {column.name: place for place, column in enumerate(self.columns)}

    def of(self, names: Sequence[str], rows: NDArray[np.int64]) -> Floats:
        """The values of some columns in some rows.

        Raises:
            InvalidValue: when a code stands for no category.
        """
        places = [self._places[name] for name in names]
        found: Floats = self.content.raw[rows[:, np.newaxis], places].astype(np.float64, copy=False)
        for place, values in zip(places, found.T, strict=True):
            if self.columns[place].categories and not _fits(values, self.columns[place]):
                raise store.others()
        return found

    def lacking(self, names: Sequence[str]) -> NDArray[np.bool_]:
        """Whether each row lacks a value in one of these columns."""
        places = [self._places[name] for name in names]
        with_gaps = [place for place in places if self.columns[place].missing]
        if not with_gaps:
            return np.zeros(len(self.content.raw), bool)
        lacks: NDArray[np.bool_] = np.logical_or.reduce(_gaps(self.content)[with_gaps])
        return lacks

    def sides(self, name: str, rows: NDArray[np.int64]) -> NDArray[np.int8]:
        """The side of the split that a column of words for them gives each of these rows."""
        words = self.columns[self._places[name]].categories
        sides = np.array([SIDES[word.casefold()] for word in words], np.int8)
        return sides[self.of([name], rows)[:, 0].astype(np.int64)]


def _gaps(content: store.Content) -> NDArray[np.bool_]:
    """Whether each value of each column is missing, (columns, rows); looked for once."""
    if (found := _GAPS.get(content)) is None:
        found = _GAPS[content] = np.ascontiguousarray(np.isnan(content.raw.astype(np.float64, copy=False)).T)
    return found


def _fits(values: Floats, column: HeldColumn) -> bool:
    """Whether each value is the place of a category, or missing where some are."""
    whole = (values >= 0) & (values < len(column.categories)) & (values == np.floor(values))
    return bool((whole | np.isnan(values) if column.missing else whole).all())
