"""Windows of one long series: what a network is given, and the steps behind it that it is to predict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

MOST_WINDOWS, MOST_NUMBERS = 250_000, 5_000_000
"""Windows, and numbers in all of them, that are kept; of a longer series some windows are passed over."""


@dataclass(frozen=True)
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

    def cut(self, values: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
        """Of a series (n, …) the windows (count, window, …), and what follows each, (count, horizon, …)."""
        whole = sliding_window_view(values, self.window + self.horizon, axis=0)
        pieces = np.moveaxis(whole, -1, 1)[:: self.stride]
        return pieces[:, : self.window], pieces[:, self.window :]
