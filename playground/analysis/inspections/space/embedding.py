"""t-SNE of what a layer gives, a piece at a time (van der Maaten & Hinton 2008)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playground.analysis.inspections.space.projection import on_components
from playground.engine.arrays import Array
from playground.randomness import Pcg64

MOST = 800
"""Samples that are placed at most, as the work grows faster than their number."""

FEWEST = 4
"""Fewer samples have no neighbours to speak of."""

NEAR = 1e-4
"""How far apart samples begin, as van der Maaten has it."""

PIECES = 4
STEPS = 250
"""Steps of each piece; the first exaggerates how near neighbours are, so that clusters form."""


@dataclass(frozen=True, eq=False)
class Embedded:
    """Places (n, 2) within −1 and 1, so far, of these `rows` (n,) of all samples.

    `done` is the share of the work, 0 to 1.
    """

    places: Array
    rows: NDArray[np.intp]
    done: float


def embedded(values: Array, perplexity: float) -> Iterator[Embedded]:
    """The places of samples (n, units) that keep neighbours near; each piece goes on from the last."""
    from sklearn.manifold import TSNE
    from threadpoolctl import threadpool_limits

    rows = np.arange(0, len(values), -(-len(values) // MOST))
    if len(rows) < FEWEST:
        yield Embedded(np.zeros((len(rows), 2)), rows, 1.0)
        return
    values = scaled(values[rows])
    few = max(min(perplexity, (len(values) - 1) / 3), 1.0)
    start = _first_places(values)
    for piece in range(PIECES):
        machine = TSNE(
            perplexity=few,
            init=start,
            early_exaggeration=12.0 if piece == 0 else 1.0,
            max_iter=STEPS,
            random_state=0,
            n_jobs=1,
        )
        with threadpool_limits(1, user_api="openmp"):  # several threads only wait for one another
            start = places = machine.fit_transform(values).astype(np.float32)
        yield Embedded(places / (float(np.abs(places).max()) or 1.0), rows, (piece + 1) / PIECES)


def scaled(values: Array) -> Array:
    """Values with their largest at 1, so that no square of them overflows."""
    shrunk: Array = values / (float(np.abs(values).max(initial=0.0)) or 1.0)
    return shrunk


def _first_places(values: Array) -> Array:
    """Near one another along two principal components, and no two in one place."""
    chance = Pcg64(seed=0).streams().init
    places = on_components(values, 2)(values) + 0.01 * chance.normal((len(values), 2))
    return (NEAR * places).astype(np.float32)
