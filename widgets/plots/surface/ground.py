"""The ground of a surface: heights over a rectangle, and how they are coloured and told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from widgets.colouring import Floats, Pixels

HALF_HEIGHT = 0.45
"""How far the highest place is above the middle of the box, beside half its width."""


@dataclass(frozen=True, eq=False)
class SurfaceGround:
    """Heights (rows, columns), the lowest y first, from 0 to 1; NaN where there is a hole.

    Attributes:
        box: what it lies over: x from, to, y from, to.
        table: the colours (256,) from the lowest to the highest.
        levels: how many lines of equal height there are.
        names: what is told across and away.
        ticks: shares of the height, and what stands there.
    """

    heights: Floats
    box: tuple[float, float, float, float]
    table: Pixels
    levels: int = 14
    names: tuple[str, str] = ("", "")
    ticks: Sequence[tuple[float, str]] = ()

    def steps(self, places: Floats) -> Floats:
        """Where places (n, 2) are, in steps of the grid across and away."""
        left, right, low, high = self.box
        rows, columns = self.heights.shape
        shares = (places - [left, low]) / [right - left, high - low]
        steps: Floats = shares * [columns - 1, rows - 1]
        return steps

    def inside(self, places: Floats) -> Floats:
        """Places (n, 2) in the box from −1 to 1."""
        rows, columns = self.heights.shape
        found: Floats = self.steps(places) / [columns - 1, rows - 1] * 2 - 1
        return found

    def place(self, x: float, y: float) -> tuple[float, float]:
        """The place at a point of the box."""
        left, right, low, high = self.box
        return left + (x + 1) / 2 * (right - left), low + (y + 1) / 2 * (high - low)

    @cached_property
    def lifts(self) -> Floats:
        """How high each place of the grid stands in the box; a hole at the top."""
        return lift(np.nan_to_num(self.heights, nan=1.0))

    def lifted(self, inside: Floats) -> Floats:
        """How high points (n, 2) of the box stand, linear between those of the grid; as the edge beyond."""
        rows, columns = self.heights.shape
        across = np.clip((inside[..., 0] + 1) / 2 * (columns - 1), 0, columns - 1)
        up = np.clip((inside[..., 1] + 1) / 2 * (rows - 1), 0, rows - 1)
        left = np.minimum(across.astype(np.intp), columns - 2)
        below = np.minimum(up.astype(np.intp), rows - 2)
        x, y, lifts = across - left, up - below, self.lifts
        lower = lifts[below, left] * (1 - x) + lifts[below, left + 1] * x
        upper = lifts[below + 1, left] * (1 - x) + lifts[below + 1, left + 1] * x
        found: Floats = lower * (1 - y) + upper * y
        return found

    def on(self, places: Floats) -> Floats:
        """Points (n, 3) of the box where places (n, 2) are on the surface."""
        inside = self.inside(places)
        return np.column_stack([inside, self.lifted(inside)])

    def thinned(self, most: int) -> tuple[Floats, Floats, Floats]:
        """So many rows and columns at most: x (c,), y (r,) in the box, and heights (r, c)."""
        rows, columns = (_some(size, most) for size in self.heights.shape)
        x, y = (
            kept / (size - 1) * 2 - 1
            for kept, size in zip((columns, rows), self.heights.shape[::-1], strict=True)
        )
        return x, y, self.heights[np.ix_(rows, columns)]


def lift(shares: Floats) -> Floats:
    """How high shares of the height stand in the box."""
    lifted: Floats = HALF_HEIGHT * (shares * 2 - 1)
    return lifted


def _some(size: int, most: int) -> NDArray[np.intp]:
    return np.unique(np.linspace(0, size - 1, min(size, most)).round().astype(np.intp))
