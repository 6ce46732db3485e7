"""Random symmetric matrices: how the signs of their eigenvalues fall, and where the eigenvalues lie."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator, default_rng
from numpy.typing import NDArray

Floats = NDArray[np.float64]

DIMENSIONS = tuple(range(1, 11))
"""Those of which it is measured how many have no negative eigenvalue."""
BINS = 40
RADIUS = 2.0
"""Where the eigenvalues of a large matrix end, on either side of 0 (Wigner 1958)."""
VALUES = 20_000
"""About so many eigenvalues are drawn for a histogram."""


def symmetric(count: int, n: int, chance: Generator) -> Floats:
    """Matrices (count, n, n) of the Gaussian orthogonal ensemble: variance 1/n, on the diagonal 2/n."""
    drawn = chance.standard_normal((count, n, n))
    return np.asarray((drawn + drawn.transpose(0, 2, 1)) / np.sqrt(2 * n))


@dataclass(frozen=True, eq=False)
class MatrixSigns:
    """Of matrices of each of the dimensions: the share without negative, and of those with both signs."""

    minima: Floats
    saddles: Floats
    drawn: int


def signs(count: int, seed: int) -> MatrixSigns:
    """So many matrices of each dimension as curvatures of critical points."""
    chance, minima, saddles = default_rng(seed), [], []
    for n in DIMENSIONS:
        eigenvalues = np.linalg.eigvalsh(symmetric(count, n, chance))
        minima.append(np.mean(eigenvalues[:, 0] > 0))
        saddles.append(np.mean((eigenvalues[:, 0] < 0) & (eigenvalues[:, -1] > 0)))
    return MatrixSigns(np.array(minima), np.array(saddles), count)


@dataclass(frozen=True, eq=False)
class MatrixSpectrum:
    """How eigenvalues are spread: the middles of bins, the density there, and that of the semicircle."""

    places: Floats
    density: Floats
    semicircle: Floats


def spectrum(n: int, seed: int) -> MatrixSpectrum:
    """The eigenvalues of many matrices of one dimension."""
    eigenvalues = np.linalg.eigvalsh(symmetric(max(1, VALUES // n), n, default_rng(seed))).ravel()
    reach = max(RADIUS, float(np.abs(eigenvalues).max())) * 1.02
    density, edges = np.histogram(eigenvalues, BINS, (-reach, reach), density=True)
    places = (edges[1:] + edges[:-1]) / 2
    return MatrixSpectrum(places, density, semicircle(places))


def semicircle(x: Floats) -> Floats:
    """Wigner's density √(4 − x²) / 2π of the eigenvalues of a large matrix."""
    return np.asarray(np.sqrt(np.maximum(RADIUS**2 - x * x, 0)) / (2 * np.pi))
