"""The relief of a landscape: losses as heights, the levels at which lines go round, and their colours."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from playground.analysis.inspections.landscape.survey import LossGrid
from playground.analysis.zero_lines import Segments, zero_segments
from playground.numbers.writing import short
from widgets.colouring import ColourKey, Floats, Pixels, diverging_pixels
from widgets.figures.columns import Columns
from widgets.plots.surface.ground import SurfaceGround
from widgets.refining import refine
from widgets.theme import Theme
from widgets.viridis import viridis_pixels

LEVELS = 14
"""Lines of equal loss."""

FINENESS = 300
"""Into about so many parts a side is divided before it is coloured, as linear between the points."""

DECADES = 8
"""Powers of ten that are told apart below the highest loss."""

KEY_COLOURS = 12
HEIGHTS = 4
"""How many heights are told at the edge of a surface."""
FIGURES = (2, 3, 4, 5)
"""How many figures the ends of the colour bar may need to be told apart."""


@dataclass(frozen=True, eq=False)
class Relief:
    """A grid of losses as it is drawn: of one side, or how much larger the loss is on the test samples."""

    grid: LossGrid
    side: str = "train"
    logarithmic: bool = True

    @cached_property
    def values(self) -> Floats:
        """The losses (r, r), the lowest row first; NaN where there is none."""
        grid = self.grid
        found = {"train": grid.train, "test": grid.test}.get(self.side)
        values = grid.test - grid.train if found is None else found
        return np.where(np.isfinite(values), values, np.nan)

    @property
    def is_empty(self) -> bool:
        """Whether nowhere there is a loss."""
        return not np.isfinite(self.values).any()

    @property
    def signed(self) -> bool:
        """Whether values may be below 0, and 0 is their middle."""
        return self.side == "gap"

    @cached_property
    def grows_by_factors(self) -> bool:
        """Whether heights are powers of ten: not of what may be below 0, nor where all is 0."""
        return self.logarithmic and not self.signed and bool((self.values > 0).any())

    @cached_property
    def heights(self) -> Floats:
        """How high the places (r, r) are: values, or powers of ten."""
        return self.height(self.values)

    def height(self, values: Floats) -> Floats:
        """How high values are drawn; NaN where there is none."""
        if not self.grows_by_factors:
            return values
        most = float(np.nanmax(self.values))
        least = max(float(self.values[self.values > 0].min()), most * 10.0**-DECADES)
        return np.log10(np.maximum(values, least))

    @cached_property
    def ends(self) -> tuple[float, float]:
        """The lowest and the highest height; never one."""
        known = self.heights[np.isfinite(self.heights)]
        if not len(known):
            return 0.0, 1.0
        low, high = float(known.min()), float(known.max())
        if self.signed:
            most = max(abs(low), abs(high)) or 1.0
            return -most, most
        return (low, high) if high > low else (low - 0.5, low + 0.5)

    @cached_property
    def levels(self) -> Floats:
        """The heights of the lines."""
        return np.linspace(*self.ends, LEVELS + 2)[1:-1]

    @cached_property
    def lines(self) -> Segments:
        """The lines of equal loss as segments (n, 4), in steps of the grid."""
        maps = self.heights[np.newaxis] - self.levels[:, np.newaxis, np.newaxis]
        found = np.concatenate(zero_segments(maps))
        return found[np.isfinite(found).all(axis=1)]

    def bands(self, theme: Theme) -> Pixels:
        """The picture, (n, n) with the highest row on top: one colour between two lines."""
        parts = max(2, round(FINENESS / (len(self.heights) - 1)))
        fine = refine(self.heights[np.newaxis], parts)[0]
        shares = (np.searchsorted(self.levels, fine) / LEVELS * 255).clip(0, 255).astype(np.intp)
        pixels = self.table(theme)[shares]
        pixels[np.isnan(fine)] = int(theme.canvas[1:], 16) | 0xFF000000
        return np.ascontiguousarray(pixels[::-1])

    def shares(self, heights: Floats) -> Floats:
        """How far up between the ends heights are, 0 to 1."""
        low, high = self.ends
        shares: Floats = np.clip((heights - low) / (high - low), 0, 1)
        return shares

    def table(self, theme: Theme) -> Pixels:
        """The colours (256,) from the lowest end up."""
        return diverging_pixels(theme) if self.signed else viridis_pixels()

    def key(self, theme: Theme) -> ColourKey:
        """What the colour bar shows."""
        low, high = (10.0**end if self.grows_by_factors else end for end in self.ends)
        chosen = np.linspace(0, 255, KEY_COLOURS).astype(int)
        colours = tuple(f"#{colour & 0xFFFFFF:06x}" for colour in self.table(theme)[chosen].tolist())
        texts = ((short(low, count), short(high, count)) for count in FIGURES)
        return ColourKey(colours, next((ends for ends in texts if ends[0] != ends[1]), ("", "")))

    def ground(self, names: tuple[str, str], theme: Theme) -> SurfaceGround:
        """The same for a surface, with the names of its axes."""
        plane, (low, high) = self.grid.plane, self.ends
        heights = np.where(np.isfinite(self.heights), self.shares(self.heights), np.nan)
        marks = np.linspace(low, high, HEIGHTS)
        told = [short(10.0**mark if self.grows_by_factors else mark, 2) for mark in marks.tolist()]
        ticks = tuple(zip(np.linspace(0, 1, HEIGHTS).tolist(), told, strict=True))
        box = (plane.left, plane.right, plane.low, plane.high)
        return SurfaceGround(heights, box, self.table(theme), LEVELS, names, ticks)

    def steps(self, places: Floats) -> Floats:
        """Where places (n, 2) of the plane are, in steps of the grid across and up."""
        x, y = self.grid.x, self.grid.y
        start, step = np.array([x[0], y[0]]), np.array([x[1] - x[0], y[1] - y[0]])
        steps: Floats = (places - start) / step
        return steps

    def at(self, x: float, y: float) -> tuple[float, float]:
        """The training and the test loss at a place, linear between the points of the grid."""
        last = len(self.grid.x) - 1
        column, row = np.clip(self.steps(np.array([x, y])), 0, last).tolist()
        left, below = min(int(column), last - 1), min(int(row), last - 1)
        shares = np.outer([1 - row + below, row - below], [1 - column + left, column - left])
        corner = slice(below, below + 2), slice(left, left + 2)
        sides = (self.grid.train[corner], self.grid.test[corner])
        train, test = (float((losses * shares)[shares > 0].sum()) for losses in sides)
        return train, test

    def is_hole(self, x: float, y: float) -> bool:
        """Whether the training loss at a place is no finite number."""
        return not np.isfinite(self.at(x, y)[0])

    def columns(self) -> Columns:
        """The coordinates and both losses of every point."""
        x, y = np.meshgrid(self.grid.x, self.grid.y)
        named = {"x": x, "y": y, "training loss": self.grid.train, "test loss": self.grid.test}
        return {name: np.ravel(values) for name, values in named.items()}
