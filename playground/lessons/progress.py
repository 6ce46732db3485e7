"""How far a person came in each lesson, as a value that is kept between starts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isfinite
from typing import Annotated, Any, Self

from pydantic import Field

from playground.value import InvalidValue, Value

MOST_LESSONS = 500
"""Lessons of which it is known how far one came; the oldest are forgotten first."""


class GivenAnswer(Value):
    """What was answered to a question last, until it was right.

    Attributes:
        step, goal: where the question stands, from 0.
        given: the number, or that of a choice from 1.
        tries: how many answers were given.
    """

    step: Annotated[int, Field(ge=0)]
    goal: Annotated[int, Field(ge=0)]
    given: float
    tries: Annotated[int, Field(ge=1)] = 1


class LessonProgress(Value):
    """How far a person came in one lesson.

    Attributes:
        step: the step that was in front, from 0.
        reached: goals that were reached, as step and goal: once reached, always reached.
        finished: whether the last step was left by its end.
        answers: what was answered to the questions, one for each.
    """

    step: Annotated[int, Field(ge=0)] = 0
    reached: frozenset[tuple[int, int]] = frozenset()
    finished: bool = False
    answers: tuple[GivenAnswer, ...] = ()

    def at(self, step: int) -> Self:
        """The same in another step."""
        return self.with_(step=step)

    def having(self, step: int, goal: int) -> Self:
        """The same with a goal reached."""
        return self.with_(reached=self.reached | {(step, goal)})

    def answer(self, step: int, goal: int) -> GivenAnswer | None:
        """What was answered to a question."""
        return next((each for each in self.answers if (each.step, each.goal) == (step, goal)), None)

    def answered(self, step: int, goal: int, given: float) -> Self:
        """The same with one answer more; one that was right already counts, whatever is said afterwards."""
        if (step, goal) in self.reached or not isfinite(given):
            return self
        before = self.answer(step, goal)
        tries = before.tries + 1 if before else 1
        others = tuple(each for each in self.answers if each is not before)
        return self.with_(answers=(*others, GivenAnswer(step=step, goal=goal, given=given, tries=tries)))


NEW = LessonProgress()
"""How far one is in a lesson that was never begun."""


@dataclass(frozen=True)
class ProgressBook:
    """How far a person came, by lesson."""

    lessons: Mapping[str, LessonProgress] = field(default_factory=dict)

    @classmethod
    def read(cls, text: str) -> Self:
        """What was kept as a text; what cannot be read of it is as if it never had been."""
        try:
            content: Any = json.loads(text or "{}")
        except (ValueError, RecursionError):
            return cls()
        if not isinstance(content, dict):
            return cls()
        found = {str(name): _read(kept) for name, kept in content.items()}
        return cls({name: kept for name, kept in found.items() if kept is not None})

    def written(self) -> str:
        """The text to be kept."""
        content = {
            name: kept.model_dump(mode="json") | {"reached": sorted(kept.reached)}
            for name, kept in self.lessons.items()
        }
        return json.dumps(content)

    def of(self, name: str) -> LessonProgress:
        """That in one lesson."""
        return self.lessons.get(name, NEW)

    def with_lesson(self, name: str, progress: LessonProgress) -> Self:
        """The same with other progress in one lesson, which is the newest now."""
        others = {other: kept for other, kept in self.lessons.items() if other != name}
        newest = list((others | {name: progress}).items())[-MOST_LESSONS:]
        return type(self)(dict(newest))


def _read(kept: Any) -> LessonProgress | None:
    try:
        return LessonProgress.build(kept)
    except InvalidValue:
        return None
