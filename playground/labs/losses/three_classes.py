"""Softmax over three classes: its shares are places in a triangle, over which cross-entropy lies."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playground.engine.activations import Softmax
from playground.engine.losses import CrossEntropy

Floats = NDArray[np.floating]

CORNERS = np.array([[0.0, 0.0], [1.0, 0.0], [0.5, 1.0]])
"""Where a class has all of it: x from the left, y from below, as shares of what is seen."""
LEAST = 1e-3
"""The smallest share that a person can give a class."""
HIGHEST = 4.0
"""A loss that is drawn as if it were the highest."""
COLUMNS, ROWS = 240, 208
TEMPERATURES = np.geomspace(0.05, 20, 121)


@dataclass(frozen=True)
class ThreeClasses:
    """What is asked: which class is right, how smooth its target is, and how warm the softmax.

    Attributes:
        right: the right class, from 0.
        smoothing: the share of the target that is spread over all classes.
        temperature: what the logits are divided by.
    """

    right: int
    smoothing: float
    temperature: float

    @property
    def loss(self) -> CrossEntropy:
        """The engine's loss."""
        return CrossEntropy(label_smoothing=self.smoothing)

    @property
    def target(self) -> Floats:
        """What the shares should be, (3,)."""
        coded: Floats = self.loss.code(np.array([self.right]), 3, 0.0)[0]
        return coded

    def shares(self, logits: Floats) -> Floats:
        """The shares (3, n) of logits (3, n) at the temperature."""
        return Softmax()(logits / self.temperature)

    def value(self, shares: Floats) -> Floats:
        """The loss where the shares (3, n) are these."""
        logits, target = np.log(shares), self.target.reshape(3, 1)
        return self.loss.each(logits, shares, np.broadcast_to(target, shares.shape))

    def gradient(self, logits: Floats) -> Floats:
        """The gradient of the loss with respect to logits (3,)."""
        scaled = (logits / self.temperature).reshape(3, 1)
        out = np.empty_like(scaled)
        target = self.target.reshape(3, 1)
        self.loss.gradient(scaled, Softmax()(scaled), target, out, np.empty_like(scaled))
        found: Floats = out[:, 0] / self.temperature
        return found

    def descent(self, logits: Floats, rate: float, steps: int) -> Floats:
        """The shares after so many steps of plain descent of the logits (3,): (steps + 1, 3)."""
        way = [logits]
        for _ in range(steps):
            way.append(way[-1] - rate * self.gradient(way[-1]))
        return self.shares(np.stack(way, axis=1)).T

    def by_temperature(self, logits: Floats) -> Floats:
        """The shares from cold to warm, (n, 3): from all for the largest to the same for each."""
        return Softmax()(logits.reshape(3, 1) / TEMPERATURES).T

    def ground(self) -> Floats:
        """The loss over the triangle, (rows, columns), the lowest y first, 0 to 1; NaN outside."""
        x, y = np.meshgrid((np.arange(COLUMNS) + 0.5) / COLUMNS, (np.arange(ROWS) + 0.5) / ROWS)
        shares = shares_at(x.ravel(), y.ravel())
        inside = (shares > 0).all(axis=0)
        found = np.full(x.size, np.nan)
        found[inside] = np.minimum(self.value(shares[:, inside]) / HIGHEST, 1)
        return found.reshape(x.shape)


def places(shares: Floats) -> Floats:
    """Where shares (n, 3) lie in the triangle, (n, 2)."""
    found: Floats = shares @ CORNERS
    return found


def shares_at(x: Floats, y: Floats) -> Floats:
    """The shares (3, n) at places of the triangle; some are negative outside of it."""
    third = y
    second = x - y / 2
    return np.stack([1 - second - third, second, third])


def kept_inside(x: float, y: float) -> tuple[float, float, float]:
    """The shares at a place, or at one near it where every class has some."""
    found = np.maximum(shares_at(np.array(x), np.array(y)), LEAST)
    first, second, third = (found / found.sum()).tolist()
    return first, second, third
