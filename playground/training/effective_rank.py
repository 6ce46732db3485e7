"""In how many directions the units of a layer vary: their effective rank (Roy & Vetterli 2007)."""

from __future__ import annotations

from math import exp, nan

import numpy as np

from playground.engine.arrays import Array, Shape

COMPARED = 64
"""Units of a layer that count, evenly taken."""

MOST_VALUES = 1024
"""Values of each unit that count, evenly taken."""


def effective_rank(values: Array) -> float:
    """That of units by their values (units, n): exp of the entropy of the singular values' shares.

    The mean of each unit is left out.  1 where all rise and fall together, as many as there are units where
    they have nothing to do with one another; 0 where none varies, NaN where there is only one.
    """
    if len(values) < 2 or not np.isfinite(values).all():
        return nan
    centred = values.astype(np.float64)
    centred -= centred.mean(axis=1, keepdims=True)
    largest = float(np.abs(centred).max())
    if not largest:
        return 0.0
    centred /= largest
    found = np.sqrt(np.maximum(np.linalg.eigvalsh(centred @ centred.T), 0))
    shares = found[found > found.max() * 1e-7] / found.sum()
    return exp(-float((shares * np.log(shares)).sum()))


def layer_rank(values: Array, shape: Shape) -> float:
    """That of a layer by its values (units, samples), which have that shape.

    Values of a picture or a sequence belong to one unit for each channel.
    """
    units = np.moveaxis(values.reshape(-1, shape[-1], values.shape[1]), 1, 0)
    units = units[:: -(-len(units) // COMPARED)]
    places, samples = units.shape[1:]
    units = units[:, :: -(-places // MOST_VALUES)]
    some = units[:, :, :: -(-units.shape[1] * samples // MOST_VALUES)]
    return effective_rank(some.reshape(len(units), -1))
