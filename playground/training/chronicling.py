"""Who writes the chronicle of a run where nobody looks: at its waypoints, within a share of the time."""

from __future__ import annotations

from playground.training.budget import Budget
from playground.training.distributions import count_layers
from playground.training.trainer import Trainer
from playground.training.vitals import layer_vitals, note_layers, probe

SHARE = 0.25
"""The part of costly time that this may take: at first a twentieth of all, as waypoints are rarer later."""


class Chronicler:
    """Measures the layers of a trainer once in a while."""

    def __init__(self) -> None:
        self._budget = Budget()
        self._budget.share = SHARE

    def note(self, trainer: Trainer) -> None:
        """Write how its layers are, if there is time."""
        if not self._budget.allows() or not len(trainer.sides.train.inputs):
            return
        with self._budget:
            plan, _ = probe(trainer)
            nodes = trainer.network.graph.nodes
            note_layers(trainer, {node.layer.id: layer_vitals(trainer, node, plan) for node in nodes})
            count_layers(trainer, plan)
