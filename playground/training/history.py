"""The history of a run: one row an epoch, thinned as it grows, exact at both ends.

When the table is full, every second row goes and only every second epoch is recorded from then on, and so
forth; the row of the present moment is always there, until the next replaces it.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

Column = NDArray[np.float64]

CAPACITY = 2000


class History:
    """Columns of numbers by name, `epoch` and `step` first; a value that was not measured is NaN."""

    def __init__(self, columns: Mapping[str, Column] | None = None) -> None:
        self._names: list[str] = []
        self._rows = np.empty((CAPACITY + 1, 0))
        self._kept = 0
        self._latest = False  # whether the row after the kept ones is the present moment
        self.stride = 1
        """Only epochs that are multiples of this are kept."""
        self._columns: dict[str, Column] | None = None
        if columns:
            self.stride = _stride(columns["epoch"])
            for row in zip(*columns.values(), strict=True):
                self.record(dict(zip(columns, map(float, row), strict=True)))

    def wants(self, epoch: int) -> bool:
        """Whether the row of this epoch will be kept."""
        return epoch % self.stride == 0

    def record(self, values: Mapping[str, float]) -> None:
        """Write the row of the present moment, over an earlier one of the same epoch.

        `epoch` may be a fraction, which is never kept.
        """
        for name in values:
            if name not in self._names:
                self._names.append(name)
                self._rows = np.column_stack([self._rows, np.full(CAPACITY + 1, np.nan)])
        epoch = values["epoch"]
        if self._kept and epoch == self._rows[self._kept - 1, self._names.index("epoch")]:
            self._kept -= 1
        self._rows[self._kept] = [values.get(name, np.nan) for name in self._names]
        self._latest = not (epoch.is_integer() and self.wants(int(epoch)))
        if not self._latest:
            self._kept += 1
            if self._kept == CAPACITY:
                self._thin()
        self._columns = None

    def columns(self) -> Mapping[str, Column]:
        """The columns, kept rows and then the present moment; copies, made once a change."""
        if self._columns is None:
            rows = self._rows[: self._kept + self._latest].T.copy()
            self._columns = dict(zip(self._names, rows, strict=True))
        return self._columns

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
    """The stride of recorded epochs: all rows but the last are its multiples, none left out."""
    if len(epochs) < 3:
        return 1
    step = float(epochs[1] - epochs[0])
    return int(step) if step.is_integer() and step >= 1 else 1
