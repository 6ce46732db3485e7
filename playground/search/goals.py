"""What a search is for: a number that is measured of each trial, to be made small or large."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from playground.experiment import Experiment
from playground.text import Text, say
from playground.value import Titles, Value

Metric = Literal[
    "loss", "accuracy", "zero_one", "precision", "recall", "f1", "auc", "mae", "rmse", "r2", "parameters"
]
LARGE = frozenset(("accuracy", "precision", "recall", "f1", "auc", "r2"))
"""The metrics of which more is better."""

OF_CLASSES = frozenset(("accuracy", "zero_one", "precision", "recall", "f1", "auc"))
OF_NUMBERS = frozenset(("mae", "rmse", "r2"))


class Goal(Value):
    """A number that is to become small, or large where more is better.

    It is measured on the validation set, and on the test set where there is none.
    """

    metric: Annotated[
        Metric,
        Titles(
            {
                "loss": "Loss",
                "accuracy": "Accuracy",
                "zero_one": "Share of errors",
                "precision": "Precision",
                "recall": "Recall",
                "f1": "F1",
                "auc": "AUC",
                "mae": "Mean absolute error",
                "rmse": "Root of squared error",
                "r2": "R²",
                "parameters": "Number of parameters",
            }
        ),
    ] = Field(
        "loss",
        title="Goal",
        description="What the search makes best, on the validation set or, without one, on the test set.",
    )
    at: Annotated[
        Literal["last", "best"], Titles({"last": "At the last epoch", "best": "At the best epoch"})
    ] = Field("last", title="Measured", description="In the end, or at the epoch where it was best.")

    @property
    def large(self) -> bool:
        """Whether more is better."""
        return self.metric in LARGE

    def better(self, one: float, other: float) -> bool:
        """Whether one number is better than another."""
        return one > other if self.large else one < other

    def problem(self, experiment: Experiment) -> Text | None:
        """Why it cannot be measured of an experiment; None when it can."""
        if self.metric == "parameters":
            return None
        if not measured_on(experiment):
            return say(
                "goal.nothing_to_measure",
                "There are neither validation nor test samples to measure a trial on; "
                "give the data a validation share.",
            )
        classes = bool(experiment.task.classes)
        if self.metric in (OF_NUMBERS if classes else OF_CLASSES):
            return say(
                "goal.other_task",
                "{metric} is no measure of what this experiment learns; choose another goal.",
                metric=self.metric,
            )
        return None


def measured_on(experiment: Experiment) -> str:
    """The side of the split by which trials are judged: "validation", else "test"; "" for none."""
    data = experiment.data
    if data.steers:
        return "validation"
    return "test" if data.train_samples + data.validation_samples < data.dataset.count else ""


def told(experiment: Experiment) -> Text:
    """On which samples trials are judged, for people."""
    if measured_on(experiment) == "validation":
        return say("goal.on_validation", "Measured on the validation set.")
    return say(
        "goal.on_test",
        "There is no validation set: trials are measured on the test set, which the search then steers by.",
    )
