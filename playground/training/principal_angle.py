"""How far what a linear autoencoder keeps of its inputs is from their principal components.

Source: Baldi & Hornik 1989.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.data.prepared import PreparedData
from playground.training.moment import Moment

Floats = NDArray[np.float64]
MOST_INPUTS = 1024
"""Of more inputs the principal components take too long."""
SMALLEST = 1e-12
"""What is smaller than this share of the largest length squared counts as nothing."""


class PrincipalAngle:
    """Works out the components once for the same data; for one thread at a time."""

    def __init__(self) -> None:
        self._data: PreparedData | None = None
        self._components: Floats = np.empty((0, 0))

    def of(self, moment: Moment, layer_id: str) -> float | None:
        """The largest angle, in degrees, to the span of a layer's weights, which read the inputs.

        None of too many inputs, and of weights that could span all of them.
        """
        weights = moment.network.block(layer_id, "weights")[:, :-1]
        units, inputs = weights.shape
        if not units < inputs <= MOST_INPUTS or not np.isfinite(weights).all():
            return None
        if self._data is not moment.data:
            self._data, self._components = moment.data, principal_components(moment.data.train.inputs)
        return largest_angle(weights, self._components[:units])


def principal_components(inputs: NDArray[Any]) -> Floats:
    """Orthonormal rows (inputs, inputs): the directions in which samples (n, …) vary, the most first."""
    flat = inputs.reshape(len(inputs), -1).astype(np.float64)
    _, vectors = np.linalg.eigh(np.cov(flat, rowvar=False, bias=True).reshape(flat.shape[1], -1))
    return np.ascontiguousarray(vectors.T[::-1])


def largest_angle(weights: NDArray[Any], components: Floats) -> float:
    """How many degrees there are at most between the span of weights (units, inputs) and the components'.

    There are as many components as units; where the weights span less than these, one is at a right angle.
    """
    weights = weights.astype(np.float64)
    lengths, vectors = np.linalg.eigh(weights @ weights.T)
    there = lengths > SMALLEST * max(lengths[-1], np.finfo(np.float64).tiny)
    basis = (vectors[:, there] / np.sqrt(lengths[there])).T @ weights
    left = components - (components @ basis.T) @ basis
    sine = np.sqrt(max(float(np.linalg.eigvalsh(left @ left.T)[-1]), 0.0))
    return float(np.degrees(np.arcsin(min(sine, 1.0))))
