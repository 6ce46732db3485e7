"""Straight lines that different losses draw through the same points, one of which lies outside."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from playground.engine.activations import Activation, Linear, Sigmoid
from playground.engine.losses import Loss
from playground.engine.optimizers.adam import Adam

Floats = NDArray[np.floating]

COUNT, SLOPE, NOISE = 16, 0.6, 0.25
"""How many points there are besides the one outside, how they rise, and their noise."""
PENALTY = 1e-3
"""So much of half the squared weight is added: without it some losses have no single best line."""
STEPS, RATE = 600, 0.3

Answers = Literal["numbers", "classes"]


@dataclass(frozen=True, eq=False)
class GivenPoints:
    """Where the points lie, the one outside last: (n,) each; for classes y is −1 or 1."""

    x: Floats
    y: Floats


@dataclass(frozen=True, eq=False)
class FittedLine:
    """The line y = slope · x + middle that a loss likes best."""

    loss: Loss
    slope: float
    middle: float

    def at(self, x: Floats) -> Floats:
        """How high it is."""
        return self.slope * x + self.middle

    @property
    def border(self) -> float | None:
        """Where it crosses 0, and one class ends; None where it hardly rises."""
        return -self.middle / self.slope if abs(self.slope) > PENALTY else None


def points(answers: Answers, outside: tuple[float, float], seed: int) -> GivenPoints:
    """Points along a line, or of two classes, and the one outside."""
    chance = np.random.default_rng(seed)
    if answers == "numbers":
        x = np.linspace(-2.5, 2.5, COUNT)
        y = SLOPE * x + NOISE * chance.standard_normal(COUNT)
        return GivenPoints(np.append(x, outside[0]), np.append(y, outside[1]))
    half = COUNT // 2
    x = np.concatenate([-chance.uniform(0.4, 2.5, half), chance.uniform(0.4, 2.5, half)])
    y = np.repeat([-1.0, 1.0], half)
    return GivenPoints(np.append(x, outside[0]), np.append(y, np.copysign(1.0, outside[1])))


def who_fit(answers: Answers, chosen: Loss) -> tuple[Loss, ...]:
    """The losses that can draw a line, as they usually are but for the one that is chosen."""
    losses = (chosen if isinstance(chosen, kind) else kind.usual() for kind in Loss.ready())
    if answers == "numbers":
        return tuple(loss for loss in losses if loss.trainable and loss.for_numbers)
    return tuple(loss for loss in losses if loss.trainable and loss.suits(2) and loss.outputs(2) == 1)


def fitted(loss: Loss, answers: Answers, given: GivenPoints) -> FittedLine:
    """The best line by the engine's own gradient, from that of least squares by Adam at a falling rate."""
    activation = _activation(loss)
    classes = (given.y > 0).astype(np.int64)
    low = 0.0 if activation.range[0] >= 0 else -1.0
    t = given.y if answers == "numbers" else loss.code(classes, 2, low)[:, 0]
    t = t.reshape(1, -1)
    design = np.stack([given.x, np.ones_like(given.x)])
    w: Floats = np.linalg.lstsq(design.T, given.y, rcond=None)[0]
    adam, state, work = Adam(), (np.zeros(2), np.zeros(2)), np.empty(2)
    slope, room, out = np.empty_like(t), np.empty_like(t), np.empty_like(t)
    for step in range(STEPS):
        z = (w @ design).reshape(1, -1)
        activation.forward(z, out, room)
        loss.gradient(z, out, t, slope, room)
        gradient = design @ slope[0] + PENALTY * w * (1, 0)
        adam.update(w, gradient, state, RATE * (1 + cos(pi * step / STEPS)) / 2, step + 1, work)
    return FittedLine(loss, float(w[0]), float(w[1]))


def _activation(loss: Loss) -> Activation:
    """The output that a loss is for; those of distance draw a line by the net input itself."""
    return Sigmoid() if loss.accepts(Sigmoid()) and not loss.accepts(Linear()) else Linear()
