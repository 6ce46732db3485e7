"""A lesson as a frozen value: what its file says, checked."""

# Without postponed annotations, for the sake of what pydantic builds of it.

import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import Field, field_validator, model_validator

from playground.files.names import EXAMPLES
from playground.lessons.goals import LessonGoal
from playground.lessons.goals.laboratory import known_laboratory
from playground.text import say
from playground.value import AnyOf, Value

PLACES = (
    "data", "canvas", "output", "inspector", "plots", "run", "step", "epoch", "reset", "speed", "numbers",
    "pages", "palette", "input",
)  # fmt: skip
"""Parts of the window that can be ringed by these names; others are named `kind:name`."""

NAMED_PLACES = ("layer", "page", "setting", "tab")
"""What stands before the colon: a layer by its id, a page, a setting by its path, a tab of the inspector."""

Short = Annotated[str, Field(min_length=1, max_length=80)]
Long = Annotated[str, Field(max_length=1200)]


class Callout(Value):
    """A part of the window that is ringed, and what a bubble beside it says."""

    place: str
    title: Annotated[str, Field(max_length=60)] = ""
    text: Annotated[str, Field(max_length=200)] = ""

    @field_validator("place")
    @classmethod
    def _known_place(cls, place: str) -> str:
        kind, colon, name = place.partition(":")
        if (colon and kind in NAMED_PLACES and name) or place in PLACES:
            return place
        raise ValueError(
            say(
                "lesson.no_place",
                "nothing in the window is called {place}; there are {known}, and layer:, page:, setting: "
                "and tab: with a name",
                place=place,
                known=", ".join(PLACES),
            )
        )


class Begins(Value):
    """What a step opens: an example, a file beside the lesson, or a laboratory; changed as it says.

    `data` is a table, a text or pictures beside the lesson, from which the network of the example or of the
    file learns, or else the usual one; `target` are the columns of a table that it predicts.
    `set` are settings by their paths in the file of an experiment, such as `network.layers[0].units`.
    """

    example: str = ""
    file: Annotated[str, Field(max_length=200)] = ""
    laboratory: str = ""
    data: Annotated[str, Field(max_length=200)] = ""
    target: str | tuple[str, ...] = ""
    set: Mapping[str, Any] = Field(default_factory=dict)

    @field_validator("example")
    @classmethod
    def _known_example(cls, name: str) -> str:
        if name and name not in EXAMPLES:
            raise ValueError(
                say(
                    "lesson.no_example",
                    "no example is called {name}; there are {known}",
                    name=name,
                    known=", ".join(EXAMPLES),
                )
            )
        return name

    @field_validator("laboratory")
    @classmethod
    def _known_laboratory(cls, kind: str) -> str:
        return known_laboratory(kind) if kind else kind

    @field_validator("file", "data")
    @classmethod
    def _beside(cls, name: str) -> str:
        if re.search(r"^[/\\]|\.\.|:", name):
            raise ValueError(
                say("lesson.file_elsewhere", "must be a file beside the lesson, without .. before it")
            )
        return name

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        given = sum(map(bool, (self.example, self.file, self.laboratory)))
        if given > 1 or not (given or self.data) or (self.laboratory and self.data):
            raise ValueError(
                say(
                    "lesson.beginning",
                    "needs one of “example”, “file” and “laboratory”, or “data”, which may stand beside "
                    "an example or a file",
                )
            )
        if self.target and not self.data:
            raise ValueError(say("lesson.target_of_nothing", "has a “target”, and no “data” to take it from"))
        return self

    @property
    def targets(self) -> tuple[str, ...]:
        """The columns to be predicted."""
        return tuple(filter(None, (self.target,))) if isinstance(self.target, str) else self.target


class LessonStep(Value):
    """One page of a lesson."""

    title: Short
    text: Long = ""
    formula: Annotated[str, Field(max_length=300)] = ""
    open: Begins | None = None
    callouts: Annotated[tuple[Callout, ...], Field(max_length=3)] = ()
    goals: Annotated[tuple[AnyOf[LessonGoal], ...], Field(max_length=6)] = ()
    hints: Annotated[
        tuple[Annotated[str, Field(min_length=1, max_length=300)], ...], Field(max_length=5)
    ] = ()
    learnt: Annotated[str, Field(max_length=400)] = ""


class LessonPlan(Value):
    """A lesson: what it is about, and its steps in order."""

    format: Literal[1] = 1
    title: Short
    summary: Annotated[str, Field(min_length=1, max_length=200)]
    minutes: Annotated[int, Field(ge=1, le=120)] = 10
    steps: Annotated[tuple[LessonStep, ...], Field(min_length=1, max_length=20)]

    def begins_at(self, step: int) -> int | None:
        """The step that opened what a step works with: itself or the nearest before; None where none did."""
        return next((at for at in range(step, -1, -1) if self.steps[at].open is not None), None)
