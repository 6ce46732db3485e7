"""Critical points of a small network's loss: where the gradient is 0, and how many directions go down."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.random import default_rng
from numpy.typing import NDArray

Floats = NDArray[np.float64]

SAMPLES, INPUTS = 24, 2
DECAY = 2e-3
"""What large weights cost, so that no minimum lies at infinity."""
STARTS = 120
DESCENT, RATE = 1500, 0.25
"""Steps of descent before the search: none for the first start, all of them for the last."""
ROUNDS = 100
SMALL = 1e-8
"""A gradient of less length than this is 0."""
FLAT = 1e-7
"""A curvature nearer to 0 than this is neither up nor down."""


@dataclass(frozen=True, eq=False)
class CriticalPoints:
    """What was found so far: losses (n,), directions down of each (n,), and how far the search is, to 1."""

    losses: Floats
    down: NDArray[np.int64]
    parameters: int
    share: float


@dataclass(frozen=True, eq=False)
class RandomTask:
    """A network of tanh neurons that is to learn random signs of random samples, with a price on weights."""

    hidden: int
    inputs: Floats
    targets: Floats

    @classmethod
    def drawn(cls, hidden: int, seed: int) -> RandomTask:
        """Samples and their signs."""
        chance = default_rng(seed)
        inputs = chance.standard_normal((SAMPLES, INPUTS))
        return cls(hidden, inputs, np.sign(chance.standard_normal(SAMPLES)))

    @property
    def parameters(self) -> int:
        """How many there are: weights and biases of the hidden layer, then those of the output."""
        return self.hidden * (INPUTS + 2) + 1

    def loss_and_gradient(self, theta: Floats) -> tuple[Floats, Floats]:
        """At many places (s, p) at once: losses (s,) and gradients (s, p)."""
        h, s = self.hidden, len(theta)
        w = theta[:, : h * INPUTS].reshape(s, h, INPUTS)
        b, v, c = theta[:, h * INPUTS : -1 - h], theta[:, -1 - h : -1], theta[:, -1:]
        a = np.tanh(w @ self.inputs.T + b[:, :, np.newaxis])
        error = (v[:, np.newaxis] @ a)[:, 0] + c - self.targets
        loss = (error**2).mean(axis=1) / 2 + DECAY / 2 * (theta**2).sum(axis=1)
        error /= SAMPLES
        delta = v[:, :, np.newaxis] * error[:, np.newaxis] * (1 - a * a)
        pieces = (
            (delta @ self.inputs).reshape(s, -1),
            delta.sum(axis=2),
            (a @ error[:, :, np.newaxis])[:, :, 0],
            error.sum(axis=1, keepdims=True),
        )
        return loss, np.concatenate(pieces, axis=1) + DECAY * theta

    def hessians(self, theta: Floats, step: float = 1e-5) -> Floats:
        """Second derivatives (s, p, p) by central differences of the gradient."""
        s, p = theta.shape
        ahead, behind = (
            self.loss_and_gradient((theta[:, np.newaxis] + by * np.eye(p)).reshape(-1, p))[1]
            for by in (step, -step)
        )
        found = (ahead - behind).reshape(s, p, p) / (2 * step)
        return np.asarray((found + found.transpose(0, 2, 1)) / 2)


def search(hidden: int, seed: int) -> Iterator[CriticalPoints]:
    """Go from many starts to where the gradient is 0, minimum or not; after each round tell what is found.

    The square of the gradient's length is made smaller by damped Newton steps (Levenberg 1944, Marquardt
    1963); starts are random weights that descent has led down, some of them far and some not at all.
    """
    task = RandomTask.drawn(hidden, seed)
    theta = yield from _led_down(task, seed)
    loss, gradient = task.loss_and_gradient(theta)
    damping = np.full(len(theta), 1e-2)
    for number in range(1, ROUNDS + 1):
        curvatures, ways = np.linalg.eigh(task.hessians(theta))
        found = np.linalg.norm(gradient, axis=1) < SMALL
        down = (curvatures[found] < -FLAT).sum(axis=1)
        yield CriticalPoints(loss[found], down, task.parameters, 0.3 + 0.7 * number / ROUNDS)
        step = _step(curvatures, ways, gradient, damping)
        tried, sloped = task.loss_and_gradient(theta + step)
        better = (sloped**2).sum(axis=1) < (gradient**2).sum(axis=1)
        theta = np.where(better[:, np.newaxis], theta + step, theta)
        gradient, loss = np.where(better[:, np.newaxis], sloped, gradient), np.where(better, tried, loss)
        damping = np.clip(np.where(better, damping * 0.3, damping * 4), 1e-14, 1e3)


def _led_down(task: RandomTask, seed: int) -> Generator[CriticalPoints, None, Floats]:
    """The starts (s, p), in the end."""
    theta = default_rng((seed, 1)).standard_normal((STARTS, task.parameters)) * 1.5
    steps = np.linspace(0, 1, STARTS) ** 2 * DESCENT
    none = np.empty(0)
    for number in range(DESCENT):
        goes = number < steps
        theta[goes] -= RATE * task.loss_and_gradient(theta[goes])[1]
        if number % 50 == 0:
            yield CriticalPoints(none, none.astype(np.int64), task.parameters, 0.3 * number / DESCENT)
    return theta


def _step(curvatures: Floats, ways: Floats, gradient: Floats, damping: Floats) -> Floats:
    """−(H² + μ I)⁻¹ H g for each start, no longer than 1."""
    along = (ways.transpose(0, 2, 1) @ gradient[:, :, np.newaxis])[:, :, 0]
    shares = curvatures * along / (curvatures**2 + damping[:, np.newaxis])
    step = -(ways @ shares[:, :, np.newaxis])[:, :, 0]
    length = np.linalg.norm(step, axis=1, keepdims=True)
    return np.asarray(step / np.maximum(length, 1))
