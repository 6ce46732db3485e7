"""Samples that are learnt from and tested with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from playground.analysis.diagnosis import cures
from playground.analysis.diagnosis.record import Record
from playground.analysis.diagnosis.trouble import Finding, Trouble
from playground.engine.graph import INPUT
from playground.numbers.writing import percent
from playground.text import say


class Leak(Trouble):
    kind: Literal["leak"] = "leak"
    title = "Leak into the test"
    help = "Test samples that were learnt from say nothing of new ones: the test loss is too good to be true."
    formula = "share of test samples among the training samples > l"
    advice = "Leave repeated rows out, and part the data so that what belongs together is on one side."
    reference = "Kaufman et al. 2012."
    source = "Measured: in the examples, 3 % of the test samples are training samples too at most."

    share: float = Field(
        0.1, gt=0, lt=1, title="l", description="The share of known test samples that is too much."
    )

    def find(self, record: Record) -> Iterator[Finding]:
        if not record.vitals.data.repeated > self.share:
            return
        words = say(
            "trouble.leak.evidence",
            "{share} of the test samples are among the training samples, value for value.",
            share=percent(record.vitals.data.repeated),
        )
        offered = () if record.experiment.data.split == "in_order" else (cures.SPLIT_IN_ORDER,)
        yield Finding(self, words, 0.0, INPUT, offered)
