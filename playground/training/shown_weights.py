"""Copies of the weights that are shown, of their gradients and of how they moved."""

from __future__ import annotations

import numpy as np

from playground.engine.arrays import Array
from playground.engine.layers.base import Edges
from playground.engine.network import Network

Pair = tuple[Array, Array] | tuple[None, None]


class ShownWeights:
    """Where they lie is found once, as long as they lie there; what a layer makes anew is found each time."""

    def __init__(self) -> None:
        self._of: tuple[Network, Array] | None = None
        self._found: dict[tuple[str, int], Edges | None] = {}

    def of(self, network: Network, moved: Array, layer_id: str) -> tuple[Pair, Pair, Pair]:
        """Weights (units, inputs) and biases of a layer, their gradients, and how the last step moved them.

        Where neurons are made of several pieces, the largest of each weight's pieces stands for all.
        """
        if self._of is None or self._of[0] is not network or self._of[1] is not moved:
            self._of, self._found = (network, moved), {}
        vectors = network.parameters, network.gradients, moved
        edges, *others = (
            self._edges(network, layer_id, place, vector) for place, vector in enumerate(vectors)
        )
        return _shown(edges, edges), _shown(edges, others[0]), _shown(edges, others[1])

    def _edges(self, network: Network, layer_id: str, place: int, vector: Array) -> Edges | None:
        key = layer_id, place
        if key in self._found:
            return self._found[key]
        edges = network.edges(layer_id, vector)
        if edges is None or all(np.may_share_memory(each, vector) for each in (edges.weights, edges.bias)):
            self._found[key] = edges
        return edges


def _shown(edges: Edges | None, shown: Edges | None) -> Pair:
    if edges is None or shown is None:
        return None, None
    if len(edges.weights) == 1:
        return shown.weights[0].copy(), shown.bias[0].copy()
    pairs = ((edges.weights, shown.weights), (edges.bias, shown.bias))
    weights, bias = (
        np.take_along_axis(values, np.abs(by).argmax(axis=0)[np.newaxis], axis=0)[0] for by, values in pairs
    )
    return weights, bias
