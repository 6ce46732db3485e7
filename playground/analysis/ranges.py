"""The range of numbers that the colours of a map span, the same wherever the map is drawn."""

from __future__ import annotations

from math import ceil, floor, isfinite, log10

import numpy as np
from numpy.typing import NDArray

Range = tuple[float, float]
ANY: Range = (-np.inf, np.inf)
"""The bounds of what has none."""

NICE = (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10)
MOST = 0.98
"""The share of the values that a scale holds; a few outliers must not make the others pale."""


def neuron_ranges(maps: NDArray[np.floating], bounds: Range) -> NDArray[np.float64]:
    """What the colours of each of the maps (n, ...) span, (n, 2).

    These are the bounds of the activation where it has any on both sides, and otherwise as far around 0 as
    the map's own values reach.
    """
    if isfinite(bounds[0]) and isfinite(bounds[1]):
        return np.tile(np.array(bounds, np.float64), (len(maps), 1))
    levels = np.array([nice_ceiling(size) for size in _sizes(maps)]).reshape(-1, 1)
    ends: NDArray[np.float64] = levels * np.array([-1.0, 1.0])
    return ends


def symmetric_level(values: NDArray[np.generic]) -> float:
    """A round number that nearly all the values stay below in size: the end of a scale around 0."""
    return nice_ceiling(_sizes(values.reshape(1, -1))[0])


def value_range(values: NDArray[np.generic]) -> Range:
    """Round numbers between which nearly all the values lie: the ends of a scale around their middle."""
    finite = values[np.isfinite(values)].astype(np.float64)
    if not finite.size:
        return -1.0, 1.0
    low, high = np.quantile(finite, [(1 - MOST) / 2, (1 + MOST) / 2]).tolist()
    step = nice_ceiling((high - low) or abs(high)) / 10
    return floor(low / step) * step, (ceil(high / step) + (low == high)) * step


def nice_ceiling(size: float) -> float:
    """The smallest round number that is not below `size`; 1 for nothing."""
    if size < 1e-30:
        return 1.0
    power = 10.0 ** floor(log10(size))
    return next((step * power for step in NICE if step * power >= size * (1 - 1e-9)), 10 * power)


def _sizes(maps: NDArray[np.generic]) -> list[float]:
    """The size that nearly all of each map's finite values do not exceed; 0 of a map without values."""
    sizes = np.abs(maps.reshape(len(maps), -1)).astype(np.float64)
    if not sizes.size:
        return [0.0] * len(maps)
    sizes[~np.isfinite(sizes)] = 0
    rank = ceil(MOST * sizes.shape[1]) - 1
    result: list[float] = np.partition(sizes, rank, axis=1)[:, rank].tolist()
    return result
