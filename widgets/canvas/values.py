"""From the numbers of a snapshot to what is painted: buckets of edges, levels of bars."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from playground.training.snapshot import LayerSnapshot

BUCKETS = 12
"""How many widths edges have."""
HALF_WEIGHT = 1.2
"""A weight of this size is drawn half as strongly as can be."""
VANISHING, EXPLODING = 1e-5, 1e2
FAINTEST, STRONGEST = -6.0, 2.0
"""The powers of ten between which the bar of the gradient goes from empty to full."""


def strength(weight: NDArray[np.floating]) -> NDArray[np.floating]:
    """How strongly weights are drawn: 0 for none, 1 in the limit."""
    size = np.abs(weight)
    return size / (size + HALF_WEIGHT)


def buckets(weights: NDArray[np.floating]) -> NDArray[np.intp]:
    """The bucket of each weight, 0 to BUCKETS − 1."""
    return np.minimum(strength(np.nan_to_num(np.clip(weights, -99, 99))) * BUCKETS, BUCKETS - 1).astype(
        np.intp
    )


def weights_of(
    layer: LayerSnapshot | None, units: NDArray[np.intp], inputs: NDArray[np.intp]
) -> NDArray[np.floating] | None:
    """The weight of each edge; 0 where the snapshot is of another structure, None where it has none."""
    if layer is None or layer.weights is None or not layer.weights.size:
        return None
    rows, columns = layer.weights.shape
    known = (units < rows) & (inputs < columns)
    return np.where(known, layer.weights[np.minimum(units, rows - 1), np.minimum(inputs, columns - 1)], 0)


def gradient_level(norm: float) -> float:
    """How full the bar of a gradient's norm is, 0 to 1."""
    if norm <= 0:
        return 0.0
    if not math.isfinite(norm):
        return 1.0
    return min(max((math.log10(norm) - FAINTEST) / (STRONGEST - FAINTEST), 0.08), 1.0)


def gradient_state(norm: float, learning: bool) -> str:
    """The name of the theme's colour for a gradient's norm: good, warning, bad, or muted before training."""
    if not math.isfinite(norm) or norm > EXPLODING:
        return "bad"
    if norm == 0:
        return "bad" if learning else "muted"
    return "warning" if norm < VANISHING else "good"
