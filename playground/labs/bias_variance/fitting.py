"""Models that are fitted in closed form: polynomials, and networks of which the last layer alone learns."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.random import default_rng
from numpy.typing import NDArray

Floats = NDArray[np.float64]

MOST = 150
"""The largest degree, and the most neurons."""

GOLDEN = (np.sqrt(5) - 1) / 2

CUT = 1e-10
"""Directions that are weaker than so much of the strongest one count as none."""


def powers(x: Floats, degree: int) -> Floats:
    """Legendre polynomials (…, degree + 1) at places in [−1, 1], each of mean square 1."""
    table = np.asarray(np.polynomial.legendre.legvander(x, degree), np.float64)
    return table * np.sqrt(2 * np.arange(degree + 1) + 1)


def neurons(x: Floats, count: int, seed: int) -> Floats:
    """What ReLU neurons say at places, after a bias: (…, count + 1).

    Which way each looks is drawn by chance; their kinks fill the line evenly, however many there are.
    """
    ways, kinks = _drawn(seed)
    rows = np.maximum(ways[:count] * (x[..., np.newaxis] - kinks[:count]), 0.0)
    return np.concatenate([np.ones((*x.shape, 1)), rows], axis=-1)


def fitted(features: Floats, targets: Floats, penalty: float) -> Floats:
    """Weights (…, p) of least squares with λ times their squares, features (…, n, p), targets (…, n).

    Without a penalty they are the smallest of those that fit best.
    """
    left, strengths, right = np.linalg.svd(features, full_matrices=False)
    charged = strengths**2 + targets.shape[-1] * penalty
    kept = strengths > CUT * strengths.max(axis=-1, keepdims=True)
    shares = np.divide(strengths, charged, out=np.zeros_like(strengths), where=kept & (charged > 0))
    inner = np.einsum("...nk,...n->...k", left, targets) * shares
    weights: Floats = np.einsum("...kp,...k->...p", right, inner)
    return weights


@lru_cache(maxsize=8)
def _drawn(seed: int) -> tuple[Floats, Floats]:
    """Which way each neuron looks, and where its kink is."""
    chance = default_rng([seed, 3])
    places = chance.uniform() + GOLDEN * np.arange(1, MOST + 1)
    return chance.choice((-1.0, 1.0), MOST), 2 * (places % 1) - 1
