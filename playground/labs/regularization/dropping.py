"""A small network with dropout: all networks that are left when neurons are dropped, and the scaled whole."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import default_rng
from numpy.typing import NDArray

Floats = NDArray[np.float64]

GRID = 121
REACH = 3.0
"""Inputs go from −3 to 3."""
CERTAIN = 1e-300
"""No probability counts as less, for its logarithm."""


@dataclass(frozen=True, eq=False)
class SubNetworks:
    """What all 2ⁿ networks say of an input.

    Attributes:
        x: inputs (g,).
        outputs: what each says (2ⁿ, g).
        chances: how likely each is (2ⁿ,).
        scaled: what the whole network says whose neurons count for as much as they are there (g,).
    """

    x: Floats
    outputs: Floats
    chances: Floats
    scaled: Floats

    @property
    def average(self) -> Floats:
        """The mean of all (g,), each by its chance."""
        average: Floats = self.chances @ self.outputs
        return average

    @property
    def geometric(self) -> Floats:
        """For probabilities: the geometric mean of all, and of their complements, made to sum to 1 (g,)."""
        ahead = self.chances @ np.log(np.maximum(self.outputs, CERTAIN))
        against = self.chances @ np.log(np.maximum(1 - self.outputs, CERTAIN))
        return 1 / (1 + np.exp(np.clip(against - ahead, -700, 700)))

    @property
    def apart(self) -> float:
        """How far the scaled whole is from the average at most."""
        return float(np.abs(self.scaled - self.average).max())


def sub_networks(hidden: int, kept: float, sigmoid: bool, seed: int) -> SubNetworks:
    """One input, tanh neurons of which each stays with a chance, and one output, linear or a sigmoid."""
    chance = default_rng([seed, hidden])
    slopes, shifts = 1.5 * chance.standard_normal((2, hidden))
    weights, bias = 2 * chance.standard_normal(hidden), 0.3 * chance.standard_normal()
    x = np.linspace(-REACH, REACH, GRID)
    says = np.tanh(slopes[:, np.newaxis] * x + shifts[:, np.newaxis])
    masks = (np.arange(2**hidden)[:, np.newaxis] >> np.arange(hidden)) & 1
    count = masks.sum(axis=1)
    chances = kept**count * (1 - kept) ** (hidden - count)
    nets, whole = (masks * weights) @ says + bias, kept * weights @ says + bias
    if sigmoid:
        nets, whole = _sigmoid(nets), _sigmoid(whole)
    return SubNetworks(x, nets, chances, whole)


def _sigmoid(net: Floats) -> Floats:
    found: Floats = 1 / (1 + np.exp(-np.clip(net, -700, 700)))
    return found
