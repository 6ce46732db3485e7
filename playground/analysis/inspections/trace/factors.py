"""The matrices whose product the gradient of weights is, where a layer sums it up over places or samples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from playground.analysis.inspections.trace.parts import ParameterPart
from playground.analysis.inspections.trace.step import Ran
from playground.analysis.inspections.trace.summed import TensorSums, tensor_sums
from playground.engine.arrays import Array


@dataclass(frozen=True, eq=False)
class Factors:
    """Matrices whose product a gradient is: error terms, and what they met, in as many columns as terms.

    Attributes:
        delta, read: what each is called.
    """

    deltas: Array
    met: Array
    delta: str
    read: str

    def values(self) -> Iterator[tuple[str, Array]]:
        """Both, by their names."""
        yield self.delta, self.deltas
        if not self._of_bias:
            yield self.read, self.met

    @property
    def source(self) -> str:
        """Their product as a line has it."""
        return f"over_samples({self.delta})" if self._of_bias else f"{self.delta} @ {self.read}.T"

    @property
    def _of_bias(self) -> bool:
        return len(self.met) == 1 and bool((self.met == 1).all())


def sums_of(ran: Ran, known: Mapping[str, ParameterPart]) -> Iterator[tuple[str, TensorSums]]:
    """What each tensor has its gradient from, by its name, of layers that say so."""
    for node in ran.network.graph.nodes:
        if not (sums := ran.sums.get(node.layer.id, ())):
            continue
        for part, numbers in tensor_sums(node, sums):
            tensor = f"{node.layer.id}.{part}"
            yield tensor, TensorSums(sums, known[tensor].matrix(numbers))


def factors_of(
    known: Mapping[str, ParameterPart], sums: Mapping[str, TensorSums]
) -> Iterator[tuple[str, Factors]]:
    """The matrices whose product the gradient of a tensor is; those of error terms that are alike are one."""
    made: dict[tuple[str, int], Factors] = {}
    for tensor, each in sums.items():
        if (found := each.factors()) is None:
            continue
        deltas, met, number = found
        part = known[tensor]
        alike = made.get((part.layer_id, number))
        if alike is None or not np.array_equal(alike.deltas, deltas):
            alike = None
        letter = "H" if part.part.startswith("recurrent") else "X"
        delta = f"Delta_{part.name}" if alike is None else alike.delta
        made[part.layer_id, number] = factors = Factors(deltas, met, delta, f"{letter}_{part.name}")
        yield tensor, factors
