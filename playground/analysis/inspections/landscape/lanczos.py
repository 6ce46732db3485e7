"""The ends of the spectrum of a symmetric matrix that is known by its products with vectors alone.

Lanczos 1950, with all vectors kept at right angles.  Where it has found all that can be reached from its
first vector, it goes on from another one, so that after as many steps as there are rows nothing is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from playground.analysis.inspections.landscape.planes import Floats
from playground.analysis.piecemeal import WorkPiece

SPENT = 1e-10
"""What is left of a vector, as a share of its product, below which nothing new is reached from it."""


@dataclass(frozen=True, eq=False)
class Spectrum:
    """What was found in a space of k of the n dimensions.

    Attributes:
        values: (k,) the eigenvalues within that space, rising; the outermost are those of the whole matrix
            before the others are.
        errors: (k,) how far the nearest eigenvalue of the whole matrix is from each, at most.
        lowest: (n,) the direction that belongs to the smallest.
        highest: (n,) the direction that belongs to the largest.
    """

    values: Floats
    errors: Floats
    lowest: Floats
    highest: Floats


def lanczos(
    product: Callable[[Floats], Floats], size: int, steps: int, chance: np.random.Generator
) -> Iterator[WorkPiece[Spectrum]]:
    """One product a step, at most `size` of them; the spectrum is found at the end."""
    steps = min(steps, size)
    basis = np.zeros((steps, size))
    diagonal, beside = np.zeros(steps), np.zeros(steps)
    vector, coupling = _fresh(basis[:0], chance, size), 0.0
    for step in range(steps):
        basis[step] = vector
        rest = product(vector)
        length = float(np.linalg.norm(rest))
        diagonal[step] = vector @ rest
        for _ in range(2):  # once more, as rounding leaves something of the others
            rest = rest - basis[: step + 1].T @ (basis[: step + 1] @ rest)
        coupling = float(np.linalg.norm(rest))
        if coupling <= SPENT * max(length, float(np.abs(diagonal).max())):
            coupling = 0.0
            vector = _fresh(basis[: step + 1], chance, size) if step + 1 < steps else vector
        else:
            vector = rest / coupling
        beside[step] = coupling
        yield WorkPiece(step + 1, steps)
    tridiagonal = np.diag(diagonal) + np.diag(beside[:-1], 1) + np.diag(beside[:-1], -1)
    values, ways = np.linalg.eigh(tridiagonal)
    errors = np.abs(coupling * ways[-1])
    yield WorkPiece(steps, steps, Spectrum(values, errors, basis.T @ ways[:, 0], basis.T @ ways[:, -1]))


def _fresh(known: Floats, chance: np.random.Generator, size: int) -> Floats:
    """A random unit vector at right angles to those known, (m, size)."""
    vector = chance.standard_normal(size)
    for _ in range(2):
        vector -= known.T @ (known @ vector)
    unit: Floats = vector / np.linalg.norm(vector)
    return unit
