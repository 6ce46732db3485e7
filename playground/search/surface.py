"""A sampler for Optuna by Gaussian processes: expected improvement over a cloud of candidates.

Settings are points of the unit cube.  Of several goals each trial draws weights, by which they become one.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from optuna.samplers import BaseSampler
from optuna.study import StudyDirection
from optuna.trial import TrialState

from playground.search.asked import Asked
from playground.search.optuna_side import distribution, put, taken

if TYPE_CHECKING:
    from optuna import Study
    from optuna.distributions import BaseDistribution
    from optuna.trial import FrozenTrial

Points = NDArray[np.float64]

CANDIDATES = 1000
NEAR, SPREAD = 200, 0.05
"""So many candidates lie about the best point so far, about so far from it."""

MOST_TRIALS = 300
"""Of more trials the surface is fitted to the best ones and the latest ones."""

AUGMENTED = 0.05
"""The share of the sum beside the largest term, where several goals become one."""


class SurfaceSampler(BaseSampler):
    """Chooses where the expected improvement is largest; by chance as long as there are few trials."""

    def __init__(self, asked: Asked, startup: int) -> None:
        self._asked, self._startup = asked, startup

    def infer_relative_search_space(self, study: Study, trial: FrozenTrial) -> dict[str, BaseDistribution]:
        return {each.path: distribution(each) for each in self._asked.variations}

    def sample_relative(
        self, study: Study, trial: FrozenTrial, search_space: Mapping[str, BaseDistribution]
    ) -> dict[str, Any]:
        variations = self._asked.variations
        settings = self._asked.at(self._point(study))
        return {each.path: put(each, settings[each.path]) for each in variations}

    def sample_independent(
        self, study: Study, trial: FrozenTrial, param_name: str, param_distribution: BaseDistribution
    ) -> Any:
        raise AssertionError("every setting that varies is chosen together with the others")

    def _point(self, study: Study) -> Points:
        dice, width = self._asked.dice, len(self._asked.variations)
        points, costs, pending = self._seen(study, dice)
        if len(points) < self._startup or np.ptp(costs) == 0:
            return dice.random(width)
        around = points[int(np.argmin(costs))] + SPREAD * dice.standard_normal((NEAR, width))
        candidates = np.vstack((dice.random((CANDIDATES, width)), np.clip(around, 0, 1)))
        gain = expected_gain(points, costs, pending, self._rounded(candidates))
        chosen: Points = candidates[int(np.argmax(gain))]
        return chosen

    def _seen(self, study: Study, dice: np.random.Generator) -> tuple[Points, Points, Points]:
        """Where finished trials were and what each cost, and where those under way are.

        One that failed, or was cut short before it had a value, counts as the worst of the others.
        """
        trials = study.get_trials(deepcopy=False)
        running = [each for each in trials if each.state is TrialState.RUNNING and self._is_whole(each)]
        ended = [each for each in trials if each.state.is_finished() and self._is_whole(each)]
        if not any(each.values for each in ended):
            return (np.empty((0, 0)), np.empty(0), np.empty((0, 0)))
        costs = _as_one(_costs(study, ended), dice)
        chosen = _most_telling(costs)
        return self._points([ended[place] for place in chosen]), costs[chosen], self._points(running)

    def _is_whole(self, trial: FrozenTrial) -> bool:
        return all(each.path in trial.params for each in self._asked.variations)

    def _points(self, trials: Sequence[FrozenTrial]) -> Points:
        variations = self._asked.variations
        rows = [[each.share(taken(each, trial.params[each.path])) for each in variations] for trial in trials]
        return np.array(rows, np.float64).reshape(-1, len(variations))

    def _rounded(self, candidates: Points) -> Points:
        """Where the settings of candidates lie, of which several may be the same whole number or choice."""
        columns = [
            [each.share(each.at(float(share))) for share in candidates[:, place]]
            for place, each in enumerate(self._asked.variations)
        ]
        return np.array(columns, np.float64).T


def expected_gain(points: Points, costs: Points, pending: Points, candidates: Points) -> Points:
    """How much less than the least so far each candidate is expected to cost, by a Matérn kernel.

    Those under way are taken as they are expected to end, so that no other worker goes to the same place.
    """
    from scipy.special import ndtr
    from sklearn.gaussian_process import GaussianProcessRegressor
    from sklearn.gaussian_process.kernels import ConstantKernel, Matern, WhiteKernel

    scaled = (costs - costs.mean()) / costs.std()
    kernel = ConstantKernel(1.0, (0.05, 20.0)) * Matern(
        np.full(points.shape[1], 0.5), (0.05, 20.0), nu=2.5
    ) + WhiteKernel(1e-3, (1e-6, 1.0))
    surface = GaussianProcessRegressor(kernel, random_state=0).fit(points, scaled)
    if len(pending):
        told = surface.predict(pending)
        fixed = GaussianProcessRegressor(surface.kernel_, optimizer=None)
        surface = fixed.fit(np.vstack((points, pending)), np.concatenate((scaled, told)))
    mean, deviation = surface.predict(candidates, return_std=True)
    gain = scaled.min() - mean
    z = gain / np.maximum(deviation, 1e-12)
    density = np.exp(-0.5 * z**2) / math.sqrt(2 * math.pi)
    found: Points = gain * ndtr(z) + deviation * density
    return found


def _costs(study: Study, trials: Sequence[FrozenTrial]) -> Points:
    """What trials cost (trials, goals), less is better."""
    signs = np.array([-1.0 if way is StudyDirection.MAXIMIZE else 1.0 for way in study.directions])
    costs = np.full((len(trials), len(signs)), np.nan)
    for place, trial in enumerate(trials):
        if trial.values:
            costs[place] = np.array(trial.values) * signs
    worst = np.nanmax(costs, axis=0)
    return np.where(np.isnan(costs), worst, costs)


def _as_one(costs: Points, dice: np.random.Generator) -> Points:
    """Several goals as one, by weights that are drawn anew each time."""
    if costs.shape[1] == 1:
        return costs[:, 0]
    low, high = costs.min(axis=0), costs.max(axis=0)
    weighed = (costs - low) / np.where(high > low, high - low, 1) * dice.dirichlet(np.ones(costs.shape[1]))
    one: Points = weighed.max(axis=1) + AUGMENTED * weighed.sum(axis=1)
    return one


def _most_telling(costs: Points) -> NDArray[np.intp]:
    """The places of the best half and of the latest half of as many as the surface is fitted to."""
    if len(costs) <= MOST_TRIALS:
        return np.arange(len(costs))
    best = np.argsort(costs, kind="stable")[: MOST_TRIALS // 2]
    latest = np.arange(len(costs) - MOST_TRIALS // 2, len(costs))
    return np.union1d(best, latest)
