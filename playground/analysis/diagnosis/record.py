"""What a diagnosis goes by: an experiment, its history, and the vital signs of its layers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from math import nan
from typing import Self

import numpy as np
from numpy.typing import NDArray

from playground.engine.edits import label
from playground.engine.graph import Graph, Node
from playground.experiment import Experiment
from playground.text import Text
from playground.training.history import Column
from playground.training.snapshot import Snapshot
from playground.training.trainer import Trainer
from playground.training.vitals import Vitals

LATELY = 10.0
"""Epochs that count as the present; with many, the last fifth of all of them."""


@dataclass(frozen=True, eq=False)
class Record:
    """A run at one moment, with all that was measured on the way there."""

    experiment: Experiment
    progress: float
    step: int
    steps_per_epoch: int
    history: Mapping[str, Column]
    vitals: Vitals

    @classmethod
    def of(cls, trainer: Trainer, vitals: Vitals) -> Self:
        """That of a trainer."""
        history = trainer.recorder.history.seen()
        per_epoch = trainer.steps_per_epoch
        return cls(trainer.experiment, trainer.progress, trainer.step, per_epoch, history, vitals)

    @classmethod
    def shown(cls, snapshot: Snapshot) -> Self | None:
        """That of a snapshot; None where nothing was measured."""
        if snapshot.vitals is None:
            return None
        per_epoch, vitals = snapshot.steps_per_epoch, snapshot.vitals
        return cls(snapshot.experiment, snapshot.progress, snapshot.step, per_epoch, snapshot.history, vitals)

    # --- the network ---

    @cached_property
    def graph(self) -> Graph:
        """The network worked out."""
        return self.experiment.graph

    @cached_property
    def learning(self) -> tuple[Node, ...]:
        """The layers with weights that training moves, from the first to the output."""
        return tuple(
            node
            for node in self.graph.nodes
            if any(parameter.penalized for parameter in node.parameters)
            and not getattr(node.layer, "frozen", False)
        )

    def name(self, layer_id: str) -> Text:
        """What people call a layer."""
        return label(self.experiment.network, self.experiment.network.index(layer_id))

    # --- over the epochs ---

    @property
    def epochs(self) -> Column:
        """The epoch of each row of the history."""
        return self.history["epoch"]

    def column(self, name: str) -> Column:
        """A column of the history; all NaN where there is none."""
        return self.history.get(name, np.full(len(self.epochs), nan))

    @property
    def loss(self) -> Column:
        """The training loss."""
        return self.column("train_loss")

    @cached_property
    def skill(self) -> Column:
        """How much better than the best constant answer it does in training: 0 no better, 1 all right.

        For classes accuracy beyond that of always saying the commonest, for numbers R².
        """
        if not (counts := self.vitals.data.classes):
            return self.column("train_r2")
        commonest = max(counts) / sum(counts)
        return (self.column("train_accuracy") - commonest) / max(1 - commonest, 1e-9)

    @property
    def known(self) -> float:
        """The present skill; NaN before anything was measured."""
        return float(self.skill[-1]) if len(self.skill) else nan

    @cached_property
    def lately(self) -> NDArray[np.bool_]:
        """Which rows of the history count as the present."""
        return recent(self.epochs)

    def fallen(self) -> float:
        """By which share the training loss fell lately, its noise left out; NaN with few rows."""
        losses = self.loss[self.lately]
        if len(losses) < 6:
            return nan
        part = max(len(losses) // 4, 2)
        before, now = float(np.median(losses[:part])), float(np.median(losses[-part:]))
        return (before - now) / before if before > 0 else nan

    # --- of the layers over the epochs ---

    def vital(self, name: str, layer_id: str) -> Column:
        """What was measured of a layer, a value for each row of the log; all NaN where it never was."""
        log = self.vitals.log
        return log.get(f"{name}.{layer_id}", np.full(len(log.get("epoch", ())), nan))

    def usual(self, name: str, layer_id: str) -> float:
        """The median of what was measured of a layer lately; NaN where it was not."""
        if "epoch" not in self.vitals.log:
            return nan
        return median(self.vital(name, layer_id)[recent(self.vitals.log["epoch"])])

    def gradients(self, nodes: tuple[Node, ...]) -> NDArray[np.float64]:
        """The root mean square of a parameter's gradient, (layers, rows of the history)."""
        sizes = [sum(parameter.size for parameter in node.parameters) for node in nodes]
        return np.array(
            [
                self.column(f"gradient_norm.{node.layer.id}") / np.sqrt(size)
                for node, size in zip(nodes, sizes, strict=True)
            ]
        ).reshape(len(nodes), len(self.epochs))

    def since(self, holds: NDArray[np.bool_], epochs: Column | None = None) -> float:
        """The epoch of the first row from which on something holds in every row; the last row's at least."""
        epochs = self.epochs if epochs is None else epochs
        broken = np.flatnonzero(~holds)
        first = min(int(broken[-1]) + 1, len(epochs) - 1) if len(broken) else 0
        return float(epochs[first])


def recent(epochs: Column) -> NDArray[np.bool_]:
    """Which of these epochs count as the present."""
    if not len(epochs):
        return np.zeros(0, bool)
    late: NDArray[np.bool_] = epochs >= epochs[-1] - max(LATELY, epochs[-1] / 5)
    return late


def median(values: Column) -> float:
    """The median of those that are known; NaN of none."""
    known = values[~np.isnan(values)]
    return float(np.median(known)) if len(known) else nan
