"""Vital signs: what is measured of each layer, now and over the epochs, to tell whether it is well."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field, fields
from math import nan

import numpy as np
from numpy.typing import NDArray

from playground.engine.arrays import Array, norm
from playground.engine.graph import Node
from playground.engine.metrics import border, classify
from playground.engine.network import Network, Plan
from playground.record import record
from playground.training.budget import Budget
from playground.training.data_vitals import DataVitals
from playground.training.effective_rank import COMPARED, layer_rank
from playground.training.history import Column
from playground.training.machine import Divergence
from playground.training.measures import CodedSamples
from playground.training.trainer import Trainer
from playground.training.unit_shares import unit_shares

PROBED = 256
"""Training samples that go through the network to measure its layers, evenly taken from all."""

SHARE = 0.1
"""The part of the time for what is costly that measuring may take: a fiftieth of all."""


@record
class LayerVitals:
    """One layer at one moment; NaN where there is no such number.

    Attributes:
        gradient_norm: Euclidean length of the gradient of all its parameters at the last step.
        weight_norm: that of its weights.
        update_ratio: how long the last step of its weights was beside them, ‖Δw‖ / ‖w‖.
        spread: standard deviation of its net inputs over units and samples.
        dead, always_on, saturated: shares of 0 to 1 (see `UnitShares`).
        similarity: mean size of the cosine between the weights of two units.
        difference: how far apart the weights of two units are at most, beside their length; 0 when alike.
        rank: in how many directions the activations of its units vary (see `effective_rank`).
    """

    gradient_norm: float = nan
    weight_norm: float = nan
    update_ratio: float = nan
    spread: float = nan
    dead: float = nan
    always_on: float = nan
    saturated: float = nan
    similarity: float = nan
    difference: float = nan
    rank: float = nan


MEASURED = tuple(each.name for each in fields(LayerVitals))
"""What is measured of a layer, by name."""


@record(eq=False)
class Vitals:
    """A network at one moment, and on the way there since it was looked at.

    Attributes:
        layers: by layer id.
        log: columns by name, `epoch` and then `<measured>.<layer id>`, thinned as a history is.
        recalls: (classes,) which share of each class was taken for it; empty for numbers.
        data: what was found of the data.
        divergence: where training broke down; None while all is finite.
    """

    layers: Mapping[str, LayerVitals]
    log: Mapping[str, Column]
    data: DataVitals
    recalls: tuple[float, ...] = ()
    divergence: Divergence | None = None


def probe(trainer: Trainer) -> tuple[Plan, NDArray[np.intp]]:
    """A pass of some training samples, as at test time, and which of them; a graph passes as a whole."""
    network, samples = trainer.network, trainer.sides.train
    count = len(samples.inputs)
    if samples.whole is not None:
        plan, *_ = samples.whole.answer(network, samples.whole.of_samples[samples.split.rows])
        return plan, np.arange(count)
    rows = np.linspace(0, count - 1, min(count, PROBED, network.chunk)).astype(np.intp)
    plan = network.plan(len(rows))
    plan.run(samples.inputs[rows, :-1])
    return plan, rows


def weight_rows(network: Network, node: Node, vector: Array | None = None) -> Array | None:
    """The weights of a layer's own units, (units, inputs), or of another vector; None without any."""
    for parameter in node.parameters:
        if parameter.penalized:
            piece = network.block(node.layer.id, parameter.name, vector)
            piece = piece[parameter.parts[parameter.penalized[0]]]
            return piece.reshape(-1, piece.shape[-1])
    return None


def layer_vitals(trainer: Trainer, node: Node, plan: Plan) -> LayerVitals:
    """What is measured of one layer, by a pass of samples."""
    network, layer_id = trainer.network, node.layer.id
    z = plan.net_inputs.get(layer_id)
    activation = getattr(node.layer, "activation", None)
    shares = unit_shares(activation, z, plan.values[layer_id], node.shape)
    found = {"spread": nan if z is None else float(z.std()), **shares._asdict()}
    if (span := network.spans().get(layer_id)) is not None and trainer.machine.begun:
        found["gradient_norm"] = norm(network.gradients[span])
    if (weights := weight_rows(network, node)) is not None:
        found |= _of_weights(weights)
        found["rank"] = layer_rank(plan.values[layer_id], node.shape)
        moved = weight_rows(network, node, trainer.update.moved)
        frozen = getattr(node.layer, "frozen", False)
        if moved is not None and trainer.machine.begun and not frozen and found["weight_norm"]:
            found["update_ratio"] = norm(moved.ravel()) / found["weight_norm"]
    return LayerVitals(**found)


def _of_weights(weights: Array) -> dict[str, float]:
    found = {"weight_norm": norm(weights.ravel())}
    some = weights[:COMPARED].astype(np.float64)
    if len(some) < 2:
        return found
    lengths = np.sqrt(np.square(some).sum(axis=1))
    longest = float(lengths.max())
    apart = np.sqrt(np.square(some - some[0]).sum(axis=1))
    found["difference"] = float(apart.max() / longest) if longest else 0.0
    if lengths.all():
        unit = some / lengths[:, np.newaxis]
        cosines = np.abs(unit @ unit.T)
        found["similarity"] = float((cosines.sum() - len(unit)) / (len(unit) * (len(unit) - 1)))
    return found


def _recalls(trainer: Trainer, samples: CodedSamples, outputs: Array, rows: NDArray[np.intp]) -> Array:
    """(classes,) which share of each class was taken for it; NaN where there was none."""
    classes, labels = trainer.data.task.classes, samples.split.truth[rows].astype(np.intp)
    right = classify(outputs.T, border(trainer.sides.low)) == labels
    there = np.bincount(labels, minlength=classes)
    hits = np.bincount(labels[right], minlength=classes)
    shares: Array = np.divide(hits, there, out=np.full(classes, nan), where=there > 0)
    return shares


def note_layers(trainer: Trainer, layers: Mapping[str, LayerVitals]) -> None:
    """Write into the chronicle of a run what was measured of its layers."""
    chronicle = trainer.recorder.chronicle
    known, row = chronicle.log.columns(), {"epoch": float(trainer.epoch)}
    for layer_id, vitals in layers.items():
        for name in MEASURED:
            value = getattr(vitals, name)
            if value == value or f"{name}.{layer_id}" in known:
                row[f"{name}.{layer_id}"] = value
    chronicle.note_signs(row)


@dataclass(eq=False)
class VitalsObserver:
    """Measures a trainer, within a share of the time, and keeps what it found."""

    trainer: Trainer
    _latest: Vitals | None = None
    _of: tuple[object, ...] = ()
    _measured: tuple[object, ...] = ()
    _data: DataVitals | None = None
    _budget: Budget = field(default_factory=Budget)

    def see(self, running: bool, share: float = 1.0) -> Vitals:
        """The vital signs; the last ones as long as there is no time for others, or nothing has moved.

        `share` is the part of the time that this run may take, beside others that are seen.
        """
        self._budget.share = SHARE * share
        trainer = self.trainer
        run = (trainer.recorder.chronicle, trainer.network, trainer.data, trainer.sides)
        now = (trainer.step, trainer.divergence, trainer.experiment)
        fresh = self._latest is None or any(a is not b for a, b in zip(run, self._of, strict=True))
        if fresh or (now != self._measured and (not running or self._budget.allows())):
            with self._budget if running and not fresh else nullcontext():  # the first takes longest
                self._begin(run)
                self._measure()
            self._measured = now
        assert self._latest is not None
        return self._latest

    def _begin(self, run: tuple[object, ...]) -> None:
        """Forget what belongs to another run, or to other data."""
        _, _, data, sides = run
        if not self._of or data is not self._of[2] or sides is not self._of[3]:
            self._data = None
        self._of = run

    def _measure(self) -> None:
        trainer = self.trainer
        if self._data is None:
            self._data = DataVitals.of(trainer)
        if not len(trainer.sides.train.inputs):
            self._latest = Vitals({}, {}, self._data)
            return
        plan, rows = probe(trainer)
        nodes = trainer.network.graph.nodes
        layers = {node.layer.id: layer_vitals(trainer, node, plan) for node in nodes}
        note_layers(trainer, layers)
        samples, outputs = trainer.sides.train, plan.outputs
        if samples.whole is not None:
            outputs = outputs[:, samples.whole.of_samples[samples.split.rows]]
        recalls = _recalls(trainer, samples, outputs, rows) if trainer.data.task.classes else ()
        log, shares = trainer.recorder.chronicle.log.columns(), tuple(map(float, recalls))
        self._latest = Vitals(layers, log, self._data, shares, trainer.divergence)
