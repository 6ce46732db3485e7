"""A number that a person types into a network, and what it was before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from playground.engine.arrays import Array
from playground.engine.edits import label
from playground.engine.network import Network
from playground.numbers.writing import figures
from playground.text import Text, say
from playground.training.changes import Change


class GivenWeights(Protocol):
    """Numbers that a person gives to a network, which can be taken back."""

    def put(self, network: Network) -> tuple[Change, ...]:
        """Put them in place of what is there; returns what that changed."""

    def take_back(self, network: Network) -> tuple[Change, ...]:
        """Put back what was there; returns what that changed."""

    def remark(self, network: Network, alive: Array | None) -> Text | None:
        """What is to be said of them; `alive` is 0 where a parameter learns no more."""


@dataclass(eq=False)
class TypedWeight:
    """A weight of a neuron, or with source −1 its bias.

    Attributes:
        value: what was typed.
        before: what was there, once it has been typed over; of Maxout one number a piece.
    """

    layer_id: str
    unit: int
    source: int
    value: float
    before: Array | None = None

    def put(self, network: Network) -> tuple[Change, ...]:
        """Type it over what is there, which can be taken back; returns what that changed."""
        was, weight = self._number(network), self.of(network)
        self.before = weight.copy()
        weight[...] = self.value
        return self._changes(network, was)

    def take_back(self, network: Network) -> tuple[Change, ...]:
        """Put back what was there, and nothing else; returns what that changed."""
        was, weight = self._number(network), self.of(network)
        if self.before is not None and self.before.shape == weight.shape:
            weight[...] = self.before
        return self._changes(network, was)

    def remark(self, network: Network, alive: Array | None) -> Text | None:
        """What is to be said of it where it learns no more."""
        if alive is None or self.of(network, alive).all():
            return None
        return say(
            "weight.cut",
            "L1 has cut this weight, as TensorFlow Playground does: it stays as typed and learns no more.",
        )

    def of(self, network: Network, vector: Array | None = None) -> Array:
        """Its pieces in a network, or in a vector like the parameters; none where there is no such weight."""
        return network.weight(self.layer_id, self.unit, self.source, vector)

    def _number(self, network: Network) -> str:
        """What it is in a few digits: the largest of its pieces; "" where there is none."""
        pieces = self.of(network).ravel()
        return figures(float(pieces[np.abs(pieces).argmax()]), 3) if pieces.size else ""

    def _changes(self, network: Network, was: str) -> tuple[Change, ...]:
        now = self._number(network)
        if was == now:
            return ()
        layer = label(network.architecture, network.architecture.index(self.layer_id))
        return (Change(what=str(self._name(layer)), was=was, now=now),)

    def _name(self, layer: Text) -> Text:
        unit = self.unit + 1
        if self.source < 0:
            return say("change.bias", "{layer} · {unit}: bias", layer=layer, unit=unit)
        return say(
            "change.weight",
            "{layer} · {unit}: weight {number}",
            layer=layer,
            unit=unit,
            number=self.source + 1,
        )
