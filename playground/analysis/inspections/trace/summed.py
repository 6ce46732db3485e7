"""Where the gradient of a weight, and what a layer hands back, come from: the terms of their sums."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from playground.engine.arrays import Array
from playground.engine.graph import Graph, Node
from playground.engine.network import Network
from playground.engine.parameter import Parameter
from playground.engine.sums import GradientSum, Numbers


@dataclass(frozen=True, eq=False)
class SumTerms:
    """The terms of one sum, each the product of two numbers.

    Attributes:
        first, second: (terms,) the factors; `of` is the sum that they are of.
        places: (terms, axes) where each is: place by place, and which sample last.
        rows: (terms,) which row of the sum's weights each is of.
    """

    first: Array
    second: Array
    of: GradientSum
    places: Numbers
    rows: Numbers

    @property
    def products(self) -> Array:
        """The terms themselves."""
        found: Array = self.first * self.second
        return found

    def largest(self) -> Numbers:
        """Their numbers, the largest terms first."""
        return np.argsort(-np.abs(self.products), kind="stable")


@dataclass(frozen=True, eq=False)
class TensorSums:
    """What sums a tensor of parameters has its gradient from.

    Attributes:
        matrix: (rows, columns) of the tensor as it is shown: which weight of its layer's sums each number is,
            counted through all of them; −1 for none.
    """

    sums: tuple[GradientSum, ...]
    matrix: Numbers

    def terms(self, row: int, column: int) -> SumTerms | None:
        """What the gradient of one of its numbers is summed up from."""
        number = int(self.matrix[row, column])
        if number < 0:
            return None
        each, own, read = self._weight(number)
        deltas, seen = each.deltas[own], each.read[read]
        places = np.indices(deltas.shape).reshape(deltas.ndim, -1).T
        rows = np.full(deltas.size, own)
        return SumTerms(deltas.ravel(), seen.ravel(), each, places, rows)

    def factors(self) -> tuple[Array, Array, int] | None:
        """Matrices (rows, terms), (columns, terms) whose product it is, and which sum; None without such."""
        if (self.matrix < 0).any():
            return None
        which, rows, columns = self._weights()
        if np.ptp(which) or (rows != rows[:, :1]).any() or (columns != columns[:1]).any():
            return None
        number = int(which[0, 0])
        each = self.sums[number]
        deltas, read = (values.reshape(len(values), -1) for values in (each.deltas, each.read))
        return deltas[rows[:, 0]], read[columns[0]], number

    def _weight(self, number: int) -> tuple[GradientSum, int, int]:
        for each in self.sums:
            size = len(each.deltas) * len(each.read)
            if number < size:
                return each, *divmod(number, len(each.read))
            number -= size
        raise IndexError(number)

    def _weights(self) -> tuple[Numbers, Numbers, Numbers]:
        """Of each number which sum it is of, and which row and column there."""
        sizes = [len(each.deltas) * len(each.read) for each in self.sums]
        starts = np.cumsum([0, *sizes])
        which = np.searchsorted(starts, self.matrix, side="right") - 1
        widths = np.array([len(each.read) for each in self.sums])[which]
        return which, *np.divmod(self.matrix - starts[which], widths)


def tensor_sums(node: Node, sums: tuple[GradientSum, ...]) -> Iterator[tuple[str, Numbers]]:
    """Of each tensor of a layer, in its own shape, which weights of its sums it is (see `TensorSums`)."""
    blocks = {parameter.name: np.full(parameter.size, -1, np.intp) for parameter in node.parameters}
    start = 0
    for each in sums:
        size = len(each.deltas) * len(each.read)
        numbers = np.arange(start, start + size)
        if each.block in blocks:
            blocks[each.block][slice(size) if each.entries is None else each.entries.ravel()] = numbers
        start += size
    for parameter in node.parameters:
        yield from _parts(parameter, blocks[parameter.name])


def _parts(parameter: Parameter, numbers: Numbers) -> Iterator[tuple[str, Numbers]]:
    block = numbers.reshape(parameter.shape)
    for name, part in parameter.parts.items():
        yield name, block[part]


def handed_back(
    network: Network, sums: Mapping[str, tuple[GradientSum, ...]], parameters: Array, position: int,
    unit: int, sample: int,
) -> Iterator[tuple[Node, SumTerms]]:  # fmt: skip
    """What each reader of a layer hands back to one of its values, where it says how that is summed up."""
    for node in readers_of(network.graph, position):
        for each in sums.get(node.layer.id, ()):
            if each.units is not None:
                weights = network.blocks(node, parameters)[each.block].ravel()
                if (found := _handed(each, weights, unit, sample)) is not None:
                    yield node, found


def _handed(each: GradientSum, weights: Array, unit: int, sample: int) -> SumTerms | None:
    assert each.units is not None
    where = np.argwhere(each.units == unit)
    if not len(where):
        return None
    column, places = where[:, 0], where[:, 1:]
    matrix = weights[: len(each.deltas) * len(each.read)] if each.entries is None else weights[each.entries]
    matrix = matrix.reshape(len(each.deltas), -1)
    deltas = each.deltas[(slice(None), *places.T, sample)].reshape(len(matrix), -1)
    rows = np.repeat(np.arange(len(matrix)), len(where))
    at = np.column_stack([np.tile(places, (len(matrix), 1)), np.full(len(rows), sample)])
    first = matrix[:, column].ravel()
    return SumTerms(first, np.broadcast_to(deltas, matrix[:, column].shape).ravel(), each, at, rows)


def readers_of(graph: Graph, position: int) -> Iterator[Node]:
    """Who reads a layer, also through those that only give it another shape."""
    for reader, _ in graph.readers(position):
        node = graph.nodes[reader]
        if node.layer.reshapes:
            yield from readers_of(graph, reader)
        else:
            yield node
