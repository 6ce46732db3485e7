"""How far the test loss is above the training loss."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from playground.lessons.goals.measured import MeasuredGoal, side_of
from playground.lessons.observed import Observed
from playground.numbers.writing import loss
from playground.text import Text, say


class GapGoal(MeasuredGoal):
    kind: Literal["gap"] = "gap"
    title = "Gap"
    help = "The test loss less the training loss is to be below or above a value."
    formula = "L(test) − L(train)"
    advice = "For overfitting: first let it happen, then let it be cured."

    @property
    def measured(self) -> Text:
        return say("goal.gap", "Test loss − training loss")

    def value(self, observed: Observed) -> float | None:
        train, test = side_of(observed, "train"), side_of(observed, "test")
        return None if train is None or test is None else test.loss - train.loss

    def series(self, history: Mapping[str, NDArray[np.float64]]) -> NDArray[np.float64] | None:
        train, test = history.get("train_loss"), history.get("test_loss")
        return None if train is None or test is None else test - train

    def shown(self, value: float) -> Text:
        return say("goal.gap_now", "{gap}", gap=loss(value) if value > 0 else "≤ 0")
