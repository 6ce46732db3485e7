"""Weights from a file as numbers that are given to a network, and can be taken back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from playground.engine.arrays import Array
from playground.engine.network import Network
from playground.text import Text, say
from playground.training.changes import Change
from playground.training.memory import fits
from playground.weights.groups import Numbers, finite


@dataclass(eq=False)
class LoadedWeights:
    """Arrays for some of a network's pieces, and for what its layers carry along.

    Attributes:
        source: what the file is called.
        pieces: by their names there ("dense1.weights").
        before: what was there, once they are put in place.
    """

    source: str
    pieces: Mapping[str, Numbers]
    before: dict[str, Array] = field(default_factory=dict)

    def put(self, network: Network) -> tuple[Change, ...]:
        """Put them in place; pieces of another shape, or that are no numbers here, stay as they were."""
        self.before = {name: tensor.copy() for name, tensor in self._there(network)}
        for name, tensor in self._there(network):
            tensor[...] = self.pieces[name]
        return self._change(before="", now=self.source)

    def take_back(self, network: Network) -> tuple[Change, ...]:
        """Put back what was there."""
        for name, tensor in self._there(network):
            if name in self.before:
                tensor[...] = self.before[name]
        return self._change(before=self.source, now="")

    def remark(self, network: Network, alive: Array | None) -> Text | None:
        """What is to be said where some weights learn no more."""
        if alive is None or alive.all():
            return None
        return say(
            "weights.cut",
            "L1 has cut some weights, as TensorFlow Playground does: they stay as in the file.",
        )

    def _there(self, network: Network) -> Iterator[tuple[str, Array]]:
        for name, tensor in (*network.tensors(), *network.state_tensors()):
            given = self.pieces.get(name)
            there = given is not None and given.shape == tensor.shape and finite(given)
            if given is not None and there and fits(given, tensor.dtype):
                yield name, tensor

    def _change(self, before: str, now: str) -> tuple[Change, ...]:
        what = str(say("weights.changed", "Weights from a file"))
        return (Change(what=what, was=before[:200], now=now[:200]),) if self.before else ()
