"""How long the run in front has trained."""

from __future__ import annotations

from typing import Literal

from playground.lessons.goals.counted import CountedGoal
from playground.lessons.observed import Observed
from playground.text import Text, say


class EpochsGoal(CountedGoal):
    kind: Literal["epochs"] = "epochs"
    title = "Epochs"
    help = "The run in front is to have trained for so many epochs."
    advice = "Where it is enough to have watched."

    @property
    def counted(self) -> Text:
        return say("goal.epochs", "Epochs trained")

    def count(self, observed: Observed) -> int:
        return observed.snapshot.epoch if observed.snapshot else 0
