"""Steps so short that nothing comes of them."""

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


class RateTooSmall(Trouble):
    kind: Literal["rate_too_small"] = "rate_too_small"
    title = "Rate too small"
    help = "Each step moves the weights by so little that they stay where they were drawn."
    formula = "‖Δw‖ / ‖w‖ < u in every layer, while the loss hardly falls"
    advice = "Take a larger rate: a step of about a thousandth of the weights is usual."
    reference = "Karpathy, CS231n, 2015."
    source = "Literature: 10⁻³ is usual (CS231n). Measured: the examples stay above 10⁻⁴ at first."
    explained_by = ("vanishing", "symmetric", "dying", "saturated", "plateau", "unscaled")

    ratio: float = Field(
        5e-5, gt=0, le=0.1, title="u", description="An update beside its weights that is too short."
    )
    fall: float = Field(
        0.02, gt=0, lt=1, title="Fall", description="By how much the loss fell lately at most."
    )
    epochs: int = Field(10, ge=1, le=10_000, title="Epochs", description="How long it must have been so.")
    skill: float = Field(
        0.7, ge=0, le=1, title="Skill", description="A network that does better than this is left alone."
    )

    def find(self, record: Record) -> Iterator[Finding]:
        if record.progress < self.epochs or record.known > self.skill or not record.fallen() < self.fall:
            return
        ratios = [record.usual("update_ratio", node.layer.id) for node in record.learning]
        largest = max((ratio for ratio in ratios if ratio == ratio), default=np.nan)
        if not 0 < largest < self.ratio:
            return
        evidence = say(
            "trouble.rate_too_small.evidence",
            "A step moves the weights by {ratio} of their size at most, where 10⁻³ is usual.",
            ratio=magnitude(largest),
        )
        logs = np.array([record.vital("update_ratio", node.layer.id) for node in record.learning])
        small = np.nan_to_num(logs).max(axis=0) < self.ratio
        since = record.since(small, record.vitals.log["epoch"])
        yield Finding(self, evidence, since, cures=(cures.FASTER, cures.USE_ADAM))
