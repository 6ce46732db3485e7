"""So many samples a batch that an epoch has hardly an update."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from playground.analysis.diagnosis import cures
from playground.analysis.diagnosis.record import Record
from playground.analysis.diagnosis.trouble import Finding, Trouble
from playground.numbers.writing import figures, whole
from playground.text import say


class BatchTooLarge(Trouble):
    kind: Literal["batch_too_large"] = "batch_too_large"
    title = "Batch too large"
    help = "With so many samples a batch an epoch has hardly an update, and little is learnt of them."
    formula = "B > n / 4, while the skill is below k"
    advice = "Take 8 to 64 samples a batch."
    reference = "Masters & Luschi 2018; Keskar et al. 2017."
    source = "Literature: 2 to 32 learn best (Masters & Luschi 2018). Measured: the rest."
    explained_by = (
        "vanishing", "exploding", "symmetric", "dying", "saturated", "rate_too_large", "rate_too_small",
        "plateau", "unscaled", "targets",
    )  # fmt: skip

    updates: int = Field(3, ge=1, le=100, title="Updates", description="An epoch has so many at most.")
    samples: int = Field(
        100, ge=1, le=1_000_000, title="Samples", description="Of fewer, any batch is a large one."
    )
    epochs: int = Field(20, ge=1, le=10_000, title="Epochs", description="How long it must have trained.")
    skill: float = Field(
        0.5, ge=0, le=1, title="k", description="A network that does better than this is left alone."
    )

    def find(self, record: Record) -> Iterator[Finding]:
        experiment, samples = record.experiment, record.vitals.data.samples
        needed = experiment.takes_whole_graph or experiment.training.optimizer.full_batch
        if needed or samples < self.samples or record.steps_per_epoch > self.updates:
            return
        if record.progress < self.epochs or not record.known < self.skill:
            return
        words = say(
            "trouble.batch_too_large.evidence",
            "{epochs} epochs of {samples} samples made {steps} updates, and the loss is still {loss}.",
            epochs=whole(int(record.progress)),
            samples=whole(samples),
            steps=whole(record.step),
            loss=figures(float(record.loss[-1]), 3),
        )
        yield Finding(self, words, 0.0, cures=(cures.SMALLER_BATCHES, cures.FASTER, cures.USE_ADAM))
