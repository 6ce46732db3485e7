"""A laboratory that is to be opened."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from playground.labs import Laboratory
from playground.lessons.goals.base import Judgement, LessonGoal
from playground.lessons.observed import Observed
from playground.text import Text, say


def known_laboratory(kind: str) -> str:
    """The kind of a laboratory as it is.

    Raises:
        ValueError: when there is no such laboratory.
    """
    known = [member.tag() for member in Laboratory.members()]
    if kind not in known:
        raise ValueError(
            say(
                "goal.no_laboratory",
                "no laboratory is called {kind}; there are {known}",
                kind=kind,
                known=", ".join(known),
            )
        )
    return kind


class LaboratoryGoal(LessonGoal):
    kind: Literal["laboratory"] = "laboratory"
    title = "Laboratory"
    help = "A laboratory is to be in front."
    advice = "At the end of a lesson, for what goes on from there."

    laboratory: Annotated[str, AfterValidator(known_laboratory)] = Field(
        title="Laboratory", description="Which one, such as lines, losses or race."
    )

    @property
    def sentence(self) -> Text:
        named = next(each.named() for each in Laboratory.members() if each.tag() == self.laboratory)
        return say("goal.laboratory", "Open the laboratory {name}", name=named)

    def judge(self, observed: Observed) -> Judgement:
        return Judgement(observed.page == "labs" and observed.laboratory == self.laboratory)
