"""The gradient grows on its way back, or from the very first step is far too long."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import numpy as np
from pydantic import Field

from playground.analysis.diagnosis import cures
from playground.analysis.diagnosis.record import Record
from playground.analysis.diagnosis.trouble import Finding, Trouble
from playground.numbers.writing import magnitude
from playground.text import say


class Exploding(Trouble):
    kind: Literal["exploding"] = "exploding"
    title = "Exploding gradient"
    help = (
        "The gradient grows in each layer or time step on its way back: one step throws the weights far off."
    )
    formula = "‖∂L/∂W‖ > g from the first steps on"
    advice = "Clip the gradient, draw smaller initial weights, or take a smaller rate."
    reference = "Pascanu et al. 2013."
    source = "Measured: in the examples that learn well, no gradient is longer than 6."
    explained_by = ("unscaled",)

    length: float = Field(
        100.0, gt=0, le=1e6, title="g", description="A gradient that is longer counts as exploding."
    )
    within: int = Field(2, ge=1, le=100, title="Epochs", description="How soon it must be so long.")

    def find(self, record: Record) -> Iterator[Finding]:
        nodes = record.learning
        if len(nodes) < 2:  # of a single layer nothing grows
            return
        norms = np.array([record.column(f"gradient_norm.{node.layer.id}") for node in nodes])
        early = norms[:, record.epochs <= self.within]
        if not early.size or not np.nanmax(np.nan_to_num(early)) > self.length:
            return
        late = np.nan_to_num(norms[:, record.lately])
        if not late.max() > self.length:  # it was so, and has come to rest
            return
        worst = nodes[int(np.argmax(late.max(axis=1)))].layer.id
        longest = np.nan_to_num(norms).max(axis=0)
        evidence = say(
            "trouble.exploding.evidence",
            "The gradient of {layer} is up to {length} long.",
            layer=record.name(worst),
            length=magnitude(float(late.max())),
        )
        offered = (cures.CLIP, cures.BEGIN_BY_XAVIER, cures.SLOWER)
        grave = record.vitals.divergence is not None
        yield Finding(self, evidence, record.since(longest > self.length), worst, offered, grave)
