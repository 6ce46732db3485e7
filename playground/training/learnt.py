"""What a network has learnt: its parameters, and the averages that layers carry along."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.engine.network import Network
from playground.text import Text, say
from playground.training.memory import Memory, Vector, fits, put

MOST_PARKED = 200
"""Layers remembered; the oldest are forgotten first."""

Tensors = dict[str, NDArray[Any]]
Key = tuple[str, tuple[tuple[str, tuple[int, ...]], ...]]
"""A layer's id with the names and shapes of its tensors."""


class Learnt:
    """The parameters and the running averages of a network."""

    def __init__(self, network: Network) -> None:
        self.network = network

    def state(self) -> Memory:
        """A copy of them."""
        averages = {name: average.copy() for name, average in self.network.state_tensors()}
        return Memory(arrays=averages, vectors={"": Vector(self.network.parameters.copy(), self.network)})

    def restore(self, memory: Memory) -> None:
        """Take back those whose shapes fit."""
        memory.fill("", self.network.parameters, self.network)
        for name, average in self.network.state_tensors():
            put(memory.arrays.get(name), average)


class Parked:
    """The last known tensors of every layer in every shape it had, so that undo brings them back."""

    def __init__(self) -> None:
        self._layers: dict[Key, Tensors] = {}

    def park(self, network: Network, memory: Memory) -> None:
        """Remember a network's layers, and whatever else is named after them."""
        named = _by_layer(memory.named())
        for layer_id, own in _by_layer(_tensors(network)).items():
            key = _key(layer_id, own)
            self._layers.pop(key, None)
            self._layers[key] = {name: tensor.copy() for name, tensor in named.get(layer_id, {}).items()}
        for oldest in list(islice(self._layers, max(len(self._layers) - MOST_PARKED, 0))):
            del self._layers[oldest]

    def recall(self, network: Network) -> tuple[Memory, Text]:
        """What is known of a network's layers as they are now, and the sentence that says how much."""
        layers = _by_layer(_tensors(network))
        found: Tensors = {}
        kept = 0
        for layer_id, own in layers.items():
            known = self._layers.get(_key(layer_id, own))
            if known is not None and all(fits(tensor, network.dtype) for tensor in known.values()):
                kept += 1
                found |= known
        if kept == len(layers):
            return Memory(arrays=found), say("kept.all_layers", "Kept the weights of all layers.")
        sentence = say(
            "kept.some_layers",
            "Kept the weights of {kept} of {count} layers; the others start anew.",
            kept=kept,
            count=len(layers),
        )
        return Memory(arrays=found), sentence


def too_large(memory: Memory, dtype: np.dtype[Any]) -> str:
    """The name of a tensor that holds a number which the precision cannot; "" when there is none."""
    return next((name for name, tensor in memory.named().items() if not fits(tensor, dtype)), "")


def _tensors(network: Network) -> Tensors:
    return dict(network.tensors()) | dict(network.state_tensors())


def _key(layer_id: str, tensors: Tensors) -> Key:
    return layer_id, tuple((name, tensor.shape) for name, tensor in tensors.items())


def _by_layer(tensors: Mapping[str, NDArray[Any]]) -> dict[str, Tensors]:
    layers: dict[str, Tensors] = defaultdict(dict)
    for name, tensor in tensors.items():
        layers[name.split("/")[-1].rsplit(".", 1)[0]][name] = tensor
    return dict(layers)
