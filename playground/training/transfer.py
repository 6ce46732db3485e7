"""Carrying over what was learnt: a changed network keeps the parameters of layers whose shapes survive."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from itertools import islice
from typing import Any

import numpy as np

from playground.engine.arrays import Array
from playground.engine.network import Network

MOST_PARKED = 200
"""Layers remembered; the oldest are forgotten first."""

Tensors = dict[str, Array]
Key = tuple[str, tuple[tuple[str, tuple[int, ...]], ...]]
"""A layer's id with the names and shapes of its tensors."""


def tensors_of(network: Network) -> Tensors:
    """All parameters and running averages of a network by name, as views."""
    return dict(network.tensors()) | dict(network.state_tensors())


class Parked:
    """The last known tensors of every layer in every shape it had, so that undo brings them back."""

    def __init__(self) -> None:
        self._layers: dict[Key, Tensors] = {}

    def park(self, network: Network, vectors: Mapping[str, Array]) -> None:
        """Remember a network's layers, and what is remembered of them in `vectors`, by name."""
        remembered = _by_layer(pieces(network, vectors))
        for layer_id, tensors in _by_layer(tensors_of(network)).items():
            key = _key(layer_id, tensors)
            self._layers.pop(key, None)
            everything = tensors | remembered.get(layer_id, {})
            self._layers[key] = {name: tensor.copy() for name, tensor in everything.items()}
        for oldest in list(islice(self._layers, max(len(self._layers) - MOST_PARKED, 0))):
            del self._layers[oldest]

    def give_back(self, network: Network, vectors: Mapping[str, Array]) -> str:
        """Put back what fits; returns the sentence that says how much."""
        remembered = _by_layer(pieces(network, vectors))
        layers = _by_layer(tensors_of(network))
        kept = 0
        for layer_id, tensors in layers.items():
            known = self._layers.get(_key(layer_id, tensors))
            if known is None or too_large(known, network.dtype):
                continue
            kept += 1
            for name, tensor in (tensors | remembered.get(layer_id, {})).items():
                if name in known:
                    tensor[...] = known[name]
        if kept == len(layers):
            return "Kept the weights of all layers."
        return f"Kept the weights of {kept} of {len(layers)} layers; the others start anew."


def too_large(tensors: Tensors, dtype: np.dtype[Any]) -> str:
    """The name of a tensor that holds a number which the precision cannot; "" when there is none."""
    limit = float(np.finfo(dtype).max)
    large = (name for name, tensor in tensors.items() if float(np.abs(tensor).max(initial=0)) > limit)
    return next(large, "")


def pieces(network: Network, vectors: Mapping[str, Array]) -> Tensors:
    """Each vector's pieces as views, by vector and tensor ("mean/dense1.weights")."""
    return {
        f"{slot}/{name}": tensor
        for slot, vector in vectors.items()
        for name, tensor in network.tensors(vector)
    }


def pieces_of_learnt(label: str, network: Network, learnt: list[Array]) -> Tensors:
    """Copies of all that a network learns (its parameters, then its running averages) as pieces, likewise."""
    parameters, *averages = learnt
    named = dict(network.tensors(parameters)) | {
        name: average for (name, _), average in zip(network.state_tensors(), averages, strict=True)
    }
    return {f"{label}/{name}": tensor for name, tensor in named.items()}


def _key(layer_id: str, tensors: Tensors) -> Key:
    return layer_id, tuple((name, tensor.shape) for name, tensor in tensors.items())


def _by_layer(tensors: Mapping[str, Array]) -> dict[str, Tensors]:
    layers: dict[str, Tensors] = defaultdict(dict)
    for name, tensor in tensors.items():
        layers[name.split("/")[-1].rsplit(".", 1)[0]][name] = tensor
    return dict(layers)
