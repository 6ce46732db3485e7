"""A survey of a plane: the loss at the points of a grid, of a coarse one first and then of finer ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from playground.analysis.inspections.landscape.objective import Objective
from playground.analysis.inspections.landscape.planes import Floats, LossPlane
from playground.analysis.piecemeal import WorkPiece

STAGES = (9, 25)
"""Points a side of the grids that come before the one that is asked for."""


@dataclass(frozen=True, eq=False)
class LossGrid:
    """The losses at the points of a grid over a plane.

    Attributes:
        x, y: (r,) the coordinates of its columns and rows, rising.
        train, test: (r, r) the losses, the lowest row first; what is not finite is a hole.
        samples: how many training and test samples were measured.
    """

    plane: LossPlane
    x: Floats
    y: Floats
    train: Floats
    test: Floats
    samples: tuple[int, int]

    @property
    def holes(self) -> int:
        """At how many points the training loss is no finite number."""
        return int(np.count_nonzero(~np.isfinite(self.train)))


def survey(objective: Objective, plane: LossPlane, resolution: int) -> Iterator[WorkPiece[LossGrid]]:
    """Point by point; a grid is found whenever one is whole, the last of so many points a side."""
    stages = [*(stage for stage in STAGES if stage < resolution), resolution]
    total, done = sum(stage * stage for stage in stages), 0
    for stage in stages:
        x = np.linspace(plane.left, plane.right, stage)
        y = np.linspace(plane.low, plane.high, stage)
        found = np.empty((stage, stage, 2))
        for row, column in np.ndindex(stage, stage):
            found[row, column] = objective.losses(plane.at(float(x[column]), float(y[row])))
            done += 1
            yield WorkPiece(done, total)
        yield WorkPiece(done, total, LossGrid(plane, x, y, found[..., 0], found[..., 1], objective.samples))
