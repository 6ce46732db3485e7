"""How far what a linear autoencoder keeps of its inputs is from their principal components.

Source: Baldi & Hornik 1989.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.data.prepared import PreparedData
from playground.engine.activations import Linear
from playground.engine.layers import Dense, TiedDense
from playground.engine.network import Network
from playground.experiment import Experiment

Floats = NDArray[np.float64]
MOST_INPUTS, MOST_UNITS = 1024, 32
"""Of more inputs the principal components take too long, and of more neurons the angle at every epoch."""
SMALLEST = 1e-12
"""What is smaller than this share of the largest length squared counts as nothing."""


def linear_pair(experiment: Experiment) -> str:
    """The layer through which, and its transpose, the inputs come back, both linear and nothing between.

    "" where the network is another.
    """
    layers = [layer for layer in experiment.network.layers if not layer.reshapes]
    linear = all(isinstance(getattr(layer, "activation", None), Linear) for layer in layers)
    pair = [type(layer) for layer in layers] == [Dense, TiedDense]
    return layers[0].id if pair and linear and experiment.data.targets == "inputs" else ""


class PrincipalAngle:
    """Works out the components once for the same data; for one thread at a time."""

    def __init__(self) -> None:
        self._data: PreparedData | None = None
        self._components: Floats = np.empty((0, 0))

    def of(self, network: Network, data: PreparedData, layer_id: str) -> float | None:
        """The largest angle, in degrees, to the span of a layer's weights, which read the inputs.

        None of too many neurons or inputs, and of weights that could span all of these.
        """
        weights = network.block(layer_id, "weights")[:, :-1]
        units, inputs = weights.shape
        if units > MOST_UNITS or not units < inputs <= MOST_INPUTS or not np.isfinite(weights).all():
            return None
        if self._data is not data:
            self._data, self._components = data, principal_components(data.train.inputs)
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
