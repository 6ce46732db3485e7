"""The base of goals on how many there are of something."""

# Without postponed annotations, for the sake of its members (see `base`).

from abc import abstractmethod
from typing import Annotated, Self

from pydantic import Field, model_validator

from playground.lessons.goals.base import Judgement, LessonGoal
from playground.lessons.observed import Observed
from playground.text import Text, say


class CountedGoal(LessonGoal):
    """At least, or at most, so many."""

    at_least: Annotated[int, Field(ge=1)] | None = Field(
        None, title="At least", description="So many at least; give this, the other bound, or both."
    )
    at_most: Annotated[int, Field(ge=0)] | None = Field(
        None, title="At most", description="So many at most; give this, the other bound, or both."
    )

    @model_validator(mode="after")
    def _some_bound(self) -> Self:
        if self.at_least is None and self.at_most is None:
            raise ValueError(say("goal.some_count", "needs “at_least” or “at_most”"))
        if self.at_least is not None and self.at_most is not None and self.at_least > self.at_most:
            raise ValueError(
                say("goal.count_crossed", "“at_least” is above “at_most”, so nobody can reach it")
            )
        return self

    @property
    def sentence(self) -> Text:
        counted, least, most = self.counted, self.at_least, self.at_most
        if least is None:
            return say("goal.at_most", "{counted}: {count} at most", counted=counted, count=most or 0)
        if most is None:
            return say("goal.at_least", "{counted}: {count} at least", counted=counted, count=least)
        if least == most:
            return say("goal.exactly", "{counted}: {count}", counted=counted, count=least)
        return say("goal.between", "{counted}: {low} to {high}", counted=counted, low=least, high=most)

    def judge(self, observed: Observed) -> Judgement:
        count = self.count(observed)
        low, high = self.at_least or 0, self.at_most
        reached = low <= count and (high is None or count <= high)
        share = min(1.0, count / low) if low else None
        return Judgement(reached, say("goal.count_now", "now {count}", count=count), share)

    @property
    @abstractmethod
    def counted(self) -> Text:
        """What is counted."""

    @abstractmethod
    def count(self, observed: Observed) -> int:
        """How many there are."""
