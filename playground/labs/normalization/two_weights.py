"""The loss of a neuron with two weights: its valley, the way down, and the gradient of each sample.

LeCun et al. 1998.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from playground.labs.race.racing import FAR_AWAY, Way, levels
from playground.labs.race.terrain import Box

Floats = NDArray[np.floating]

AROUND = 3.2
"""How far is seen, in lengths of the valley that are usual for its curvatures."""
FLATTEST = 1e-9
"""A curvature is taken to be no smaller than this share of the largest: columns may be all alike."""
LEAST = 1e-12
"""And never smaller than this, where inputs are all 0."""
COLUMNS, ROWS = 240, 180
CLOSE = 0.01
"""Who has no more than this share of the height of the start left is at the bottom."""
LIMIT = 10_000
"""Steps after which nobody waits any longer."""


@dataclass(frozen=True, eq=False)
class TwoWeights:
    """½ mean (w₁ x₁ + w₂ x₂ − y)² over samples.

    Attributes:
        inputs: (n, 2), as the neuron gets them.
        targets: (n,).
    """

    inputs: Floats
    targets: Floats

    @cached_property
    def hessian(self) -> Floats:
        """XᵗX / n, (2, 2)."""
        found: Floats = self.inputs.T @ self.inputs / len(self.inputs)
        return found

    @cached_property
    def curvatures(self) -> Floats:
        """The smallest and the largest curvature, (2,)."""
        found = np.linalg.eigvalsh(self.hessian)
        kept: Floats = np.maximum(found, max(FLATTEST * float(found[1]), LEAST))
        return kept

    @property
    def condition(self) -> float:
        """How many times steeper it is across the valley than along it."""
        return float(self.curvatures[1] / self.curvatures[0])

    @cached_property
    def best(self) -> Floats:
        """The weights with the least loss, (2,)."""
        return np.asarray(np.linalg.lstsq(self.inputs, self.targets, rcond=None)[0], np.float64)

    @property
    def seen(self) -> Box:
        """What is seen of the plane of weights."""
        (x, y), far = self.best.tolist(), AROUND / float(np.prod(self.curvatures)) ** 0.25
        return x - far, x + far, y - 0.75 * far, y + 0.75 * far

    def place(self, share: tuple[float, float]) -> Floats:
        """The weights (2,) at a place, given as shares of what is seen."""
        left, right, low, high = self.seen
        return np.array([left + share[0] * (right - left), low + share[1] * (high - low)])

    def value(self, weights: Floats) -> Floats:
        """The loss at weights (..., 2)."""
        away = weights - self.best
        height: Floats = np.einsum("...i,ij,...j->...", away, self.hessian, away) / 2
        return height + self.least

    @cached_property
    def least(self) -> float:
        """The least loss."""
        return float(np.square(self.inputs @ self.best - self.targets).mean() / 2)

    def gradients(self, weights: Floats) -> Floats:
        """The gradient of every sample at weights (2,), (n, 2)."""
        found: Floats = (self.inputs @ weights - self.targets)[:, np.newaxis] * self.inputs
        return found

    def together(self, weights: Floats) -> float:
        """The share of samples that let both weights rise, or both fall."""
        gradients = self.gradients(weights)
        return float((np.prod(gradients, axis=1) > 0).mean())

    def descent(self, start: Floats, rate: float, steps: int) -> Way:
        """So many steps of plain descent."""
        places = [start]
        for _ in range(steps):
            after = places[-1] - rate * self.hessian @ (places[-1] - self.best)
            if not np.abs(after).max() < FAR_AWAY * max(1.0, np.abs(start).max()):
                break
            places.append(after)
        way = np.array(places, np.float64)
        return Way(way, self.value(way).astype(np.float64), len(way) <= steps)

    def steps_needed(self, start: Floats, share: float) -> int | None:
        """Steps to the bottom at a rate of this share of 2/λ; None where it is never, or not soon.

        Along each direction of curvature the height falls by the square of 1 − rate · curvature a step.
        """
        if share >= 1:
            return None
        curvatures, directions = np.linalg.eigh(self.hessian)
        heights = curvatures * (directions.T @ (start - self.best)) ** 2 / 2
        falls = (1 - share * 2 * curvatures / self.curvatures[1]) ** 2
        left = np.array([heights @ falls**step for step in _powers()])
        reached = np.flatnonzero(left <= CLOSE * heights.sum())
        return int(_powers()[reached[0]]) if len(reached) else None

    def ground(self) -> Floats:
        """How high the loss is over what is seen, 0 to 1, (rows, columns), the lowest w₂ first."""
        left, right, low, high = self.seen
        x, y = np.meshgrid(np.linspace(left, right, COLUMNS), np.linspace(low, high, ROWS))
        return levels(self.value(np.stack([x, y], axis=-1)).astype(np.float64), self.least)


def _powers() -> NDArray[np.int64]:
    """Numbers of steps that are tried: each at first, and then fewer and fewer."""
    return np.unique(np.geomspace(1, LIMIT, 600).round().astype(np.int64))
