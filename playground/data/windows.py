"""Windows of one long series: what a network is given, and the steps behind it that it is to predict."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from playground.data.dataset import Samples
from playground.randomness import Source
from playground.record import record

MOST_WINDOWS, MOST_NUMBERS = 250_000, 5_000_000
"""Windows, and numbers in all of them, that are kept; of a longer series some windows are passed over."""


@record
class Windows:
    """Windows of so many steps over a series, and the steps behind each; a step has `width` numbers."""

    series: int
    window: int
    horizon: int
    width: int = 1

    @property
    def possible(self) -> int:
        """How many there are when one begins at every step; the last ends with the series."""
        return max(self.series - self.window - self.horizon + 1, 0)

    @property
    def stride(self) -> int:
        """How many steps after another each begins: 1 unless that would be too many."""
        most = min(MOST_NUMBERS // (self.window * self.width), MOST_WINDOWS)
        return max(-(-self.possible // max(most, 1)), 1)

    @property
    def count(self) -> int:
        """How many are kept."""
        return -(-self.possible // self.stride)

    @property
    def overlap(self) -> int:
        """With how many of the next ones each has steps in common, those to be predicted included."""
        return (self.window + self.horizon - 1) // self.stride

    def behind(self, row: int) -> int:
        """The step behind one of those that are kept."""
        return row * self.stride + self.window

    def cut(self, values: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
        """Of a series (n, …) the windows (count, window, …), and what follows each, (count, horizon, …)."""
        whole = sliding_window_view(values, self.window + self.horizon, axis=0)
        pieces = np.moveaxis(whole, -1, 1)[:: self.stride]
        return pieces[:, : self.window], pieces[:, self.window :]


class CutInWindows(ABC):
    """What datasets have in common whose samples are windows of one series, each followed by the next."""

    continues = True
    grows = True

    @property
    @abstractmethod
    def windows(self) -> Windows:
        """The windows over it."""

    @abstractmethod
    def _samples(self, rows: NDArray[np.int64]) -> Samples:
        """Those of some windows."""

    @property
    def count(self) -> int:
        """How many windows there are."""
        return self.windows.count

    @property
    def overlap(self) -> int:
        """With how many of the next ones each has steps in common."""
        return self.windows.overlap

    def take(self, source: Source) -> Samples:
        """Those of all windows."""
        return self._samples(np.arange(self.count))

    def few(self, count: int, source: Source) -> Samples:
        """Those of about so many windows, from first to last."""
        return self._samples(np.linspace(0, self.count - 1, min(count, self.count)).astype(np.int64))
