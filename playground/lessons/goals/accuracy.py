"""An accuracy below or above a value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from playground.lessons.goals.measured import MeasuredGoal, Side, side_of
from playground.lessons.observed import Observed
from playground.numbers.writing import percent
from playground.text import Text, say

NAMES = {
    "train": say("goal.train_accuracy", "Training accuracy"),
    "validation": say("goal.validation_accuracy", "Validation accuracy"),
    "test": say("goal.test_accuracy", "Test accuracy"),
}


class AccuracyGoal(MeasuredGoal):
    kind: Literal["accuracy"] = "accuracy"
    title = "Accuracy"
    help = "The share of right answers, in percent, is to be below or above a value."
    advice = "For classes; what is to be done by hand has no epochs at all."

    of: Side = Field("test", title="Of", description="On which samples: train, validation or test.")

    @property
    def measured(self) -> Text:
        return NAMES[self.of]

    def value(self, observed: Observed) -> float | None:
        side = side_of(observed, self.of)
        found = None if side is None else side.metrics.get("accuracy")
        return None if found is None else 100 * found

    def series(self, history: Mapping[str, NDArray[np.float64]]) -> NDArray[np.float64] | None:
        found = history.get(f"{self.of}_accuracy")
        return None if found is None else 100 * found

    def bound(self, value: float) -> str:
        return percent(value / 100)

    def shown(self, value: float) -> Text:
        return say("goal.accuracy_now", "{accuracy}", accuracy=percent(value / 100, 1))
