"""The edges of a graph as graph layers take them: those of a batch of nodes, sorted by where they lead.

Nodes are the samples of one graph, or the nodes of each sample that is a graph; a batch of such samples is
one graph of many parts.  Each node has an edge to itself as well: its own value counts with its neighbours'.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from playground.engine.arrays import Array, Operation, product
from playground.shapes import GraphShape

if TYPE_CHECKING:
    from scipy.sparse import csr_array

NodePlaces: TypeAlias = NDArray[np.int64]

FEW_NODES = 256
"""Nodes of one graph up to which a full matrix is quicker than a sparse one."""


class NodeLinks(Protocol):
    """The edges between samples that are the nodes of one graph."""

    @property
    def count(self) -> int:
        """How many nodes there are."""

    @property
    def edges(self) -> NodePlaces:
        """From which node to which, (m, 2)."""

    @property
    def strengths(self) -> NDArray[np.float64]:
        """What each edge counts, (m,)."""

    @property
    def directed(self) -> bool:
        """Whether messages go along an edge one way alone."""


class Passage:
    """Along which edges messages passage in one batch.

    Attributes:
        count: how many nodes there are.
        sources, targets: (m,) from where and to where each edge leads, sorted by target and then by source.
        weights: (m,) what each counts; 1 for a node's edge to itself.
        starts: (count,) where the edges to each node begin; there is always one, that to itself.
        loops: (m,) whether an edge leads from a node to itself.
        there: (nodes, samples) whether a sample has that node; None where the nodes are the samples.
    """

    sources: NodePlaces
    targets: NodePlaces
    weights: Array
    starts: NodePlaces
    loops: NDArray[np.bool_]
    there: NDArray[np.bool_] | None = None

    def __init__(self, count: int, dtype: np.dtype[Any]) -> None:
        self.count, self.dtype = count, dtype
        self._normalized: csr_array[Any] | None = None
        self._arriving: csr_array[Any] | None = None
        self._leaving: csr_array[Any] | None = None
        self._ends = np.empty(count + 1, np.int64)

    @classmethod
    def between(cls, links: NodeLinks, dtype: np.dtype[Any]) -> Passage:
        """That of the nodes of one graph, always the same."""
        first, second = links.edges.T
        joined = first != second
        first, second, counts = first[joined], second[joined], links.strengths[joined]
        every = np.arange(links.count)
        sources, targets, weights = [first, every], [second, every], [counts, np.ones(links.count)]
        if not links.directed:
            sources, targets, weights = [*sources, second], [*targets, first], [*weights, counts]
        source, target = np.concatenate(sources), np.concatenate(targets)
        order = np.lexsort((source, target))
        passage = cls(links.count, dtype)
        passage.lead(source[order], target[order], np.concatenate(weights)[order].astype(dtype))
        return passage

    @classmethod
    def none(cls, count: int, dtype: np.dtype[Any]) -> Passage:
        """That of so many nodes that each stand alone."""
        passage, every = cls(count, dtype), np.arange(count)
        passage.lead(every, every, np.ones(count, dtype))
        return passage

    def lead(self, sources: NodePlaces, targets: NodePlaces, weights: Array) -> None:
        """Have these edges from now on, sorted, those of each node to itself included."""
        self.sources, self.targets, self.weights = sources, targets, weights
        self.loops = sources == targets
        self._ends[0] = 0
        np.cumsum(np.bincount(targets, minlength=self.count), out=self._ends[1:])
        self.starts = self._ends[:-1]
        self._normalized = self._arriving = self._leaving = None

    @property
    def varies(self) -> bool:
        """Whether each batch has other edges."""
        return self.there is not None

    def matrix(self, entries: Array) -> csr_array[Any]:
        """The sparse matrix (to, from) with these entries (m,)."""
        from scipy.sparse import csr_array

        return csr_array((entries, self.sources, self._ends), shape=(self.count, self.count))

    @property
    def normalized(self) -> csr_array[Any]:
        """D^−½ (A + 1) D^−½, D what leads to each node and its own 1; the sign of a weight does not count."""
        if self._normalized is None:
            scale = 1 / np.sqrt(np.add.reduceat(np.abs(self.weights), self.starts))
            self._normalized = self.matrix(self.weights * scale[self.targets] * scale[self.sources])
        return self._normalized

    def spread(self, values: Array, out: Array, back: bool = False) -> Operation:
        """Give each node the sum of its neighbours' values (units, nodes) by the normalized matrix.

        With `back`, what each node has goes back to those from which it came.
        """
        if not self.varies and self.count <= FEW_NODES:
            full = self.normalized.toarray()
            return product(values, np.ascontiguousarray(full if back else full.T), out)
        return partial(self._spread, values, out, back)

    def _spread(self, values: Array, out: Array, back: bool) -> None:
        matrix = self.normalized
        np.copyto(out, ((matrix.T if back else matrix) @ values.T).T)

    def sum(self, values: Array) -> Array:
        """The sum, (nodes,) or (nodes, units), of what the edges (m, …) bring to each node."""
        if self._arriving is None:
            edges = np.arange(len(self.targets))
            self._arriving = self._incidence(edges, self._ends)
        total: Array = self._arriving @ values
        return total

    def sum_back(self, values: Array) -> Array:
        """The sum, (nodes,) or (nodes, units), of what the edges (m, …) have of the node they come from."""
        if self._leaving is None:
            order = np.argsort(self.sources, kind="stable")
            ends = np.cumsum(np.bincount(self.sources, minlength=self.count))
            self._leaving = self._incidence(order, np.concatenate([[0], ends]))
        total: Array = self._leaving @ values
        return total

    def _incidence(self, edges: NodePlaces, ends: NodePlaces) -> csr_array[Any]:
        """The sparse matrix (nodes, m) that is 1 where an edge belongs to a node."""
        from scipy.sparse import csr_array

        return csr_array((np.ones_like(self.weights), edges, ends), shape=(self.count, len(edges)))


class SamplePassage(Passage):
    """That within samples which are graphs, read anew from each batch."""

    def __init__(self, shape: GraphShape, batch: Array) -> None:
        """`batch` is where it is written, (samples, inputs)."""
        nodes, columns = shape.sizes
        samples = self._samples = len(batch)
        super().__init__(nodes * samples, batch.dtype)
        given = batch.T.reshape(nodes, columns, samples)
        self._rows = given
        self._joined = given[:, shape.own :].transpose(1, 2, 0)  # to, sample, from
        self._held = np.empty(self._joined.shape, batch.dtype)
        self._own = np.einsum("isi->is", self._held)
        self.there = np.empty((nodes, samples), np.bool_)

    def read(self) -> None:
        """Take the edges of the batch."""
        np.copyto(self._held, self._joined)
        self._own[:] = 1
        target, sample, source = np.nonzero(self._held)
        samples = self._samples
        self.lead(source * samples + sample, target * samples + sample, self._held[target, sample, source])
        np.any(self._rows, axis=1, out=self.there)
