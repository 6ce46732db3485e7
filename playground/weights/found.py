"""What a file of weights holds, however it was written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from playground.engine.layers import Layer
from playground.text import Text
from playground.value import InvalidValue
from playground.weights.groups import Convention, LayerArrays, Numbers


class WeightsProblem(InvalidValue):
    """Why weights cannot be read, or have no place: a sentence for the person."""


@dataclass(frozen=True, eq=False)
class FoundWeights:
    """Arrays, and the network that they are of where the file says it.

    Attributes:
        arrays: all of them by the names that they have in the file.
        groups: the same layer by layer.
        convention: which way round they are.
        layers: the network, with ids by which `arrays` are called; none where the file has arrays alone.
        inputs: how many values that network reads; 0 where nothing is said.
        left: what of the file was passed over, in sentences.
    """

    arrays: Mapping[str, Numbers]
    groups: tuple[LayerArrays, ...] = ()
    convention: Convention = ""
    layers: tuple[Layer, ...] = ()
    inputs: int = 0
    left: tuple[Text, ...] = field(default=())

    @property
    def conventions(self) -> tuple[Convention, ...]:
        """The ways round that the arrays may be."""
        return (self.convention,) if self.convention else ("columns", "rows")
