"""The gradient is lost on its way back through many layers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import numpy as np
from pydantic import Field

from playground.analysis.diagnosis import cures
from playground.analysis.diagnosis.record import Record, median
from playground.analysis.diagnosis.trouble import Finding, Trouble
from playground.numbers.writing import magnitude
from playground.text import say


class Vanishing(Trouble):
    kind: Literal["vanishing"] = "vanishing"
    title = "Vanishing gradient"
    help = "The gradient shrinks in each layer on its way back, so that the first layers hardly learn."
    formula = "rms ∂L/∂W₁ < ε · max rms ∂L/∂Wₗ"
    advice = "Take ReLU, initial weights that suit the activation, batch norm, or skip connections."
    reference = "Hochreiter 1991; Glorot & Bengio 2010."
    source = "Measured: in the examples that learn well, no layer stays below a hundredth."
    explained_by = ("symmetric", "dying", "exploding")

    share: float = Field(
        1e-3, gt=0, lt=1, title="ε", description="How small a gradient is beside that of the strongest layer."
    )
    depth: int = Field(
        3, ge=2, le=50, title="Layers", description="How many layers with weights there are at least."
    )
    skill: float = Field(
        0.9, ge=0, le=1, title="Skill", description="A network that does better than this is left alone."
    )

    def find(self, record: Record) -> Iterator[Finding]:
        nodes = record.learning
        if len(nodes) < self.depth or record.known > self.skill:
            return
        gradients = record.gradients(nodes)
        largest = np.nanmax(np.nan_to_num(gradients), axis=0)
        shares = np.divide(gradients[0], largest, out=np.full(len(largest), np.nan), where=largest > 0)
        usual = median(shares[record.lately])
        if not 0 < usual < self.share:
            return
        strongest = nodes[int(np.argmax(np.nan_to_num(gradients[:, -1])))].layer.id
        first = nodes[0].layer.id
        evidence = say(
            "trouble.vanishing.evidence",
            "A weight of {first} has a gradient of {share} times that of one of {last}.",
            first=record.name(first),
            share=magnitude(usual),
            last=record.name(strongest),
        )
        below = np.nan_to_num(shares, nan=0.0) < self.share
        offered = (cures.USE_RELU, cures.BEGIN_BY_XAVIER, cures.NORMALIZE)
        yield Finding(self, evidence, record.since(below), first, offered, grave=True)
