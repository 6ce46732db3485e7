"""How many runs the document has, perhaps with different values of a setting."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from playground.experiment import Experiment
from playground.lessons.goals.counted import CountedGoal
from playground.lessons.goals.paths import found_at, path_problem, shown_path
from playground.lessons.observed import Observed
from playground.text import Text, say_counted


class RunsGoal(CountedGoal):
    kind: Literal["runs"] = "runs"
    title = "Runs"
    help = "There are to be so many runs, each of some length, with different values of a setting."
    advice = "Where two or more settings are compared."

    epochs: Annotated[int, Field(ge=0, le=100_000)] = Field(
        1, title="Epochs", description="How many epochs a run must have trained to count."
    )
    setting: str = Field(
        "",
        title="Setting",
        description="The path of what must differ from run to run; without it any runs count.",
    )

    @property
    def counted(self) -> Text:
        if not self.setting:
            return say_counted(
                "goal.runs", "Runs of {count} epoch or more", "Runs of {count} epochs or more", self.epochs
            )
        return say_counted(
            "goal.runs_differ",
            "Runs of {count} epoch or more, each with another value of {setting}",
            "Runs of {count} epochs or more, each with another value of {setting}",
            self.epochs,
            setting=shown_path(self.setting),
        )

    def count(self, observed: Observed) -> int:
        least = max(self.epochs, 1e-9)
        if not self.setting:
            return sum(run.epoch >= least for run in observed.runs.runs)
        long = (each.experiment for each in observed.tried if each.epochs >= least)
        return len({repr(found_at(experiment, self.setting)) for experiment in long})

    def problem(self, experiment: Experiment) -> Text | None:
        return path_problem(experiment, self.setting) if self.setting else None
