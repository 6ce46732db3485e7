"""The history of a run: one row an epoch, thinned as it grows, exact at both ends.

When the table is full, every second row goes and only every second epoch is recorded from then on, and so
forth; the row of the present moment is always there, until the next replaces it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

Column = NDArray[np.float64]

CAPACITY = 100_000
"""Rows that are kept of a run."""

SEEN = 2000
"""Rows that are looked at: a plot has no more places for them."""

FIRST = 256
"""Rows for which there is room at first."""


class History:
    """Columns of numbers by name, `epoch` and `step` first; a value that was not measured is NaN.

    Attributes:
        stride: only epochs that are multiples of this are kept.
    """

    def __init__(self, columns: Mapping[str, Column] | None = None, capacity: int | None = None) -> None:
        self._capacity = CAPACITY if capacity is None else capacity
        self._names: list[str] = []
        self._rows = np.empty((FIRST, 0))
        self._kept = 0
        self._latest = False  # whether the row after the kept ones is the present moment
        self.stride = 1
        self._columns: dict[str, Column] | None = None
        self._seen: dict[str, Column] | None = None
        if columns:
            self._take_back(columns)

    def _take_back(self, columns: Mapping[str, Column]) -> None:
        """Go on from rows that were recorded."""
        self.stride = _stride(columns["epoch"])
        for row in zip(*(column.tolist() for column in columns.values()), strict=True):
            self.record(dict(zip(columns, row, strict=True)))

    def wants(self, epoch: int) -> bool:
        """Whether the row of this epoch will be kept."""
        return epoch % self.stride == 0

    def record(self, values: Mapping[str, float]) -> None:
        """Write the row of the present moment, over an earlier one of the same epoch.

        `epoch` may be a fraction, which is never kept.
        """
        names = list(values)
        if names != self._names:
            self._name(names)
            values = {name: values.get(name, np.nan) for name in self._names}
        epoch = values["epoch"]
        if self._kept and epoch == self._rows[self._kept - 1, self._names.index("epoch")]:
            self._kept -= 1
        self._make_room(1)
        self._rows[self._kept] = list(values.values())
        self._latest = epoch % self.stride != 0
        if not self._latest:
            self._kept += 1
            if self._kept == self._capacity:
                self._thin()
        self._columns = self._seen = None

    def has_room(self, rows: int) -> bool:
        """Whether so many more can be kept as they are."""
        return self._kept + rows < self._capacity

    def record_many(self, values: Mapping[str, Any], rows: int) -> None:
        """The same as to record so many rows that are kept, one after the other; there must be room."""
        names = list(values)
        if names != self._names:
            self._name(names)
        self._make_room(rows)
        for place, name in enumerate(self._names):
            self._rows[self._kept : self._kept + rows, place] = values.get(name, np.nan)
        self._kept, self._latest = self._kept + rows, False
        self._columns = self._seen = None

    def _make_room(self, rows: int) -> None:
        """Have places for so many more."""
        while self._kept + rows > len(self._rows):
            self._rows = np.concatenate([self._rows, np.full_like(self._rows, np.nan)])

    def _name(self, names: list[str]) -> None:
        """Have a column of each name."""
        new = [name for name in names if name not in self._names]
        self._names += new
        self._rows = np.column_stack([self._rows, np.full((len(self._rows), len(new)), np.nan)])

    def columns(self) -> Mapping[str, Column]:
        """The columns, kept rows and then the present moment; copies, made once a change."""
        if self._columns is None:
            self._columns = self._copied(self._rows[: self._kept + self._latest])
        return self._columns

    def seen(self) -> Mapping[str, Column]:
        """The same for whoever looks: thinned in the same way, to fewer rows, and exact at both ends."""
        if self._seen is None:
            count, stride = self._kept + self._latest, 1
            while -(-count // stride) > SEEN:
                stride *= 2
            places = np.arange(0, count, stride)
            if count and places[-1] != count - 1:
                places = np.append(places, count - 1)
            self._seen = self._copied(self._rows[places])
        return self._seen

    def _copied(self, rows: NDArray[np.float64]) -> dict[str, Column]:
        return dict(zip(self._names, rows.T.copy(), strict=True))

    def _thin(self) -> None:
        self.stride *= 2
        epochs = self._rows[: self._kept, self._names.index("epoch")]
        keep = np.flatnonzero(epochs % self.stride == 0)
        self._rows[: len(keep)] = self._rows[keep]
        last_kept = bool(len(keep)) and keep[-1] == self._kept - 1
        if not last_kept:  # it stays as the present moment
            self._rows[len(keep)] = self._rows[self._kept - 1]
        self._kept = len(keep)
        self._latest = not last_kept


def _stride(epochs: Column) -> int:
    """The stride of recorded epochs: the largest power of two that all rows but the last are multiples of."""
    rows = epochs[:-1]
    if len(rows) < 2 or (rows % 1).any():
        return 1
    common = int(np.gcd.reduce(rows.astype(np.int64)))
    return (common & -common) or 1
