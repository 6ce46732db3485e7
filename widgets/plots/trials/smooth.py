"""Values at scattered places as a smooth field over a grid."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Field = NDArray[np.float64]

NEAR = 0.02
"""A cell to which less than so much of the weight of one place comes says nothing."""


def field(x: Field, y: Field, values: Field, shape: tuple[int, int], width: float) -> Field:
    """The mean of values around each cell of a grid (rows, columns), weighed by nearness; NaN far from all.

    The regression of Nadaraya and Watson (1964) with a Gaussian kernel of a width in cells, cut off at three
    widths.  Places x and y are shares of 0 to 1, and count as the middle of the cell that they are in.
    """
    rows, columns = shape
    there = np.isfinite(x) & np.isfinite(y) & np.isfinite(values)
    x, y, values = x[there], y[there], values[there]
    cell = _index(y, rows) * columns + _index(x, columns)
    sums = np.bincount(cell, values, rows * columns).reshape(shape)
    counts = np.bincount(cell, minlength=rows * columns).reshape(shape).astype(np.float64)
    sums, counts = _blurred(sums, width), _blurred(counts, width)
    near = counts > NEAR
    return np.divide(sums, counts, where=near, out=np.full(shape, np.nan))


def _index(shares: Field, count: int) -> NDArray[np.intp]:
    return np.clip((shares * count).astype(np.intp), 0, count - 1)


def _blurred(grid: Field, width: float) -> Field:
    """Each cell with its neighbours, weighed by exp(−½ (distance / width)²), along both axes."""
    reach = int(3 * width)
    for axis in (0, 1):
        room = [(reach, reach) if each == axis else (0, 0) for each in (0, 1)]
        wide = np.pad(grid, room)
        size = grid.shape[axis]
        grid = np.zeros_like(grid)
        for step in range(-reach, reach + 1):
            part = np.take(wide, range(reach + step, reach + step + size), axis)
            grid = grid + np.exp(-0.5 * (step / width) ** 2) * part
    return grid
