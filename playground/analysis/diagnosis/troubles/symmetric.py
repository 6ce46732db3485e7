"""Units of a layer that all have the same weights."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from playground.analysis.diagnosis import cures
from playground.analysis.diagnosis.record import Record
from playground.analysis.diagnosis.trouble import Finding, Trouble
from playground.text import say


class Symmetric(Trouble):
    kind: Literal["symmetric"] = "symmetric"
    title = "Symmetric weights"
    help = "Units with the same weights get the same gradient, and stay the same for ever: they count as one."
    formula = "maxⱼ ‖wⱼ − w₁‖ < ε · maxⱼ ‖wⱼ‖ after a step"
    advice = "Draw initial weights by chance."
    reference = "Rumelhart et al. 1986."
    source = "By definition: the weights are equal but for rounding."

    distance: float = Field(
        1e-5, gt=0, le=0.1, title="ε", description="How far apart the weights of two units are at least."
    )

    def find(self, record: Record) -> Iterator[Finding]:
        if not record.step:
            return
        for node in record.learning[:-1]:
            layer_id = node.layer.id
            vitals = record.vitals.layers.get(layer_id)
            if vitals is None or not vitals.difference < self.distance:
                continue
            words = say(
                "trouble.symmetric.evidence", "All units of {layer} have the same weights.",
                layer=record.name(layer_id),
            )  # fmt: skip
            if vitals.weight_norm == 0:
                words = say(
                    "trouble.symmetric.zeros", "All weights of {layer} are 0.", layer=record.name(layer_id)
                )
            log = record.vital("difference", layer_id)
            since = record.since(log < self.distance, record.vitals.log["epoch"])
            offered = (cures.BEGIN_BY_XAVIER, cures.BEGIN_BY_HE)
            yield Finding(self, words, since, layer_id, offered, grave=True)
