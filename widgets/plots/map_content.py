"""What a map of the plane shows, and the numbers behind its pixels."""

from __future__ import annotations

import numpy as np

from playground.record import record
from widgets.colouring import Colouring, Floats, Pixels
from widgets.figures.columns import Columns
from widgets.theme import Theme

FINENESS = (3, 2)
"""Into how many parts a grid step is divided before it is coloured, so that borders come out sharp: for one
output, and for more."""


@record(eq=False)
class MapContent:
    """Outputs over the plane.

    Attributes:
        outputs: (m, r, r), the lowest x₂ in the first row; the outer points lie on the domain's ends.
        colouring: how they are coloured.
        across, up: the lowest and the highest value of the axes.
        axes: what they are called.
        names: what each of the m outputs is called.
    """

    outputs: Floats
    colouring: Colouring
    across: tuple[float, float] = (-6.0, 6.0)
    up: tuple[float, float] = (-6.0, 6.0)
    axes: tuple[str, ...] = ("x₁", "x₂")
    names: tuple[str, ...] = ("output",)

    def pixels(self, theme: Theme, discretize: bool) -> Pixels:
        """The picture, (n, n) with the highest x₂ in the first row; finer than the grid."""
        parts = FINENESS[len(self.outputs) > 1]
        return self.colouring.pixels(self.outputs[:, ::-1], theme, discretize, parts)

    def values_at(self, x: float, y: float) -> Floats:
        """The outputs (m,) at a place, linear between the points of the grid."""
        last = self.outputs.shape[-1] - 1
        column, row = np.clip(self.shares(np.array([x, y])), 0, 1) * last
        left, below = min(int(column), last - 1), min(int(row), last - 1)
        square = self.outputs[:, below : below + 2, left : left + 2]
        across, up = column - left, row - below
        ends = square[..., 0] * (1 - across) + square[..., 1] * across
        values: Floats = ends[:, 0] * (1 - up) + ends[:, 1] * up
        return values

    def shares(self, places: Floats) -> Floats:
        """How far along both axes places (…, 2) are, 0 to 1."""
        (left, right), (low, high) = self.across, self.up
        return (places - [left, low]) / [right - left, high - low]

    def place(self, across: float, up: float) -> tuple[float, float]:
        """The place that is so far along both axes, 0 to 1."""
        (left, right), (low, high) = self.across, self.up
        return left + across * (right - left), low + up * (high - low)

    def columns(self) -> Columns:
        """The coordinates and the outputs at every point of the grid."""
        axes = (np.linspace(*ends, self.outputs.shape[-1]) for ends in (self.across, self.up))
        values = (*np.meshgrid(*axes), *self.outputs)
        return {name: np.ravel(value) for name, value in zip((*self.axes, *self.names), values, strict=True)}
