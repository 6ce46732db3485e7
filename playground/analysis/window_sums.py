"""What one value of a map is made of: its window times the kernel, summed up; of a pool the largest.

The numbers are those of the layer's own mathematics, taken apart for a single window.  A value that a
transposed convolution gives is made of all the patterns that lie over it: each value that lays one down
times that weight of the kernel which comes to lie there.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from playground.engine.arrays import Array, Shape
from playground.engine.layers.pooling import AveragePool, MaxPool
from playground.engine.layers.sliding import Side, Windowed
from playground.engine.layers.transposed import ConvTranspose
from playground.record import record

Indices: TypeAlias = NDArray[np.intp]
Summed: TypeAlias = Windowed | ConvTranspose
"""Layers of whose values each is a sum, or the largest, over a part of a grid."""


@record(eq=False)
class WindowSum:
    """One window over a grid of values.

    Attributes:
        rows, columns: where what it sees lies in the grid; beyond its ends there is padding.
        patch: (down, across, channels) what it sees; zeros for padding.
        real: (down, across) whether that is a value, and no padding, nor a step that is not there.
        terms: (down, across, channels) what is summed up: the products with the kernel, or a pool's shares.
        kernel: (down, across, channels), None where a layer has none.
        bias: what is added, 0 without a kernel.
        total: the net input z of a filter; what a pool gives.
    """

    rows: Indices
    columns: Indices
    patch: Array
    real: NDArray[np.bool_]
    terms: Array
    kernel: Array | None
    bias: float
    total: float

    @property
    def by_channel(self) -> Array:
        """What each channel adds."""
        sums: Array = self.terms.sum(axis=(0, 1))
        return sums


def window_sum(
    layer: Summed, given: Array, weights: Array | None, place: tuple[int, ...], channel: int
) -> WindowSum:
    """The window of a layer that gives one value of a channel, over what the layer is given.

    `given` is (height, width, channels), or (time, columns), NaN at a step that is not there; `weights` the
    block of that name of a layer that has one; `place` the value's row and column, or its step.
    """
    grid, (down, across) = _as_grid(given, place)
    if isinstance(layer, ConvTranspose):
        windows, sees = layer.laid(given.shape), _laid_over
    else:
        windows, sees = layer.windows(given.shape), _seen
    (rows, of_rows), (columns, of_columns) = sees(windows.down, down), sees(windows.across, across)
    real = np.logical_and.outer(_inside(rows, grid.shape[0]), _inside(columns, grid.shape[1]))
    patch = grid[np.ix_(rows.clip(0, grid.shape[0] - 1), columns.clip(0, grid.shape[1] - 1))]
    real &= ~np.isnan(patch).all(axis=-1)
    patch = np.where(real[..., np.newaxis], patch[..., channels_seen(layer, grid.shape, channel)], 0)
    if weights is None:
        terms = _pooled(layer, patch, real)
        return WindowSum(rows, columns, patch, real, terms, None, 0.0, float(terms.sum()))
    row = weights[channel]
    sizes = windows.down.size, windows.across.size
    kernel = np.moveaxis(row[:-1].reshape(patch.shape[2], *sizes), 0, 2)[np.ix_(of_rows, of_columns)]
    terms, bias = patch * kernel, float(row[-1])
    return WindowSum(rows, columns, patch, real, terms, kernel, bias, float(terms.sum()) + bias)


def _as_grid(given: Array, place: tuple[int, ...]) -> tuple[Array, tuple[int, int]]:
    """A sequence is a picture of one row."""
    if given.ndim == 3:
        return given, (place[0], place[1])
    return given[np.newaxis], (0, place[0])


def _seen(side: Side, place: int) -> tuple[Indices, Indices]:
    """What a window sees along one side, and by which places of the kernel."""
    of_kernel = np.arange(side.size)
    return place * side.stride - side.before + side.dilation * of_kernel, of_kernel


def _laid_over(side: Side, place: int) -> tuple[Indices, Indices]:
    """Which values lay a pattern over a place along one side, and which places of the kernel lie there."""
    at = place + side.before
    values = np.arange(-((side.size - 1 - at) // side.stride), at // side.stride + 1)
    return values, at - values * side.stride


def _inside(places: Indices, size: int) -> NDArray[np.bool_]:
    return (places >= 0) & (places < size)


def channels_seen(layer: Summed, grid: Shape, channel: int) -> slice:
    """Which channels a filter of a group sees; a pool sees that which it gives."""
    if not layer.adds_bias:
        return slice(channel, channel + 1)
    groups = getattr(layer, "groups", 1)
    each, filters = grid[-1] // groups, getattr(layer, layer.sized_by) // groups
    first = channel // filters * each
    return slice(first, first + each)


def _pooled(layer: Summed, patch: Array, real: NDArray[np.bool_]) -> Array:
    """What each value has in what a pool gives of a single channel."""
    if isinstance(layer, AveragePool):
        return patch / max(int(real.sum()), 1)
    assert isinstance(layer, MaxPool)
    seen = np.where(real[..., np.newaxis], patch, -np.inf)
    largest = np.zeros(patch.shape, bool)
    largest.flat[int(seen.argmax())] = True
    return np.where(largest, patch, 0)
