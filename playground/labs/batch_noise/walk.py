"""A walk down by batches: every sample once an epoch, in a new order, and a step for each batch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import default_rng
from numpy.typing import NDArray

from playground.labs.batch_noise.samples import Floats, RegressionSamples
from playground.labs.race.racing import FAR_AWAY, Way


@dataclass(frozen=True, eq=False)
class BatchMoment:
    """Where a walk stands before a step.

    Attributes:
        epoch: the epoch under way, from 0.
        iteration: the step of this epoch that comes next, from 0.
        order: (n,) the samples in the order of this epoch.
        begin, end: which of these are the batch.
        w: the weights.
        slopes: (n, 2) the gradient of each sample there, by its number.
    """

    epoch: int
    iteration: int
    order: NDArray[np.int64]
    begin: int
    end: int
    w: Floats
    slopes: Floats

    @property
    def batch(self) -> NDArray[np.int64]:
        """The samples of the next step."""
        return self.order[self.begin : self.end]


class Walk:
    """Plain descent over some epochs.

    Attributes:
        way: where it went; shorter where it ran away.
        per_epoch: steps an epoch, the last of which may have fewer samples.
    """

    def __init__(
        self,
        samples: RegressionSamples,
        start: tuple[float, float],
        rate: float,
        batch: int,
        epochs: int,
        seed: int,
    ) -> None:
        count, chance = len(samples.targets), default_rng([seed, 1])
        self._samples, self._size = samples, min(batch, count)
        self.per_epoch = -(-count // self._size)
        self._orders = [chance.permutation(count) for _ in range(epochs)]
        self.way = self._walk(np.array(start, np.float64), rate, epochs)

    def _walk(self, w: Floats, rate: float, epochs: int) -> Way:
        places, lost = [w.copy()], False
        for step in range(epochs * self.per_epoch):
            rows = self._rows(step)
            inputs, targets = self._samples.inputs[rows], self._samples.targets[rows]
            w = w - rate * (inputs.T @ (inputs @ w - targets)) / len(rows)
            if lost := not np.abs(w).max() < FAR_AWAY:
                break
            places.append(w)
        way = np.array(places)
        return Way(way, self._samples.loss(way[:, 0], way[:, 1]), lost)

    def _rows(self, step: int) -> NDArray[np.int64]:
        epoch, iteration = divmod(step, self.per_epoch)
        return self._orders[epoch][iteration * self._size : (iteration + 1) * self._size]

    @property
    def length(self) -> int:
        """Steps that were done."""
        return len(self.way.places) - 1

    def moment(self, step: int) -> BatchMoment:
        """Where it stands after so many steps; the last batch again at the end."""
        step = min(step, len(self._orders) * self.per_epoch - 1, self.length)
        epoch, iteration = divmod(step, self.per_epoch)
        begin = iteration * self._size
        order, w = self._orders[epoch], self.way.places[step]
        end = min(begin + self._size, len(order))
        return BatchMoment(epoch, iteration, order, begin, end, w, self._samples.slopes(w))
