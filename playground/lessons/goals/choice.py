"""A question that is answered by choosing."""

# Without postponed annotations, for the sake of what pydantic builds of it.

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from playground.lessons.goals.base import NOT_YET, Judgement
from playground.lessons.goals.question import QuestionGoal
from playground.lessons.observed import Observed
from playground.text import say, written_elsewhere


class ChoiceGoal(QuestionGoal):
    kind: Literal["choice"] = "choice"
    title = "Choice"
    help = "A question is to be answered by choosing one of a few answers."
    advice = "After something was seen, to put it into words; wrong answers should be such as people give."
    asks = "choice"

    choices: tuple[str, ...] = Field(
        min_length=2, max_length=6, title="Choices", description="What there is to choose from."
    )
    right: Annotated[int, Field(ge=1, le=6)] = Field(
        title="Right", description="Which choice is right, counted from 1."
    )
    replies: tuple[str, ...] = Field(
        (), title="Replies", description="What is said to each choice; none, or as many as there are choices."
    )

    @model_validator(mode="after")
    def _right_one_is_there(self) -> Self:
        count = len(self.choices)
        if self.right > count:
            raise ValueError(
                say(
                    "goal.no_choice",
                    "choice {right} is right, and there are {count}",
                    right=self.right,
                    count=count,
                )
            )
        if self.replies and len(self.replies) != count:
            raise ValueError(
                say(
                    "goal.replies",
                    "has {replies} replies to {count} choices; give one to each, or none",
                    replies=len(self.replies),
                    count=count,
                )
            )
        return self

    @property
    def options(self) -> tuple[str, ...]:
        return self.choices

    def judge(self, observed: Observed) -> Judgement:
        given = observed.given
        if given is None or not 1 <= given <= len(self.choices):
            return NOT_YET
        reached = given == self.right
        if self.replies:
            return Judgement(reached, written_elsewhere("goal.reply", self.replies[int(given) - 1]))
        return Judgement(reached, say("goal.right", "right") if reached else say("goal.wrong", "not yet"))
