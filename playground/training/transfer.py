"""Carrying over what was learnt: a changed network keeps the parameters of layers whose shapes survive."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from playground.engine.arrays import Array
from playground.engine.network import Network


def tensors_of(network: Network) -> dict[str, Array]:
    """All parameters and running averages of a network by name, as views."""
    return dict(network.tensors()) | dict(network.state_tensors())


class Parked:
    """The last known tensors of every layer, of those taken out as well, so that undo brings them back."""

    def __init__(self) -> None:
        self._layers: dict[str, dict[str, Array]] = {}
        self._slots: dict[str, dict[str, Array]] = {}

    def park(self, network: Network, slots: Mapping[str, Array]) -> None:
        """Remember a network's layers and what the optimizer remembers of them."""
        self._layers |= _by_layer({name: tensor.copy() for name, tensor in tensors_of(network).items()})
        named = {
            f"{slot}/{name}": tensor.copy()
            for slot, vector in slots.items()
            for name, tensor in network.tensors(vector)
        }
        for name, tensor in named.items():
            self._slots.setdefault(name.split("/")[1].rsplit(".", 1)[0], {})[name] = tensor

    def give_back(self, network: Network, slots: Mapping[str, Array]) -> str:
        """Put back what fits; returns the sentence that says how much."""
        layers = _by_layer(tensors_of(network))
        kept = {layer_id for layer_id, tensors in layers.items() if self._fits(layer_id, tensors)}
        for layer_id in kept:
            for name, tensor in layers[layer_id].items():
                tensor[...] = self._layers[layer_id][name]
        for slot, vector in slots.items():
            for name, tensor in network.tensors(vector):
                layer_id = name.rsplit(".", 1)[0]
                saved = self._slots.get(layer_id, {}).get(f"{slot}/{name}")
                if layer_id in kept and saved is not None:
                    tensor[...] = saved
        if len(kept) == len(layers):
            return "Kept the weights of all layers."
        return f"Kept the weights of {len(kept)} of {len(layers)} layers; the others start anew."

    def _fits(self, layer_id: str, tensors: Mapping[str, Array]) -> bool:
        known = self._layers.get(layer_id, {})
        return {name: tensor.shape for name, tensor in tensors.items()} == {
            name: tensor.shape for name, tensor in known.items()
        }


def _by_layer(tensors: Mapping[str, Array]) -> dict[str, dict[str, Array]]:
    layers: dict[str, dict[str, Array]] = defaultdict(dict)
    for name, tensor in tensors.items():
        layers[name.rsplit(".", 1)[0]][name] = tensor
    return dict(layers)
