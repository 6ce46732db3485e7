"""The perceptron's rule, a mistake at a time, and how many mistakes it can make at most."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Signs = NDArray[np.int64]

MOST_MISTAKES = 600
"""After so many the rule is left: what has no border keeps it busy for ever."""
NO_MARGIN = 1e-7


@dataclass(frozen=True, eq=False)
class Mistake:
    """One update: the point that was on the wrong side, in which pass, and the weights (w₁, w₂, b) then."""

    point: int
    passes: int
    weights: Floats


@dataclass(frozen=True, eq=False)
class RuleLearning:
    """Points (n, 2) of sign ±1, and every mistake that the rule makes of them, from weights of 0 on."""

    points: Floats
    signs: Signs
    mistakes: tuple[Mistake, ...]
    settled: bool
    """Whether a whole pass was without a mistake."""

    def weights(self, mistakes: int) -> Floats:
        """The weights (3,) after so many mistakes."""
        return self.mistakes[mistakes - 1].weights if mistakes else np.zeros(3)

    def right(self, mistakes: int) -> int:
        """How many points are on the right side then; on the line is on none."""
        return int(np.count_nonzero(self.signs * heights(self.points, self.weights(mistakes)) > 0))

    @cached_property
    def margin(self) -> float:
        """The γ of the best border, in the space of (x, y, 1); 0 where there is none."""
        return margin(self.points, self.signs)

    @property
    def bound(self) -> float | None:
        """(R / γ)², the most mistakes that can be made (Novikoff 1962); None where there is no border."""
        if self.margin < NO_MARGIN:
            return None
        return float((extended(self.points) ** 2).sum(axis=1).max() / self.margin**2)


def learn(points: Floats, signs: Signs) -> RuleLearning:
    """Go through the points in order, again and again; add what is on the wrong side, times its sign."""
    inputs, weights = extended(points), np.zeros(3)
    mistakes: list[Mistake] = []
    passes, settled = 0, False
    while not settled and len(mistakes) < MOST_MISTAKES:
        passes, settled = passes + 1, True
        for place, (x, sign) in enumerate(zip(inputs, signs.tolist(), strict=True)):
            if sign * (x @ weights) > 0:
                continue
            weights, settled = weights + sign * x, False
            mistakes.append(Mistake(place, passes, weights))
    return RuleLearning(points, signs, tuple(mistakes[:MOST_MISTAKES]), settled)


def heights(points: Floats, weights: Floats) -> Floats:
    """w₁ x + w₂ y + b at points (n, 2), without a product of matrices, for which training would be waited."""
    return np.asarray(points[:, 0] * weights[0] + points[:, 1] * weights[1] + weights[2])


def extended(points: Floats) -> Floats:
    """Points (n, 3) with a 1 for the bias."""
    return np.column_stack([points, np.ones(len(points))])


def margin(points: Floats, signs: Signs) -> float:
    """How far the nearest point is from the best border through the origin of (x, y, 1); 0 without one.

    It is the length of the shortest vector in the convex hull of the points, each times its sign, which
    least squares without negative shares find.
    """
    from scipy.optimize import nnls

    hull = (signs[:, np.newaxis] * extended(points)).T
    shares, _ = nnls(np.vstack([hull, np.ones(len(points))]), np.array([0.0, 0, 0, 1]))
    return float(np.linalg.norm(hull @ (shares / shares.sum())))
