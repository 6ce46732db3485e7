"""A flat place, or the pass between two valleys."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import numpy as np
from pydantic import Field

from playground.analysis.diagnosis import cures
from playground.analysis.diagnosis.record import Record, median
from playground.analysis.diagnosis.trouble import Finding, Trouble
from playground.numbers.writing import magnitude, percent
from playground.text import say


class Plateau(Trouble):
    kind: Literal["plateau"] = "plateau"
    title = "Plateau or saddle"
    help = "The gradient is next to nothing before anything is learnt: the loss is flat here, or a saddle."
    formula = "‖∂L/∂W‖ of the hidden layers < g, and the loss fell by less than r lately"
    advice = "Wait, take momentum or Adam, a larger rate, or begin again from other weights."
    reference = "Dauphin et al. 2014."
    source = "Measured: in the examples, hidden layers have gradients above 0.02 until they have learnt."
    explained_by = ("vanishing", "symmetric", "dying", "saturated", "unscaled", "targets")

    length: float = Field(
        0.01, gt=0, le=1, title="g", description="A gradient that is shorter is next to nothing."
    )
    fall: float = Field(0.005, gt=0, lt=1, title="r", description="By how much the loss fell lately at most.")
    steps: int = Field(50, ge=1, le=100_000, title="Steps", description="How many there must have been.")
    skill: float = Field(
        0.3, ge=0, le=1, title="Skill", description="A network that does better than this is left alone."
    )

    def find(self, record: Record) -> Iterator[Finding]:
        nodes, slow = record.learning[:-1], record.step < self.steps or record.progress < 10
        if slow or not nodes or record.known > self.skill or not abs(record.fallen()) < self.fall:
            return
        norms = np.array([record.column(f"gradient_norm.{node.layer.id}") for node in nodes])
        whole = np.sqrt(np.square(norms).sum(axis=0))
        usual = median(whole[record.lately])
        if not 0 <= usual < self.length:
            return
        evidence = say(
            "trouble.plateau.evidence",
            "The gradient of the hidden layers is {length} long, and the loss fell by {fall} lately.",
            length=magnitude(usual),
            fall=percent(max(record.fallen(), 0.0)),
        )
        since = record.since(np.nan_to_num(whole, nan=np.inf) < self.length)
        yield Finding(self, evidence, since, cures=(cures.USE_ADAM, cures.FASTER, cures.BEGIN_BY_XAVIER))
