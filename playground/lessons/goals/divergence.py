"""The learning rate at which training begins to diverge, found within a share of itself."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from playground.lessons.goals.base import NOT_YET, Judgement, LessonGoal
from playground.lessons.observed import Observed
from playground.numbers.writing import percent, setting
from playground.text import Text, say


class DivergenceGoal(LessonGoal):
    kind: Literal["divergence"] = "divergence"
    title = "Divergence"
    help = "A rate is to be found that diverges, and one little below that does not."
    formula = "η(diverges) ≤ (1 + tolerance) · η(holds)"
    advice = "With all samples in one batch and a squared loss, where there is a sharp limit."

    tolerance: Annotated[float, Field(gt=0, le=1)] = Field(
        0.1, title="Tolerance", description="How far apart both rates may be, as a share: 0.1 is 10 %."
    )
    epochs: Annotated[int, Field(ge=1, le=100_000)] = Field(
        20, title="Epochs", description="How long a rate must have held, with a loss that fell."
    )

    @property
    def sentence(self) -> Text:
        return say(
            "goal.divergence",
            "The learning rate where it diverges, within {tolerance}",
            tolerance=percent(self.tolerance),
        )

    def judge(self, observed: Observed) -> Judgement:
        held = [trial.rate for trial in observed.trials if not trial.diverged and trial.epochs >= self.epochs]
        diverged = [trial.rate for trial in observed.trials if trial.diverged]
        if held and diverged:
            low, high = max(held), min(diverged)
            now = say(
                "goal.between_rates", "{low} holds, {high} diverges", low=setting(low), high=setting(high)
            )
            return Judgement(high <= (1 + self.tolerance) * low, now, min(1.0, low / high) if high else None)
        if diverged:
            now = say("goal.rate_diverges", "{rate} diverges", rate=setting(min(diverged)))
            return Judgement(False, now)
        if held:
            return Judgement(False, say("goal.rate_holds", "{rate} holds", rate=setting(max(held))))
        return NOT_YET
