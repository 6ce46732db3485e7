"""What Optuna is told: how settings vary, its loggers and warnings kept quiet.

Choices go to it as their places in the list, so that a study never has to compare text with numbers.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING

from playground.search.plan import SearchPlan
from playground.search.records import TrialRecord
from playground.search.variation import Plain, Variation

if TYPE_CHECKING:
    from optuna import Study
    from optuna.distributions import BaseDistribution


def be_quiet() -> None:
    """Let Optuna neither log nor warn of what is experimental, and surfaces not of their bounds."""
    import optuna

    optuna.logging.set_verbosity(optuna.logging.ERROR)
    warnings.filterwarnings("ignore", category=optuna.exceptions.ExperimentalWarning)
    warnings.filterwarnings("ignore", module=r"sklearn\.gaussian_process")


def distribution(variation: Variation) -> BaseDistribution:
    """How a variation is called there; of choices their places."""
    from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution

    low, high, step = variation.low, float(variation.nearest(variation.high)), variation.step
    if variation.choices:
        return CategoricalDistribution(tuple(range(len(variation.choices))))
    if variation.whole:
        return IntDistribution(int(low), int(high), log=variation.logarithmic, step=int(step) or 1)
    return FloatDistribution(low, high, log=variation.logarithmic, step=step or None)


def put(variation: Variation, value: Plain) -> int | float:
    """A value as it is kept there."""
    if variation.choices:
        return variation.place(value)
    return int(value) if variation.whole else float(value)


def taken(variation: Variation, value: object) -> Plain:
    """The value of what is kept there."""
    assert isinstance(value, int | float)
    if variation.choices:
        return variation.choices[int(value)]
    return int(value) if variation.whole else float(value)


def study_of(plan: SearchPlan, trials: Sequence[TrialRecord], goal: int) -> Study:
    """A study in memory with finished trials, judged by one of the goals."""
    import optuna

    be_quiet()
    study = optuna.create_study(direction="maximize" if plan.goals[goal].large else "minimize")
    distributions = {each.path: distribution(each) for each in plan.variations}
    study.add_trials(
        [
            optuna.trial.create_trial(
                params={each.path: put(each, trial.settings[each.path]) for each in plan.variations},
                distributions=distributions,
                value=trial.values[goal],
            )
            for trial in trials
        ]
    )
    return study
