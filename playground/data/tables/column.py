"""A column of a table: its values as numbers or codes, and what it seems to hold."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from playground.data.tables.texts import Decimal
from playground.record import record

if TYPE_CHECKING:
    import polars as pl

ColumnKind: TypeAlias = Literal["number", "category", "text", "date", "id", "constant"]
"""What a column holds: `id` numbers the rows, or names them; `constant` has one value alone."""

KINDS: tuple[ColumnKind, ...] = ("number", "category", "text", "date", "id", "constant")

LEARNT_FROM: tuple[ColumnKind, ...] = ("number", "category")
"""The kinds of column that a network is given as a rule."""


@record(eq=False)
class TableColumn:
    """A column of a table.

    Attributes:
        values: (rows,) float64 with NaN where one is missing (dates in days since 1970), or int32 codes
            with −1 where one is missing.
        categories: what the codes stand for, in the order of numbers or of the alphabet; none for numbers and
            dates, and where there are too many different texts, whose code is then 0.
        missing: how many values are missing.
        decimal: the decimal sign of its texts.
        source: the texts that it was read from, None for what came as numbers.
    """

    name: str
    kind: ColumnKind
    values: NDArray[Any]
    categories: tuple[str, ...] = ()
    missing: int = 0
    decimal: Decimal = "."
    source: pl.Series | None = field(default=None, repr=False)

    @property
    def coded(self) -> bool:
        """Whether its values are codes."""
        return self.values.dtype.kind == "i"

    @property
    def low(self) -> float | None:
        """The smallest number; None for codes, and where there is none."""
        return None if self.coded or self.missing == len(self.values) else float(np.nanmin(self.values))

    @property
    def high(self) -> float | None:
        """The largest number; None for codes, and where there is none."""
        return None if self.coded or self.missing == len(self.values) else float(np.nanmax(self.values))

    def histogram(self, bins: int = 12) -> NDArray[np.int64]:
        """How many values lie in each of so many equal parts of its range, or how many are of each category.

        Of more categories than bins those that are there most often are counted, the most frequent first.
        """
        if self.coded:
            counts = np.bincount(self.values[self.values >= 0], minlength=len(self.categories))
            return counts if len(counts) <= bins else np.sort(counts)[::-1][:bins]
        low, high = self.low, self.high
        if low is None or high is None or low == high:
            counts = np.zeros(bins, np.int64)
            counts[0] = len(self.values) - self.missing
            return counts
        halves = self.values[~np.isnan(self.values)] / 2  # as the whole range may be larger than any number
        places = (halves - low / 2) / (high / 2 - low / 2) * bins
        return np.bincount(np.minimum(places.astype(np.intp), bins - 1), minlength=bins)
