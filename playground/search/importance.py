"""Which settings matter: how much of what is different between trials each of them explains."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from playground.search.judging import finished
from playground.search.plan import SearchPlan
from playground.search.records import TrialRecord

FEWEST = 4
MOST = 1000
"""Of more trials only so many are taken, evenly over all: the forest grows no better by more."""


def importance(plan: SearchPlan, trials: Iterable[TrialRecord], goal: int = 0) -> Mapping[str, float]:
    """The share of each path in the variance of a goal, the largest first, by a functional ANOVA.

    Empty where there are too few trials to tell.  It takes a second or so: not for the window's thread.
    Hutter, Hoos & Leyton-Brown 2014.
    """
    paths = {variation.path for variation in plan.variations}
    done = [trial for trial in finished(trials) if set(trial.settings) == paths]
    done = done[:: max(-(-len(done) // MOST), 1)]
    if len(done) < FEWEST or len({trial.values[goal] for trial in done}) < 2:
        return {}
    from optuna.importance import FanovaImportanceEvaluator, get_param_importances

    from playground.search.optuna_side import study_of

    study = study_of(plan, done, goal)
    return dict(get_param_importances(study, evaluator=FanovaImportanceEvaluator(seed=0)))
