"""Which trials are the best, and where to look on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil

import numpy as np
from numpy.typing import NDArray

from playground.search.goals import Goal
from playground.search.plan import SearchPlan
from playground.search.records import TrialRecord

BEST_SHARE = 0.1
FEWEST = 3
"""Coarse to fine goes by the best tenth, and by so many trials at least."""


def finished(trials: Iterable[TrialRecord]) -> list[TrialRecord]:
    """Those trained to their end, in the order of their numbers."""
    return sorted((trial for trial in trials if trial.state == "done"), key=lambda trial: trial.number)


def costs(trials: Sequence[TrialRecord], goals: Sequence[Goal]) -> NDArray[np.float64]:
    """The values of finished trials (trials, goals), signed so that less is better."""
    signs = np.array([-1.0 if goal.large else 1.0 for goal in goals], np.float64)
    values = np.array([trial.values for trial in trials], np.float64)
    return values.reshape(-1, len(goals)) * signs


def best(trials: Iterable[TrialRecord], goals: Sequence[Goal]) -> TrialRecord | None:
    """The best finished trial by the first goal, the earliest of equal ones; None where none has finished."""
    done = finished(trials)
    if not done:
        return None
    return done[int(np.argmin(costs(done, goals)[:, 0]))]


def pareto_front(trials: Iterable[TrialRecord], goals: Sequence[Goal]) -> list[TrialRecord]:
    """The finished trials that no other beats in one goal without losing in another."""
    done = finished(trials)
    cost = costs(done, goals)
    front: list[TrialRecord] = []
    kept = np.empty((0, len(goals)))
    for place in np.lexsort(cost.T[::-1]):  # by the first goal: only those before it can beat one
        mine = cost[place]
        if not (np.all(kept <= mine, axis=1) & np.any(kept < mine, axis=1)).any():
            front.append(done[place])
            kept = np.vstack((kept, mine))
    return front


def narrowed(plan: SearchPlan, trials: Iterable[TrialRecord]) -> SearchPlan:
    """The plan around the settings of the best tenth of the trials: from coarse to fine."""
    done = finished(trials)
    order = np.argsort(costs(done, plan.goals)[:, 0], kind="stable")
    chosen = [done[place] for place in order[: max(ceil(BEST_SHARE * len(done)), FEWEST)]]
    variations = tuple(
        each.narrowed([trial.settings[each.path] for trial in chosen if each.path in trial.settings])
        for each in plan.variations
    )
    return plan.with_(variations=variations)
