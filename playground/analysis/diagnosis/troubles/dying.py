"""Rectifiers whose net input is negative for every sample."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from playground.analysis.diagnosis import cures
from playground.analysis.diagnosis.record import Record
from playground.analysis.diagnosis.trouble import Finding, Trouble
from playground.numbers.writing import percent
from playground.text import say


class Dying(Trouble):
    kind: Literal["dying"] = "dying"
    title = "Dying ReLU"
    help = "Dead units have a slope of 0 for every sample, so that no gradient brings them back."
    formula = "share of units with f′(z) = 0 for all samples ≥ d"
    advice = "Take leaky ReLU or ELU, a smaller rate, initial weights after He, or biases above 0."
    reference = "Lu et al. 2020."
    source = "Measured: in the examples that learn well, up to half of a layer is dead."
    explained_by = ("symmetric", "exploding")

    share: float = Field(0.7, gt=0, le=1, title="d", description="The share of dead units that is too many.")

    def find(self, record: Record) -> Iterator[Finding]:
        for layer_id, vitals in record.vitals.layers.items():
            if not vitals.dead >= self.share:
                continue
            log = record.vital("dead", layer_id)
            since = record.since(log >= self.share, record.vitals.log["epoch"])
            evidence = say(
                "trouble.dying.evidence",
                "{share} of the units of {layer} give 0 for every sample.",
                share=percent(vitals.dead),
                layer=record.name(layer_id),
            )
            offered = (cures.leak_on(layer_id), cures.BEGIN_BY_HE, cures.SLOWER)
            yield Finding(self, evidence, since, layer_id, offered, grave=vitals.dead == 1)
