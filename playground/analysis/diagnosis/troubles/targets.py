"""Targets that the output can never give."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf
from typing import Literal

from pydantic import Field

from playground.analysis.diagnosis import cures
from playground.analysis.diagnosis.record import Record
from playground.analysis.diagnosis.trouble import Cure, Finding, Trouble
from playground.data.data import may_scale_targets
from playground.numbers.writing import figures
from playground.text import Text, say


class TargetsOutOfRange(Trouble):
    kind: Literal["targets"] = "targets"
    title = "Targets out of range"
    help = "The output's activation cannot give numbers as large or as small as some of the targets."
    formula = "min t < min f − ε or max t > max f + ε"
    advice = "Take a linear output for numbers, or scale the targets to its range."
    reference = "LeCun et al. 1998."
    source = "By definition: what lies outside of the range is never reached."

    margin: float = Field(0.01, ge=0, le=1, title="ε", description="How far outside a target may be.")

    def find(self, record: Record) -> Iterator[Finding]:
        output = record.experiment.network.output
        lowest, highest = record.vitals.data.targets
        if output is None:
            return
        low, high = output.output_range
        if not (lowest < low - self.margin or highest > high + self.margin):
            return
        words = say(
            "trouble.targets.evidence",
            "Targets go from {lowest} to {highest}, and the output from {low} to {high}.",
            lowest=figures(lowest, 3),
            highest=figures(highest, 3),
            low=_end(low),
            high=_end(high),
        )
        yield Finding(self, words, 0.0, output.id, self._cures(record), grave=True)

    def _cures(self, record: Record) -> tuple[Cure, ...]:
        output, data = record.experiment.network.output, record.experiment.data
        found = [cures.LINEAR_OUTPUT] if hasattr(output, "activation") else []
        if output is not None and may_scale_targets(data):
            found.append(cures.SCALE_TO_ONE if output.output_range[0] >= 0 else cures.SCALE_TARGETS)
        return tuple(found)


def _end(value: float) -> Text | str:
    if abs(value) == inf:
        return say("trouble.targets.any", "any number")
    return figures(value, 3)
