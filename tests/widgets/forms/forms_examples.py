"""Small classes with every kind of field, and the owner of a value that answers what a form asks."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from playground.fields import describe
from playground.value import AnyOf, Hidden, Kind, Logarithmic, Unit, Value


class Schedule(Kind):
    """A learning-rate schedule."""


class Constant(Schedule):
    title = "Constant"
    help = "The rate stays as it is."
    kind: Literal["example_constant"] = "example_constant"


class Cosine(Schedule):
    title = "Cosine"
    help = "Half a wave of the cosine."
    kind: Literal["example_cosine"] = "example_cosine"
    alpha: float = Field(0.0, ge=0, le=1, title="α")


class Warmup(Schedule):
    title = "Warm-up"
    help = "A slow start, then another schedule."
    kind: Literal["example_warmup"] = "example_warmup"
    steps: int = Field(200, ge=1, le=1000)
    inner: AnyOf[Schedule] = Field(default_factory=Constant, title="Then")


class Optimizer(Kind):
    """An optimizer."""


class Descent(Optimizer):
    title = "Gradient descent"
    help = "Straight down."
    kind: Literal["example_descent"] = "example_descent"
    rate: Annotated[float, Field(gt=0, le=10, title="Learning rate"), Logarithmic()] = 0.01
    beta: float = Field(0.5, ge=0, le=1, title="β")


class Momentum(Optimizer):
    title = "Momentum"
    help = "Down, with a swing."
    kind: Literal["example_momentum"] = "example_momentum"
    rate: Annotated[float, Field(gt=0, le=0.1, title="Learning rate"), Logarithmic()] = 0.001
    beta: float = Field(0.9, ge=0, lt=1, title="β")


class Training(Value):
    samples: Annotated[
        int, Field(ge=10, le=5000, description="How many points there are."), Logarithmic()
    ] = 500
    noise: Annotated[float, Field(ge=0, le=50), Unit("%")] = 5.0
    rate: Annotated[float, Field(gt=0, le=10, title="Learning rate"), Logarithmic()] = 0.01
    low: int = Field(1, ge=0, le=10)
    high: int = Field(9, ge=0, le=10)
    seed: int = Field(42, ge=0)
    scaling: Literal["none", "min_max", "standardize"] = "none"
    shuffle: bool = True
    name: str = "Spiral"
    layers: tuple[int, ...] = (8, 4)
    optimizer: AnyOf[Optimizer] = Field(default_factory=Descent)
    schedule: AnyOf[Schedule] = Field(default_factory=Constant)
    secret: Annotated[int, Hidden()] = 0

    @model_validator(mode="after")
    def _ordered(self):
        if self.low >= self.high:
            raise ValueError("low must be below high")
        return self


def field(name, value_class=Training):
    """The description of one field."""
    return next(each for each in describe(value_class) if each.name == name)


class Owner:
    """Holds the value that a form or control shows, and takes every edit, as a document does."""

    def __init__(self, shown, value):
        self.shown, self.value, self.edits = shown, value, []
        shown.set_value(value)
        shown.edited.connect(self.take)

    def take(self, value, gesture, text):
        self.value = value
        self.edits.append((value, gesture, text))
        self.shown.set_value(value)

    @property
    def gestures(self):
        return {gesture for _, gesture, _ in self.edits}
