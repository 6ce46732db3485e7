"""The chronicle of a run: vital signs of its layers over the epochs, and how their numbers were spread.

It is bounded however long a run is, thinned as it grows, and a file keeps it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from playground.record import record
from playground.training.history import Column, History

BINS = 40

ROWS = 32
"""Epochs whose histograms are kept; when they are as many, every second goes."""

LOG_ROWS = 512
"""Rows of vital signs that are kept, thinned as a history is."""


class Histogram(NamedTuple):
    """How many numbers lie in each of equally wide bins between two ends; empty where there are none.

    Attributes:
        epoch: when that was.
        low, high: the ends.
        counts: (bins,)
        mean, deviation: of all numbers.
    """

    epoch: float
    low: float
    high: float
    counts: NDArray[np.int64]
    mean: float
    deviation: float

    @property
    def edges(self) -> NDArray[np.float64]:
        """(bins + 1,) where the bins begin and end."""
        return np.linspace(self.low, self.high, len(self.counts) + 1)

    @property
    def density(self) -> NDArray[np.float64]:
        """(bins,) the share of all numbers in each bin, by its width: its area is 1."""
        width = (self.high - self.low) / max(len(self.counts), 1)
        shares: NDArray[np.float64] = self.counts / max(int(self.counts.sum()) * width, 1e-300)
        return shares


Spread = tuple[Histogram, ...]
"""Of one quantity of one layer, an epoch behind the other, the present one last."""


class Kept:
    """Histograms of one quantity, thinned as they become many."""

    def __init__(self, rows: Spread = ()) -> None:
        self._rows = list(rows)
        gaps = np.diff([row.epoch for row in rows[:-1]])
        self._gap = max(float(gaps.min()), 0.0) if len(gaps) > ROWS // 4 else 0.0

    def record(self, row: Histogram) -> None:
        """Add the present one; the last stays only where it lies far enough from the one before."""
        rows = self._rows
        if len(rows) > 1 and rows[-1].epoch - rows[-2].epoch < max(self._gap, 1e-9):
            rows.pop()
        if rows and rows[-1].epoch == row.epoch:
            rows.pop()
        rows.append(row)
        if len(rows) > ROWS:
            self._gap = max(2 * self._gap, 2 * (rows[-1].epoch - rows[0].epoch) / ROWS)
            self._rows = [*rows[:-1:2], rows[-1]]

    def all(self) -> Spread:
        """From the first to the present one."""
        return tuple(self._rows)


@record(eq=False)
class KeptChronicle:
    """What a chronicle held at one moment; nobody changes it.

    Attributes:
        log: columns by name, `epoch` and then `<measured>.<layer id>`.
        spreads: by layer id and the name of a quantity.
    """

    log: Mapping[str, Column] = field(default_factory=dict)
    spreads: Mapping[tuple[str, str], Spread] = field(default_factory=dict)

    @cached_property
    def size(self) -> int:
        """About how many bytes it takes."""
        rows = sum(len(spread) for spread in self.spreads.values())
        return rows * (BINS + 5) * 8 + sum(column.nbytes for column in self.log.values())

    def until(self, epoch: float) -> KeptChronicle:
        """What it held at an epoch."""
        there = self.log["epoch"] <= epoch if self.log else np.zeros(0, bool)
        log = {name: column[there] for name, column in self.log.items()}
        spreads = {
            key: tuple(row for row in spread if row.epoch <= epoch) for key, spread in self.spreads.items()
        }
        return KeptChronicle(log if there.any() else {}, {key: rows for key, rows in spreads.items() if rows})


NOTHING_KEPT = KeptChronicle()


class Chronicle:
    """What is known of one run, which grows with it.

    Attributes:
        log: the vital signs, a row an epoch.
    """

    def __init__(self, known: KeptChronicle = NOTHING_KEPT) -> None:
        self.log = History(known.log, capacity=LOG_ROWS)
        self._spreads = {key: Kept(spread) for key, spread in known.spreads.items()}
        self._kept: KeptChronicle | None = None

    def note_signs(self, row: Mapping[str, float]) -> None:
        """Write the row of vital signs of the epoch under way."""
        self.log.record(row)
        self._kept = None

    def note_spread(self, layer_id: str, quantity: str, row: Histogram) -> None:
        """Add a histogram of the present."""
        self._spreads.setdefault((layer_id, quantity), Kept()).record(row)
        self._kept = None

    def kept(self) -> KeptChronicle:
        """All of it as it is now."""
        if self._kept is None:
            spreads = {key: kept.all() for key, kept in self._spreads.items()}
            self._kept = KeptChronicle(self.log.columns(), spreads)
        return self._kept
