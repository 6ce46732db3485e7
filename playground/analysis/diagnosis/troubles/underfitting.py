"""A network that is too small for what there is to learn, or is given too little of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from playground.analysis.diagnosis import cures
from playground.analysis.diagnosis.record import Record
from playground.analysis.diagnosis.trouble import Finding, Trouble
from playground.numbers.writing import figures, percent
from playground.text import say


class Underfitting(Trouble):
    kind: Literal["underfitting"] = "underfitting"
    title = "Underfitting"
    help = "The network as it is cannot express what there is to learn: even training samples stay wrong."
    formula = "skill < k on the training samples, while the loss has stopped to fall"
    advice = "Take more neurons, one more layer, or inputs that tell more."
    reference = "Goodfellow et al. 2016."
    source = "Measured: the examples that learn well do better than this once their loss has stopped to fall."
    explained_by = (
        "vanishing", "exploding", "symmetric", "dying", "saturated", "rate_too_large", "rate_too_small",
        "plateau", "batch_too_large", "unscaled", "targets", "imbalance",
    )  # fmt: skip

    skill: float = Field(
        0.4, gt=0, le=1, title="k", description="How much better than the best constant answer is too little."
    )
    epochs: int = Field(30, ge=1, le=10_000, title="Epochs", description="How long it must have trained.")
    fall: float = Field(
        0.02, gt=0, lt=1, title="Fall", description="By how much the loss fell lately at most."
    )
    near: float = Field(
        0.05,
        gt=0,
        lt=1,
        title="Near",
        description="How far above the present loss it still counts as the same.",
    )

    def find(self, record: Record) -> Iterator[Finding]:
        if record.progress < self.epochs or not record.known < self.skill:
            return
        if not abs(record.fallen()) < self.fall:
            return
        words = say(
            "trouble.underfitting.evidence",
            "The training loss stays at {loss}: of what a constant answer gets wrong, {skill} is put right.",
            loss=figures(float(record.loss[-1]), 3),
            skill=percent(max(record.known, 0.0)),
        )
        since = record.since(record.loss < (1 + self.near) * record.loss[-1])
        yield Finding(self, words, since, cures=(cures.WIDEN, cures.DEEPEN))
