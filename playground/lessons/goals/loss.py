"""A loss below or above a value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from playground.lessons.goals.measured import MeasuredGoal, Side, side_of
from playground.lessons.observed import Observed
from playground.numbers.writing import loss
from playground.text import Text, say

NAMES = {
    "train": say("goal.train_loss", "Training loss"),
    "validation": say("goal.validation_loss", "Validation loss"),
    "test": say("goal.test_loss", "Test loss"),
}


class LossGoal(MeasuredGoal):
    kind: Literal["loss"] = "loss"
    title = "Loss"
    help = "The loss on training, validation or test samples is to be below or above a value."
    advice = "For what a network is to learn; take the test loss, unless overfitting is the subject."

    of: Side = Field("test", title="Of", description="On which samples: train, validation or test.")

    @property
    def measured(self) -> Text:
        return NAMES[self.of]

    def value(self, observed: Observed) -> float | None:
        side = side_of(observed, self.of)
        return None if side is None else side.loss

    def series(self, history: Mapping[str, NDArray[np.float64]]) -> NDArray[np.float64] | None:
        return history.get(f"{self.of}_loss")

    def shown(self, value: float) -> Text:
        return say("goal.loss_now", "{loss}", loss=loss(value))
