"""How the numbers of each layer are spread, now and over the epochs, as histograms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from playground.engine.arrays import Array
from playground.engine.graph import Node
from playground.engine.network import Network, Plan
from playground.training.budget import Budget
from playground.training.trainer import Trainer
from playground.training.vitals import SHARE, probe

BINS = 40

MOST_COUNTED = 1 << 15
"""Numbers of a layer that go into a histogram; of more, as many are taken evenly."""

ROWS = 32
"""Epochs whose histograms are kept; when they are as many, every second goes."""


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


@dataclass(frozen=True, eq=False)
class Distributions:
    """What there is of every layer since it was looked at.

    Attributes:
        since: the epoch at which that began.
        layers: by layer id, by the name of the quantity: weights, biases, net_inputs, activations, gradients.
    """

    since: float
    layers: Mapping[str, Mapping[str, Spread]]


def histogram(epoch: float, values: Array) -> Histogram | None:
    """That of finite numbers, of any shape; None where there are none."""
    flat = values.ravel()
    if len(flat) > MOST_COUNTED:
        flat = flat[:: -(-len(flat) // MOST_COUNTED)]
    flat = flat[np.isfinite(flat)].astype(np.float64)
    if not len(flat):
        return None
    counts, edges = np.histogram(flat, BINS)
    return Histogram(
        epoch,
        float(edges[0]),
        float(edges[-1]),
        counts.astype(np.int64),
        float(flat.mean()),
        float(flat.std()),
    )


def quantities(network: Network, node: Node, plan: Plan) -> Iterator[tuple[str, Array]]:
    """The numbers of a layer, by name, after a pass of samples."""
    layer_id = node.layer.id
    pieces = [_parts(network, node, vector) for vector in (None, network.gradients)]
    weights, biases = pieces[0]
    if len(weights):
        yield "weights", weights
    if len(biases):
        yield "biases", biases
    if (z := plan.net_inputs.get(layer_id)) is not None:
        yield "net_inputs", z
    yield "activations", plan.values[layer_id]
    if len(weights):
        yield "gradients", pieces[1][0]


def _parts(network: Network, node: Node, vector: Array | None) -> tuple[Array, Array]:
    """A layer's own weights, which regularizers see, and all its other parameters, each as a row."""
    found: tuple[list[Array], list[Array]] = ([], [])
    for parameter in node.parameters:
        block = network.block(node.layer.id, parameter.name, vector)
        for name, part in parameter.parts.items():
            found[name not in parameter.penalized].append(block[part].ravel())
    weights, others = (np.concatenate(rows) if rows else np.empty(0, network.dtype) for rows in found)
    return weights, others


class Kept:
    """Histograms of one quantity, thinned as they become many."""

    def __init__(self) -> None:
        self._rows: list[Histogram] = []
        self._gap = 0.0

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


@dataclass(eq=False)
class DistributionsObserver:
    """Counts the numbers of a trainer's layers, within a share of the time, while that is wanted."""

    trainer: Trainer
    _kept: dict[tuple[str, str], Kept] = field(default_factory=dict)
    _since: float = 0.0
    _latest: Distributions | None = None
    _of: tuple[object, ...] = ()
    _seen: tuple[object, ...] = ()
    _budget: Budget = field(default_factory=Budget)

    def see(self, running: bool, share: float = 1.0) -> Distributions:
        """What there is; the last as long as there is no time for more, or nothing has moved."""
        self._budget.share = SHARE * share
        trainer = self.trainer
        run, now = (trainer.recorder.history,), (trainer.step, trainer.network, trainer.experiment)
        if self._latest is None or run[0] is not self._of[0]:
            self._kept, self._since, self._of = {}, trainer.progress, run
            self._count(now)
        elif now != self._seen and (not running or self._budget.allows()):
            with self._budget if running else nullcontext():
                self._count(now)
        assert self._latest is not None
        return self._latest

    def forget(self) -> None:
        """Nobody looks any more: what comes later begins anew."""
        self._latest = None

    def _count(self, now: tuple[object, ...]) -> None:
        trainer = self.trainer
        if len(trainer.sides.train.inputs):
            plan, _ = probe(trainer)
            for node in trainer.network.graph.nodes:
                self._count_layer(node, plan)
        self._seen = now
        found: dict[str, dict[str, Spread]] = {}
        for (layer_id, name), kept in self._kept.items():
            found.setdefault(layer_id, {})[name] = kept.all()
        self._latest = Distributions(self._since, found)

    def _count_layer(self, node: Node, plan: Plan) -> None:
        trainer = self.trainer
        for name, values in quantities(trainer.network, node, plan):
            if name == "gradients" and not trainer.machine.begun:
                continue
            if (row := histogram(trainer.progress, values)) is not None:
                self._kept.setdefault((node.layer.id, name), Kept()).record(row)
