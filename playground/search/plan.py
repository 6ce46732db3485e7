"""The plan of a search: what varies, for which goals, how settings are chosen and trials are run."""

from __future__ import annotations

import os
from typing import Annotated, Self

from pydantic import Field, model_validator

from playground.experiment import Experiment
from playground.search.asked import Asked
from playground.search.goals import Goal
from playground.search.pruners import NeverPrune, Pruner
from playground.search.samplers import Sampler, TreeParzen
from playground.search.variation import Variation
from playground.text import Text, say
from playground.value import AnyOf, Hidden, Logarithmic, Typical, Unit, Value

MOST_TRIALS = 1_000_000
MOST_WORKERS = 256


def usual_workers() -> int:
    """All cores but one, which is left to the window."""
    return max((os.cpu_count() or 2) - 1, 1)


class SearchPlan(Value):
    """All that is decided before the first trial."""

    variations: Annotated[tuple[Variation, ...], Hidden()] = Field((), max_length=100, title="What varies")
    goals: Annotated[tuple[Goal, ...], Hidden()] = Field((Goal(),), min_length=1, max_length=3, title="Goals")
    sampler: AnyOf[Sampler] = Field(
        TreeParzen(), title="Sampler", description="How the settings of the next trial are chosen."
    )
    pruner: AnyOf[Pruner] = Field(
        NeverPrune(), title="Cut short", description="When a trial that does badly ends early."
    )
    trials: Annotated[int, Logarithmic(1), Typical(10, 1000)] = Field(
        50, ge=1, le=MOST_TRIALS, title="Trials", description="So many combinations of settings are tried."
    )
    epochs: Annotated[int, Logarithmic(1), Typical(10, 10_000), Unit("epochs")] = Field(
        200, ge=1, le=10_000_000, title="Epochs a trial", description="Epochs that each trial is trained for."
    )
    seeds: Annotated[int, Typical(1, 10)] = Field(
        1,
        ge=1,
        le=100,
        title="Seeds a trial",
        description="Each trial is the mean over so many trainings, from other random numbers each.",
    )
    seed: int = Field(
        0,
        ge=0,
        lt=2**32,
        title="Seed",
        description="What chance draws settings from; the same seed repeats them.",
    )
    workers: Annotated[int, Typical(1, 16)] = Field(
        default_factory=usual_workers,
        ge=1,
        le=MOST_WORKERS,
        title="Workers",
        description="Processes that train trials here; all cores but one is usual.",
    )
    storage: Annotated[str, Hidden()] = Field(
        "",
        max_length=2000,
        title="Storage",
        description="Where the study is kept: a file, or the URL of a database.",
    )
    study: Annotated[str, Hidden()] = Field(
        "", max_length=200, title="Study", description="What the study is called; empty, it names itself."
    )

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        paths = [variation.path for variation in self.variations]
        if len(set(paths)) < len(paths):
            raise ValueError(say("plan.path_twice", "a setting varies twice"))
        if len({goal.metric for goal in self.goals}) < len(self.goals):
            raise ValueError(say("plan.goal_twice", "a goal is there twice"))
        if len(self.goals) > 1 and not self.sampler.several_goals:
            raise ValueError(
                say(
                    "plan.one_goal",
                    "{sampler} serves one goal; choose another sampler for several",
                    sampler=self.sampler.named(),
                )
            )
        return self

    def asked(self, number: int) -> Asked:
        """What the sampler is asked for a trial."""
        return Asked(self.variations, self.seed, number, self.trials)

    @property
    def total(self) -> int:
        """How many trials there will be: those of the plan, or all that a grid has."""
        return self.sampler.trials(self.asked(0))

    @property
    def prunes(self) -> bool:
        """Whether a trial may be cut short; with several goals there is no saying which does badly."""
        return len(self.goals) == 1 and not isinstance(self.pruner, NeverPrune)

    @property
    def decided(self) -> dict[str, object]:
        """What belongs to a study for good; trials, workers and where it is kept may change."""
        return self.model_dump(mode="json", exclude={"trials", "workers", "storage", "study"})

    def problem(self, experiment: Experiment) -> Text | None:
        """Why the search cannot begin; None when it can."""
        if not self.variations:
            return say("plan.nothing_varies", "Nothing varies; choose one setting at least.")
        if problems := experiment.problems():
            return problems[0].text
        return next((told for goal in self.goals if (told := goal.problem(experiment))), None)
