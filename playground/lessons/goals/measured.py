"""The base of goals on a number that training measures: below or above a bound, perhaps with few neurons."""

# Without postponed annotations, for the sake of its members (see `base`).

from abc import abstractmethod
from collections.abc import Mapping
from math import isnan
from typing import Annotated, Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from playground.experiment import Experiment
from playground.lessons.goals.base import NOT_YET, Judgement, LessonGoal
from playground.lessons.observed import Observed
from playground.numbers.writing import setting
from playground.text import Text, say, say_counted
from playground.training.measures import Measures
from playground.value import Titles

Side = Annotated[
    Literal["train", "validation", "test"],
    Titles({"train": "Training", "validation": "Validation", "test": "Test"}),
]


def hidden_neurons(experiment: Experiment) -> int:
    """How many neurons there are before the output."""
    return sum(node.units for node in experiment.graph.nodes[:-1] if node.layer.has_neurons)


def side_of(observed: Observed, side: str) -> Measures | None:
    """What was measured on one side of the split; None where there is nothing yet."""
    snapshot = observed.snapshot
    if snapshot is None:
        return None
    sides = {"train": snapshot.train, "validation": snapshot.validation, "test": snapshot.test}
    return sides[side]


class MeasuredGoal(LessonGoal):
    """A number below or above a bound."""

    below: float | None = Field(
        None, title="Below", description="The number is to be below this; give this or “above”."
    )
    above: float | None = Field(
        None, title="Above", description="The number is to be above this; give this or “below”."
    )
    most_neurons: Annotated[int, Field(ge=0)] | None = Field(
        None, title="Most neurons", description="How many neurons there may be before the output."
    )
    most_epochs: Annotated[int, Field(ge=0)] | None = Field(
        None, title="Most epochs", description="How long it may have trained; 0 for weights set by hand."
    )

    @model_validator(mode="after")
    def _one_bound(self) -> Self:
        if (self.below is None) == (self.above is None):
            raise ValueError(say("goal.one_bound", "needs “below” or “above”, one of them"))
        return self

    @property
    def sentence(self) -> Text:
        measured = self.measured
        if self.below is not None:
            bounded = say(
                "goal.below", "{measured} below {bound}", measured=measured, bound=self.bound(self.below)
            )
        else:
            bounded = say(
                "goal.above", "{measured} above {bound}", measured=measured, bound=self.bound(self.above or 0)
            )
        return self._limited(bounded)

    def _limited(self, bounded: Text) -> Text:
        neurons, epochs = self.most_neurons, self.most_epochs
        if neurons is not None:
            bounded = say_counted(
                "goal.most_neurons",
                "{bounded}, with at most {count} hidden neuron",
                "{bounded}, with at most {count} hidden neurons",
                neurons,
                bounded=bounded,
            )
        if epochs == 0:
            return say("goal.by_hand", "{bounded}, by hand, without training", bounded=bounded)
        if epochs is not None:
            return say_counted(
                "goal.most_epochs",
                "{bounded}, within {count} epoch",
                "{bounded}, within {count} epochs",
                epochs,
                bounded=bounded,
            )
        return bounded

    def judge(self, observed: Observed) -> Judgement:
        value = self.value(observed)
        if value is None or isnan(value):
            return NOT_YET
        bound = self.above if self.below is None else self.below
        assert bound is not None
        now = bool(self._holds(np.float64(value))) and self._allowed(observed)
        share = min(
            1.0, (bound / value if self.below is not None else value / bound) if value > 0 < bound else 0
        )
        held = now or self._held_in_time(observed)
        return Judgement(held, self.shown(value), share if self._allowed(observed) else None)

    def _holds(self, values: NDArray[np.float64] | np.float64) -> NDArray[np.bool_] | np.bool_:
        return values < self.below if self.below is not None else values > self.above  # type: ignore[operator]

    def _held_in_time(self, observed: Observed) -> bool:
        """Whether the bound held at the end of an early enough epoch, however far training is now."""
        snapshot = observed.snapshot
        assert snapshot is not None
        most, series = self.most_epochs, self.series(snapshot.history)
        if not most or series is None or not self._small_enough(observed):
            return False
        epochs = snapshot.history["epoch"]
        return bool(np.any(self._holds(series) & (epochs > 0) & (epochs <= most)))

    def _small_enough(self, observed: Observed) -> bool:
        return self.most_neurons is None or hidden_neurons(observed.experiment) <= self.most_neurons

    def _allowed(self, observed: Observed) -> bool:
        """Whether no more neurons and epochs were taken than there may be, and what counts was done."""
        snapshot = observed.snapshot
        assert snapshot is not None
        if not self._small_enough(observed):
            return False
        if self.most_epochs == 0:
            return snapshot.step == 0
        return snapshot.step > 0 and (self.most_epochs is None or snapshot.epoch <= self.most_epochs)

    def bound(self, value: float) -> str:
        """The bound as people see it."""
        return setting(value)

    @property
    @abstractmethod
    def measured(self) -> Text:
        """What the number is called."""

    @abstractmethod
    def value(self, observed: Observed) -> float | None:
        """The number; None where there is none."""

    @abstractmethod
    def series(self, history: Mapping[str, NDArray[np.float64]]) -> NDArray[np.float64] | None:
        """The number after each epoch that a history has; None where it was not measured."""

    @abstractmethod
    def shown(self, value: float) -> Text:
        """The number as people see it."""
