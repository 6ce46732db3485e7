"""A restricted Boltzmann machine of binary units, and what it knows of pictures.

W has a row a hidden unit; v and h are rows of samples.  E(v, h) = −v·b − h·c − h·(W v).
Hinton 2002 describes contrastive divergence, and Hinton 2010 how it is used.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Floats = NDArray[np.float64]

MOST_BITS = 16
"""So many units on the smaller side can be counted through, for exact numbers."""


class Slope(NamedTuple):
    """How the logarithm of the likelihood changes with W, b and c; or an estimate of that."""

    weights: Floats
    visible: Floats
    hidden: Floats


@dataclass(frozen=True, eq=False)
class RestrictedMachine:
    """Its parameters: W (h, v), b (v,) of the visible units and c (h,) of the hidden ones."""

    weights: Floats
    visible: Floats
    hidden: Floats

    @classmethod
    def drawn(cls, visible: int, hidden: int, means: Floats, chance: Generator) -> RestrictedMachine:
        """Small weights, hidden units at rest, and visible ones at the means of the data (Hinton 2010)."""
        share = np.clip(means, 0.01, 0.99)
        weights = 0.01 * chance.standard_normal((hidden, visible))
        return cls(weights, np.log(share / (1 - share)), np.zeros(hidden))

    def hidden_given(self, v: Floats) -> Floats:
        """p(h = 1 | v)."""
        return sigmoid(v @ self.weights.T + self.hidden)

    def visible_given(self, h: Floats) -> Floats:
        """p(v = 1 | h)."""
        return sigmoid(h @ self.weights + self.visible)

    def free_energy(self, v: Floats) -> Floats:
        """F(v) = −v·b − Σ log(1 + exp(c + W v)), a number a row: p(v) = exp(−F(v)) / Z."""
        return np.asarray(-v @ self.visible - softplus(v @ self.weights.T + self.hidden).sum(axis=1))

    def gibbs(self, v: Floats, chance: Generator) -> tuple[Floats, Floats]:
        """One step of the chain: hidden units drawn from visible ones, and visible ones from those."""
        h = drawn(self.hidden_given(v), chance)
        return h, drawn(self.visible_given(h), chance)

    def reconstructed(self, v: Floats) -> Floats:
        """What the machine makes of pictures by going to the hidden units and back, without chance."""
        return self.visible_given(self.hidden_given(v))

    def divergence(self, v: Floats, steps: int, chance: Generator) -> Slope:
        """The estimate of contrastive divergence: data against what a chain of so many steps makes of it."""
        dreamt = v
        for _ in range(steps):
            _, dreamt = self.gibbs(dreamt, chance)
        return self._difference(v, dreamt)

    def _difference(self, v: Floats, dreamt: Floats) -> Slope:
        up, down = self.hidden_given(v), self.hidden_given(dreamt)
        weights = up.T @ v / len(v) - down.T @ dreamt / len(dreamt)
        return Slope(weights, v.mean(axis=0) - dreamt.mean(axis=0), up.mean(axis=0) - down.mean(axis=0))

    # --- exact numbers of small machines ----------------------------------------------------------------

    @property
    def is_small(self) -> bool:
        """Whether one side can be counted through."""
        return bool(min(self.weights.shape) <= MOST_BITS)

    def log_partition(self) -> float:
        """Log Z: all states of the smaller side, the other side summed in closed form."""
        hidden, visible = self.weights.shape
        if visible <= hidden:
            return log_sum(-self.free_energy(states(visible)))
        h = states(hidden)
        return log_sum(h @ self.hidden + softplus(h @ self.weights + self.visible).sum(axis=1))

    def log_likelihood(self, v: Floats) -> float:
        """The mean of log p(v), in nats a picture."""
        return float((-self.free_energy(v)).mean() - self.log_partition())


def states(bits: int) -> Floats:
    """All states of so many binary units, (2ᵇⁱᵗˢ, bits)."""
    return (np.arange(2**bits)[:, np.newaxis] >> np.arange(bits) & 1).astype(np.float64)


def drawn(share: Floats, chance: Generator) -> Floats:
    """Units that are 1 with these probabilities, and else 0."""
    return (chance.random(share.shape) < share).astype(np.float64)


def sigmoid(z: Floats) -> Floats:
    """1 / (1 + exp(−z)), for any z."""
    return np.asarray(0.5 * (1 + np.tanh(0.5 * z)))


def softplus(z: Floats) -> Floats:
    """log(1 + exp(z)), for any z."""
    return np.asarray(np.logaddexp(0, z))


def log_sum(values: Floats) -> float:
    """Log Σ exp(values), for any values."""
    top = values.max()
    return float(top + np.log(np.exp(values - top).sum()))
