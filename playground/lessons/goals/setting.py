"""A setting that has a value: one of some, or one within bounds."""

# Without postponed annotations, for the sake of what pydantic builds of it.

from typing import Literal, Self

from pydantic import Field, model_validator

from playground.experiment import Experiment
from playground.lessons.goals.base import NOT_YET, Judgement, LessonGoal
from playground.lessons.goals.paths import NOT_THERE, found_at, path_problem, shown_path, shown_value
from playground.lessons.observed import Observed
from playground.numbers.writing import setting as number
from playground.text import Text, either, say


class SettingGoal(LessonGoal):
    kind: Literal["setting"] = "setting"
    title = "Setting"
    help = "A setting is to have one of some values, or one within bounds."
    advice = "For an optimizer that is to be chosen, a batch size, an activation or a share of dropout."

    path: str = Field(
        title="Path", description="Which setting, such as training.optimizer.kind or layers.hidden.units."
    )
    is_one_of: tuple[bool | int | float | str, ...] = Field(
        (), title="Is one of", description="The values that it may have; kinds by their names in files."
    )
    at_least: float | None = Field(None, title="At least", description="The lowest value that counts.")
    at_most: float | None = Field(None, title="At most", description="The highest value that counts.")

    @model_validator(mode="after")
    def _some_value(self) -> Self:
        if not self.is_one_of and self.at_least is None and self.at_most is None:
            raise ValueError(say("goal.some_value", "needs “is_one_of”, “at_least” or “at_most”"))
        return self

    @property
    def sentence(self) -> Text:
        path, low, high = shown_path(self.path), self.at_least, self.at_most
        if self.is_one_of:
            values = either([self._named(value) for value in self.is_one_of])
            return say("goal.setting_is", "{setting}: {values}", setting=path, values=values)
        if low is None:
            return say("goal.setting_most", "{setting}: {high} at most", setting=path, high=number(high or 0))
        if high is None:
            return say("goal.setting_least", "{setting}: {low} at least", setting=path, low=number(low))
        return say(
            "goal.setting_between",
            "{setting}: from {low} to {high}",
            setting=path,
            low=number(low),
            high=number(high),
        )

    def judge(self, observed: Observed) -> Judgement:
        value = found_at(observed.experiment, self.path)
        if value is NOT_THERE:
            return NOT_YET
        if self.is_one_of:
            reached = value in self.is_one_of
        else:
            low, high = self.at_least, self.at_most
            is_number = isinstance(value, int | float)
            reached = (
                is_number and (low is None or value >= low) and (high is None or value <= high)  # type: ignore[operator]
            )
        return Judgement(reached, say("goal.setting_now", "now {value}", value=self._named(value)))

    def problem(self, experiment: Experiment) -> Text | None:
        return path_problem(experiment, self.path)

    def _named(self, value: object) -> Text | str:
        """A value as people see it: what was chosen by its title, numbers as they are set."""
        if isinstance(value, str):
            return shown_value(self.path, value)
        if isinstance(value, bool):
            return say("goal.on", "on") if value else say("goal.off", "off")
        return number(value) if isinstance(value, int | float) else str(value)
