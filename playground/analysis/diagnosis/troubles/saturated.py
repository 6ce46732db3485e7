"""Hidden units that sit where their activation is flat."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from playground.analysis.diagnosis import cures
from playground.analysis.diagnosis.record import Record
from playground.analysis.diagnosis.trouble import Finding, Trouble
from playground.numbers.writing import percent
from playground.text import say


class Saturated(Trouble):
    kind: Literal["saturated"] = "saturated"
    title = "Saturation"
    help = "Net inputs are so large that the activation is flat there, and hardly any gradient comes through."
    formula = "share of values with |f′(z)| < 0.05 max |f′| ≥ s"
    advice = "Draw smaller initial weights, scale the inputs, add batch norm, or take ReLU."
    reference = "Glorot & Bengio 2010."
    source = "Measured: the examples that learn well stay below 0.6 as long as they do poorly."
    explained_by = ("unscaled", "rate_too_large")

    share: float = Field(
        0.7, gt=0, le=1, title="s", description="The share of saturated values that is too many."
    )
    skill: float = Field(
        0.7, ge=0, le=1, title="Skill", description="A network that does better than this is left alone."
    )

    def find(self, record: Record) -> Iterator[Finding]:
        output = record.experiment.network.output
        if not record.step or not record.known < self.skill:
            return
        for layer_id, vitals in record.vitals.layers.items():
            if (output and layer_id == output.id) or not vitals.saturated >= self.share:
                continue
            log = record.vital("saturated", layer_id)
            evidence = say(
                "trouble.saturated.evidence",
                "{share} of the values of {layer} lie where its activation is flat.",
                share=percent(vitals.saturated),
                layer=record.name(layer_id),
            )
            since = record.since(log >= self.share, record.vitals.log["epoch"])
            offered = (cures.BEGIN_BY_XAVIER, cures.NORMALIZE, cures.USE_RELU)
            yield Finding(self, evidence, since, layer_id, offered)
