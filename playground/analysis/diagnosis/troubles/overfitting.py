"""What is learnt is true of the training samples alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import numpy as np
from pydantic import Field

from playground.analysis.diagnosis import cures
from playground.analysis.diagnosis.record import Record
from playground.analysis.diagnosis.trouble import Cure, Finding, Trouble
from playground.engine.stopping import NoStopping
from playground.numbers.writing import figures, whole
from playground.text import say


class Overfitting(Trouble):
    kind: Literal["overfitting"] = "overfitting"
    title = "Overfitting"
    help = "The network learns what is true of the training samples alone, and does worse on all others."
    formula = "L_test > (1 + o) · min L_test, while L_train falls"
    advice = "Stop early, penalize weights, drop out, take more samples or fewer neurons."
    reference = "Prechelt 1998."
    source = "Literature: 5 % above the lowest (Prechelt 1998). Measured: 30 % leaves noise out."

    rise: float = Field(
        0.3, gt=0, le=10, title="o", description="How far the test loss is above its lowest, as a share."
    )
    epochs: int = Field(10, ge=1, le=10_000, title="Epochs", description="How long ago its lowest must be.")
    gap: float = Field(
        1.3, ge=1, le=100, title="Gap", description="How many times the training loss it is at least."
    )
    solved: float = Field(
        0.2,
        ge=0,
        le=1,
        title="Solved",
        description="A test loss below this share of the first is good enough.",
    )

    def find(self, record: Record) -> Iterator[Finding]:
        side = "validation_loss" if record.experiment.data.steers else "test_loss"
        tested, trained, epochs = record.column(side), record.loss, record.epochs
        if len(tested) < 8 or not np.isfinite(tested).all():
            return
        lowest = int(np.argmin(tested))
        now, least = float(np.median(tested[-5:])), float(tested[lowest])
        learnt = float(np.median(trained[-5:]))
        long_ago = epochs[-1] - epochs[lowest] >= self.epochs
        if not (long_ago and now > (1 + self.rise) * least and learnt < trained[lowest]):
            return
        if now < max(self.gap * learnt, self.solved * tested[0]):
            return
        words = say(
            "trouble.overfitting.evidence",
            "The test loss was {least} at epoch {epoch} and is {now}; the training loss fell to {learnt}.",
            least=figures(least, 3),
            epoch=whole(round(float(epochs[lowest]))),
            now=figures(now, 3),
            learnt=figures(learnt, 3),
        )
        yield Finding(self, words, float(epochs[lowest]), cures=self._cures(record))

    def _cures(self, record: Record) -> tuple[Cure, ...]:
        experiment = record.experiment
        found = [cures.PENALIZE, cures.DROP_OUT]
        if isinstance(experiment.training.stopping, NoStopping) and not experiment.data.dataset.are_nodes:
            found.insert(0, cures.STOP_EARLY)
        if hasattr(experiment.data.dataset, "samples"):
            found.append(cures.MORE_SAMPLES)
        return tuple(found)
