"""What a part of a run remembers, in a form that files, undo and the way back from a bad number share.

Every part that changes while learning gives a copy of what it remembers with `state()` and takes one back
with `restore(memory)`.  A checkpoint is the sum of all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from types import MappingProxyType
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from playground.engine.arrays import Array
from playground.engine.network import Network


class Vector(NamedTuple):
    """A vector like the parameters of a network, whose pieces have the names that they have there."""

    values: Array
    network: Network

    def pieces(self, slot: str) -> Iterator[tuple[str, Array]]:
        """Each piece under the slot's name: "mean/dense1.weights", or "dense1.weights" for the slot ""."""
        for name, tensor in self.network.tensors(self.values):
            yield f"{slot}/{name}" if slot else name, tensor


NOTHING: Mapping[str, Any] = MappingProxyType({})


class Memory(NamedTuple):
    """A copy of what a part remembers.

    Attributes:
        numbers: what JSON can hold, by name.
        arrays: arrays by name ("norm1.running_mean"), and the pieces of vectors once they come from a file.
        vectors: vectors like the parameters, by slot ("" for the parameters themselves).
    """

    numbers: Mapping[str, Any] = NOTHING
    arrays: Mapping[str, NDArray[Any]] = NOTHING
    vectors: Mapping[str, Vector] = NOTHING

    @classmethod
    def of_all(cls, *memories: Memory) -> Self:
        """What all of them remember; names are of one part alone."""
        numbers: dict[str, Any] = {}
        arrays: dict[str, NDArray[Any]] = {}
        vectors: dict[str, Vector] = {}
        for memory in memories:
            numbers.update(memory.numbers)
            arrays.update(memory.arrays)
            vectors.update(memory.vectors)
        return cls(numbers, arrays, vectors)

    def named(self) -> dict[str, NDArray[Any]]:
        """Every array and every piece of a vector by its name."""
        pieces = (vector.pieces(slot) for slot, vector in self.vectors.items())
        return dict(self.arrays) | {name: piece for each in pieces for name, piece in each}

    def without(self, names: Set[str]) -> Memory:
        """The same but for some numbers, arrays and slots."""
        return Memory(
            {name: number for name, number in self.numbers.items() if name not in names},
            {name: array for name, array in self.arrays.items() if name.split("/")[0] not in names},
            {slot: vector for slot, vector in self.vectors.items() if slot not in names},
        )

    def finite(self) -> Memory:
        """The same without what a file cannot hold: a gradient or a difference that overflowed."""
        broken = {slot for slot, vector in self.vectors.items() if not np.isfinite(vector.values).all()}
        return self.without(broken)

    def has(self, slot: str) -> bool:
        """Whether anything is known of a slot."""
        return slot in self.vectors or any(name.startswith(f"{slot}/") for name in self.arrays)

    def fill(self, slot: str, into: Array, network: Network) -> None:
        """Write what is known of a slot into a vector like the network's parameters; the rest stays."""
        vector = self.vectors.get(slot)
        if vector is not None and vector.network is network:
            into[...] = vector.values
            return
        known = dict(vector.pieces(slot)) if vector is not None else self.arrays
        for name, piece in Vector(into, network).pieces(slot):
            put(known.get(name), piece)


def put(known: NDArray[Any] | None, into: Array) -> None:
    """Write an array into another, where it is known, of the same shape and not too large for it."""
    if known is not None and known.shape == into.shape and fits(known, into.dtype):
        into[...] = known


def fits(values: NDArray[Any], dtype: np.dtype[Any]) -> bool:
    """Whether a precision can hold all the numbers."""
    if values.dtype == dtype:
        return True
    return float(np.abs(values).max(initial=0)) <= float(np.finfo(dtype).max)
