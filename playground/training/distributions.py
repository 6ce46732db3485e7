"""How the numbers of each layer are spread, now and over the epochs, as histograms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field

import numpy as np

from playground.engine.arrays import Array
from playground.engine.graph import Node
from playground.engine.network import Network, Plan
from playground.record import record
from playground.training.budget import Budget
from playground.training.chronicle import BINS, Histogram, Spread
from playground.training.trainer import Trainer
from playground.training.vitals import SHARE, probe

MOST_COUNTED = 1 << 15
"""Numbers of a layer that go into a histogram; of more, as many are taken evenly."""


@record(eq=False)
class Distributions:
    """What there is of every layer.

    Attributes:
        since: the epoch of the first histogram.
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
    counts, edges = np.histogram(flat, BINS, _range(flat))
    return Histogram(
        epoch,
        float(edges[0]),
        float(edges[-1]),
        counts.astype(np.int64),
        float(flat.mean()),
        float(flat.std()),
    )


def _range(flat: Array) -> tuple[float, float]:
    """From the least to the largest; further where these are too near for so many bins between them."""
    low, high = float(flat.min()), float(flat.max())
    least = 2 * BINS * float(np.spacing(max(abs(low), abs(high))))
    if high - low > least:
        return low, high
    middle, half = low + (high - low) / 2, max(0.5, least)
    return middle - half, middle + half


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


def count_layers(trainer: Trainer, plan: Plan) -> None:
    """Write into the chronicle of a run how the numbers of its layers are spread, after a pass of samples."""
    for node in trainer.network.graph.nodes:
        for name, values in quantities(trainer.network, node, plan):
            if name == "gradients" and not trainer.machine.begun:
                continue
            if (row := histogram(trainer.progress, values)) is not None:
                trainer.recorder.chronicle.note_spread(node.layer.id, name, row)


@dataclass(eq=False)
class DistributionsObserver:
    """Counts the numbers of a trainer's layers, within a share of the time, while that is wanted."""

    trainer: Trainer
    _latest: Distributions | None = None
    _seen: tuple[object, ...] = ()
    _budget: Budget = field(default_factory=Budget)

    def see(self, running: bool, share: float = 1.0) -> Distributions:
        """What there is; the last as long as there is no time for more, or nothing has moved."""
        self._budget.share = SHARE * share
        trainer = self.trainer
        now = (trainer.step, trainer.network, trainer.experiment, trainer.recorder.chronicle)
        new = self._latest is None or now[3] is not self._seen[3]
        if new or (now != self._seen and (not running or self._budget.allows())):
            with self._budget if running and not new else nullcontext():
                self._count()
            self._seen = now
        assert self._latest is not None
        return self._latest

    def _count(self) -> None:
        trainer = self.trainer
        if len(trainer.sides.train.inputs):
            count_layers(trainer, probe(trainer)[0])
        found: dict[str, dict[str, Spread]] = {}
        for (layer_id, name), spread in trainer.recorder.chronicle.kept().spreads.items():
            found.setdefault(layer_id, {})[name] = spread
        begun = [spread[0].epoch for spreads in found.values() for spread in spreads.values()]
        self._latest = Distributions(min(begun, default=trainer.progress), found)
