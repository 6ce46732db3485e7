"""The base of goals that are reached by answering a question."""

# Without postponed annotations, for the sake of its members (see `base`).

from typing import Annotated

from pydantic import Field

from playground.lessons.goals.base import LessonGoal
from playground.text import Text, written_elsewhere


class QuestionGoal(LessonGoal):
    """Says the question that the lesson asks."""

    question: Annotated[str, Field(min_length=1, max_length=300)] = Field(
        title="Question", description="What is asked."
    )

    @property
    def sentence(self) -> Text:
        return written_elsewhere("goal.question", self.question)
