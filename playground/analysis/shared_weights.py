"""Which layers share weights, and the products of their rows: W Wᵗ becomes 1 in a linear autoencoder."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.engine.graph import Architecture
from playground.engine.layers import Dense, TiedDense

Floats = NDArray[np.float64]
MOST_UNITS = 32
"""Layers with more neurons are too large for their products to be worked out at each moment."""


def sharing(network: Architecture) -> dict[str, tuple[str, ...]]:
    """The dense layers whose weights others share, and those others, by their ids."""
    found: dict[str, tuple[str, ...]] = {}
    for tied in network.layers:
        if isinstance(tied, TiedDense):
            found[tied.of] = (*found.get(tied.of, ()), tied.id)
    owners = [layer for layer in network.layers if isinstance(layer, Dense) and layer.units <= MOST_UNITS]
    return {owner.id: found[owner.id] for owner in owners if owner.id in found}


def products(weights: NDArray[Any]) -> Floats:
    """W Wᵗ, (units, units): the products of every two rows of weights (units, inputs)."""
    exact = weights.astype(np.float64)
    return np.asarray(np.einsum("ik,jk->ij", exact, exact))  # by no BLAS, which training may be using


def from_identity(square: Floats) -> float:
    """How far a matrix is from 1: its largest absolute difference."""
    return float(np.abs(square - np.eye(len(square))).max())
