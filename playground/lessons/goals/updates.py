"""How many steps of training the run in front has taken."""

from __future__ import annotations

from typing import Literal

from playground.lessons.goals.counted import CountedGoal
from playground.lessons.observed import Observed
from playground.text import Text, say


class UpdatesGoal(CountedGoal):
    kind: Literal["updates"] = "updates"
    title = "Updates"
    help = "The run in front is to have taken so many steps, each of one batch."
    advice = "Where single steps of training are looked at."

    @property
    def counted(self) -> Text:
        return say("goal.updates", "Steps taken")

    def count(self, observed: Observed) -> int:
        return observed.snapshot.step if observed.snapshot else 0
