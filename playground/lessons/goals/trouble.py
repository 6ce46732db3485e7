"""A trouble that the diagnosis finds, or finds no more."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, field_validator

from playground.analysis.diagnosis.trouble import Trouble
from playground.analysis.diagnosis.troubles import TROUBLES
from playground.lessons.goals.base import NOT_YET, Judgement, LessonGoal
from playground.lessons.observed import Observed
from playground.text import Text, say


class TroubleGoal(LessonGoal):
    kind: Literal["trouble"] = "trouble"
    title = "Trouble"
    help = (
        "The diagnosis is to find a trouble, such as a layer whose gradient vanishes, or to find it no more."
    )
    advice = "Let a trouble be made first, and cured in the next step."

    trouble: str = Field(title="Trouble", description="Which one, such as vanishing, dying or overfitting.")
    gone: bool = Field(
        False, title="Gone", description="Whether it is to be found no more, after some training."
    )
    after_epochs: int = Field(
        5, ge=0, le=100_000, title="After epochs", description="How long to train before its absence counts."
    )

    @field_validator("trouble")
    @classmethod
    def _known_trouble(cls, kind: str) -> str:
        known = [trouble.tag() for trouble in TROUBLES]
        if kind not in known:
            raise ValueError(
                say(
                    "goal.no_trouble",
                    "no trouble is called {kind}; there are {known}",
                    kind=kind,
                    known=", ".join(known),
                )
            )
        return kind

    @property
    def sentence(self) -> Text:
        named = next(each.named() for each in Trouble.members() if each.tag() == self.trouble)
        if self.gone:
            return say("goal.trouble_gone", "No diagnosis of “{trouble}” any more", trouble=named)
        return say("goal.trouble", "The diagnosis finds “{trouble}”", trouble=named)

    def judge(self, observed: Observed) -> Judgement:
        snapshot = observed.snapshot
        if snapshot is None or snapshot.vitals is None:
            return NOT_YET
        found = any(kind == self.trouble for kind, _ in observed.troubles)
        if not self.gone:
            return Judgement(found and snapshot.epoch > 0)
        return Judgement(not found and snapshot.epoch >= max(1, self.after_epochs))
