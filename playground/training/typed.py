"""A number that a person types into a network, and what it was before."""

from __future__ import annotations

from dataclasses import dataclass

from playground.engine.arrays import Array
from playground.engine.network import Network


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

    def put(self, network: Network) -> None:
        """Type it over what is there, which can be taken back."""
        weight = self.of(network)
        self.before = weight.copy()
        weight[...] = self.value

    def take_back(self, network: Network) -> None:
        """Put back what was there, and nothing else."""
        weight = self.of(network)
        if self.before is not None and self.before.shape == weight.shape:
            weight[...] = self.before

    def of(self, network: Network, vector: Array | None = None) -> Array:
        """Its pieces in a network, or in a vector like the parameters; none where there is no such weight."""
        return network.weight(self.layer_id, self.unit, self.source, vector)
