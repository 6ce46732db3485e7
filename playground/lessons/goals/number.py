"""A question that is answered by a number which the lesson knows."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from playground.lessons.goals.base import NOT_YET, Judgement
from playground.lessons.goals.question import QuestionGoal
from playground.lessons.observed import Observed
from playground.text import say


def judged(given: float | None, truth: float | None, tolerance: float) -> Judgement:
    """Whether an answer is near enough; what is said of a wrong one gives nothing away."""
    if given is None or truth is None:
        return NOT_YET
    if abs(given - truth) <= tolerance:
        return Judgement(True, say("goal.right", "right"))
    if given == -truth and truth:
        return Judgement(False, say("goal.other_sign", "look at the sign"))
    near = abs(given - truth) <= 5 * tolerance
    return Judgement(False, say("goal.near", "near, but not yet") if near else say("goal.wrong", "not yet"))


class NumberGoal(QuestionGoal):
    kind: Literal["number"] = "number"
    title = "Number"
    help = "A question is to be answered by a number."
    advice = (
        "For what can be worked out on paper; for numbers of the network itself take an entry of the trace."
    )
    asks = "number"

    value: float = Field(ge=-1e12, le=1e12, title="Value", description="The right answer.")
    tolerance: Annotated[float, Field(ge=0, le=1e12)] = Field(
        1e-6, title="Tolerance", description="How far from it an answer may be."
    )

    def judge(self, observed: Observed) -> Judgement:
        return judged(observed.given, self.value, self.tolerance)
