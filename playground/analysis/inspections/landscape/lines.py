"""The loss along the straight line from one place in the space of weights to another.

Goodfellow, Vinyals & Saxe 2015.  Running averages change along with the weights.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from playground.analysis.inspections.landscape.objective import Objective, State
from playground.analysis.inspections.landscape.planes import Floats
from playground.analysis.piecemeal import WorkPiece
from playground.engine.arrays import Array

BEYOND = 0.25
"""How far it goes on past both ends, as a share of what lies between them."""


@dataclass(frozen=True, eq=False)
class WeightsAt:
    """Where a network is or was: its parameters (p,) and its running averages."""

    parameters: Array
    state: State


@dataclass(frozen=True, eq=False)
class LineLosses:
    """Losses along a line: `share` (n,) is 0 at its beginning and 1 at its end."""

    share: Floats
    train: Floats
    test: Floats


def line(
    objective: Objective, begin: WeightsAt, end: WeightsAt, points: int
) -> Iterator[WorkPiece[LineLosses]]:
    """At so many points, one after the other; all of them are found at the end."""
    share = np.linspace(-BEYOND, 1 + BEYOND, points)
    found = np.empty((points, 2))
    for place, part in enumerate(share.tolist()):
        between = WeightsAt(
            _between(begin.parameters, end.parameters, part),
            {name: _between(values, end.state[name], part) for name, values in begin.state.items()},
        )
        found[place] = objective.losses(between.parameters, between.state)
        yield WorkPiece(place + 1, points)
    yield WorkPiece(points, points, LineLosses(share, found[:, 0], found[:, 1]))


def _between(first: Array, second: Array, share: float) -> Array:
    return (1 - share) * np.asarray(first, np.float64) + share * np.asarray(second, np.float64)
