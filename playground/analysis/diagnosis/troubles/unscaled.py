"""Inputs of very different size: the loss is a narrow valley, and steps go zigzag across it."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite
from typing import Literal

from pydantic import Field

from playground.analysis.diagnosis import cures
from playground.analysis.diagnosis.record import Record
from playground.analysis.diagnosis.trouble import Finding, Trouble
from playground.engine.graph import INPUT
from playground.numbers.writing import figures
from playground.text import Text, say


class Unscaled(Trouble):
    kind: Literal["unscaled"] = "unscaled"
    title = "Unscaled inputs"
    help = "Inputs of very different size make the loss a narrow valley, across which the steps go zigzag."
    formula = "max σ / min σ > q, or |mean| > m · σ"
    advice = "Standardize the inputs: mean 0 and standard deviation 1."
    reference = "LeCun et al. 1998."
    source = "Measured: the inputs of the examples differ by a factor of 6 at most."

    factor: float = Field(
        15.0, gt=1, le=1e6, title="q", description="How many times the narrowest input the widest may be."
    )
    away: float = Field(
        10.0, gt=1, le=1e6, title="m", description="How many deviations the mean of an input may be from 0."
    )

    def find(self, record: Record) -> Iterator[Finding]:
        if (words := self._evidence(record)) is not None:
            yield Finding(self, words, 0.0, INPUT, (cures.STANDARDIZE,))

    def _evidence(self, record: Record) -> Text | None:
        data, names = record.vitals.data, record.experiment.data.input_names
        known = [(scale, place) for place, scale in enumerate(data.scales) if isfinite(scale) and scale > 0]
        if len(known) < 2 or len(names) != len(data.scales):
            return None
        (least, narrow), (most, wide) = min(known), max(known)
        if most > self.factor * least:
            return say(
                "trouble.unscaled.evidence",
                "{wide} varies by ± {most}, and {narrow} by ± {least}.",
                wide=names[wide],
                most=figures(most, 2),
                narrow=names[narrow],
                least=figures(least, 2),
            )
        far, place = max((abs(data.centres[place]) / scale, place) for scale, place in known)
        if far > self.away:
            return say(
                "trouble.unscaled.away",
                "{name} is {centre} on average, and varies by ± {scale} only.",
                name=names[place],
                centre=figures(data.centres[place], 3),
                scale=figures(data.scales[place], 2),
            )
        return None
