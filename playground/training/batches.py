"""Batches: which training samples each step takes, in which order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray


class Batches:
    """The order of the samples in the epoch under way.

    Attributes:
        size: samples of a whole batch.
        rest: samples of the short last batch, 0 when the batches come out even.
        whole: number of whole batches in an epoch.
    """

    def __init__(self, samples: int, size: int, shuffle: np.random.Generator | None) -> None:
        """Batches in the given order, or shuffled anew for each epoch."""
        self.size = size
        self.whole, self.rest = divmod(samples, size)
        self._generator = shuffle
        self._unshuffled = np.arange(samples)
        self._order = np.arange(samples)
        self.state: Mapping[str, Any] | None = None
        """The generator's state before the epoch under way was shuffled."""

    def begin_epoch(self) -> None:
        """Put the samples into the order of a new epoch."""
        if self._generator is not None:
            self.state = self._generator.bit_generator.state
            np.copyto(self._order, self._unshuffled)
            self._generator.shuffle(self._order)

    def orders(self, epochs: int) -> NDArray[np.int64]:
        """Those of so many epochs from the next one on, (epochs, samples), of which none is under way."""
        orders = np.tile(self._unshuffled, (epochs, 1))
        if self._generator is not None:
            for order in orders:
                self._generator.shuffle(order)
        return orders

    @property
    def order(self) -> NDArray[np.intp]:
        """All samples in the order of the epoch under way."""
        return self._order

    def rows(self, batch: int) -> NDArray[np.intp]:
        """The samples of that batch of the epoch, counted from 0; the short one comes last."""
        return self._order[batch * self.size : (batch + 1) * self.size]
