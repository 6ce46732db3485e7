"""Least squares with a price on the weights: λ (α Σ|w| + (1 − α) ½ Σw²) beside the loss."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import product

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

SWEEPS, CLOSE = 2000, 1e-10
"""Sweeps of coordinate descent at most, and the change below which it ends."""

ALCOHOL = 0
MEASURED = (1, 2, 4, 5, 6, 9, 10, 12)
"""Columns of the wines: what is told, and from what."""


@dataclass(frozen=True)
class Price:
    """A penalty: its strength λ, and the share α of it that is of Σ|w|."""

    strength: float
    share: float

    @property
    def l1(self) -> float:
        """What each |w| costs."""
        return self.strength * self.share

    @property
    def l2(self) -> float:
        """What each ½w² costs."""
        return self.strength * (1 - self.share)


def cost(weights: Floats, price: Price) -> float:
    """What weights (p,) cost."""
    return price.l1 * float(np.abs(weights).sum()) + price.l2 / 2 * float(weights @ weights)


def loss(weights: Floats, best: Floats, curvature: Floats) -> float:
    """½ (w − w*)ᵗ H (w − w*): the loss above that of the best weights."""
    away = weights - best
    return float(away @ curvature @ away) / 2


def cheapest(best: Floats, curvature: Floats, l1: Floats, l2: Floats) -> Floats:
    """The weights (k, 2) of a quadratic loss and of k prices, exactly: every pattern of signs is tried."""
    slope, steep = curvature @ best, curvature.diagonal()
    patterns = np.array([signs for signs in product((-1.0, 0.0, 1.0), repeat=2) if any(signs)])
    free = slope - l1[:, np.newaxis] * patterns[:, np.newaxis]
    bent = steep + l2[:, np.newaxis]
    both = np.abs(patterns).sum(axis=1) == 2
    found = np.where(patterns[:, np.newaxis] != 0, free / bent, 0.0)
    found[both] = _solved(bent, float(curvature[0, 1]), free[both])
    found = np.concatenate([found, np.zeros((1, *bent.shape))])
    fits = np.sign(found[:-1]) == patterns[:, np.newaxis]
    away = found - best
    whole = np.einsum("...i,ij,...j->...", away, curvature, away) / 2
    whole += l1 * np.abs(found).sum(axis=-1) + l2 / 2 * (found**2).sum(axis=-1)
    whole[:-1][~fits.all(axis=-1)] = np.inf
    chosen: Floats = found[whole.argmin(axis=0), np.arange(len(l1))]
    return chosen


def _solved(bent: Floats, mixed: float, free: Floats) -> Floats:
    """The solutions (…, k, 2) of systems of two equations with these on their diagonals (k, 2)."""
    size = bent.prod(axis=-1) - mixed**2
    crossed: Floats = (bent[:, ::-1] * free - mixed * free[..., ::-1]) / size[:, np.newaxis]
    return crossed


def descended(products: Floats, slope: Floats, price: Price, begun: Floats) -> Floats:
    """The weights (p,) for H = XᵗX/n and Xᵗy/n, by coordinate descent from others near by."""
    weights = begun.copy()
    for _ in range(SWEEPS):
        before = weights.copy()
        for place in range(len(weights)):
            rest = slope[place] - products[place] @ weights + products[place, place] * weights[place]
            kept = np.sign(rest) * max(abs(rest) - price.l1, 0.0)
            weights[place] = kept / (products[place, place] + price.l2)
        if np.abs(weights - before).max() < CLOSE:
            break
    return weights


def ridge(products: Floats, slope: Floats, price: Price) -> Floats:
    """The same without a share of Σ|w|: a system of equations."""
    return np.asarray(np.linalg.solve(products + price.l2 * np.eye(len(slope)), slope), np.float64)


@lru_cache(maxsize=1)
def wines() -> tuple[tuple[str, ...], Floats, Floats]:
    """Names of measurements, their correlations (p, p), and those with alcohol (p,): all have variance 1."""
    from playground.data.datasets.wine import Wine

    wine = Wine()
    raw = np.asarray(wine.load().raw, np.float64)
    scaled = (raw - raw.mean(axis=0)) / raw.std(axis=0)
    inputs, alcohol = scaled[:, MEASURED], scaled[:, ALCOHOL]
    names = tuple(wine.columns[column].name for column in MEASURED)
    return names, inputs.T @ inputs / len(raw), inputs.T @ alcohol / len(raw)


def path(strengths: Floats, share: float) -> Floats:
    """The weights (k, p) for the wines at each strength, which rise."""
    names, products, slope = wines()
    weights = np.zeros(len(names))
    found = []
    for strength in strengths[::-1].tolist():
        price = Price(strength, share)
        weights = ridge(products, slope, price) if share == 0 else descended(products, slope, price, weights)
        found.append(weights)
    return np.array(found[::-1])
