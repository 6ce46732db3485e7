"""Batch norm by the engine's own layer: what a sample becomes among others, in training and at test time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playground.engine.graph import Architecture
from playground.engine.layers import BatchNorm, Dense
from playground.engine.losses import SquaredError
from playground.engine.network import Network
from playground.randomness import Pcg64

Floats = NDArray[np.floating]

SIZES = (1, 2, 4, 8, 16, 32, 64)
DRAWS = 120
WARM_UP = 60
"""Batches that the running averages are taken from before anything is shown."""


@dataclass(frozen=True, eq=False)
class AmongOthers:
    """What becomes of one value of a sample in batches of many sizes.

    Attributes:
        sizes: of the batches, (n,).
        low, middle, high: of what it becomes in training, 5 %, 50 % and 95 %, (n,).
        spread: its standard deviation, (n,).
        at_test: what it becomes at test time.
    """

    sizes: Floats
    low: Floats
    middle: Floats
    high: Floats
    spread: Floats
    at_test: float


class NormalizedBatches:
    """A batch norm alone, its running averages taken from batches of the samples."""

    def __init__(self, inputs: Floats, batch: int, seed: int) -> None:
        """Running averages over batches of so many inputs (n, k)."""
        self._inputs, self._chance = inputs, np.random.default_rng(seed)
        layers = BatchNorm(id="norm"), Dense(id="output", units=1)
        self._network = Network(Architecture(layers=layers), (inputs.shape[1],), "float64")
        self._network.initialize(Pcg64(seed=seed).streams().init)
        for _ in range(WARM_UP):
            rows = self._chance.choice(len(inputs), min(batch, len(inputs)), replace=False)
            self.in_training(inputs[rows])
        self._kept = {name: values.copy() for name, values in self._running().items()}

    def in_training(self, batch: Floats) -> Floats:
        """What a batch (n, k) becomes in training."""
        plan = self._network.plan(len(batch), loss=SquaredError())
        plan.run(batch)
        return plan.values["norm"].T.copy()

    def at_test(self, inputs: Floats) -> Floats:
        """What inputs (n, k) become at test time."""
        return self._network.activations(inputs)["norm"].T.copy()

    def in_batches(self, batch: int) -> Floats:
        """All inputs (n, k), each among the others of its batch of one epoch."""
        found = np.empty_like(self._inputs)
        order = self._chance.permutation(len(self._inputs))
        for begin in range(0, len(order), batch):
            rows = order[begin : begin + batch]
            found[rows] = self.in_training(self._inputs[rows])
        return found

    def among_others(self, sample: int, column: int) -> AmongOthers:
        """What one value becomes, in batches of every size."""
        sizes = [size for size in SIZES if size <= len(self._inputs)]
        values = np.array([[self._once(sample, column, size) for _ in range(DRAWS)] for size in sizes])
        low, middle, high = np.quantile(values, (0.05, 0.5, 0.95), axis=1)
        for name, kept in self._kept.items():
            self._running()[name][:] = kept
        at_test = float(self.at_test(self._inputs[sample : sample + 1])[0, column])
        return AmongOthers(np.array(sizes, np.float64), low, middle, high, values.std(axis=1), at_test)

    def _once(self, sample: int, column: int, size: int) -> float:
        """What a value becomes in one batch of others, by the running averages that were taken."""
        for name, kept in self._kept.items():
            self._running()[name][:] = kept
        others = np.delete(np.arange(len(self._inputs)), sample)
        rows = np.append(sample, self._chance.choice(others, size - 1, replace=False))
        return float(self.in_training(self._inputs[rows])[0, column])

    def _running(self) -> dict[str, Floats]:
        return {name: values for (_, name), values in self._network.state.items()}
