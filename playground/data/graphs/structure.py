"""What the structure of a graph says of each node, as columns: where it lies, and how it is joined to others.

None of it looks at a label.  It looks at all nodes, also at those that test: so one learns on a single graph,
whose edges are known from the start.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from playground.data.graphs.node_graph import NodeGraph
from playground.data.sample import Floats

if TYPE_CHECKING:
    from scipy.sparse import csr_array

MOST_SOURCES, MOST_WORK = 100, 20_000_000
"""Nodes from which shortest paths are counted at most, and nodes and edges that are passed on the way."""

MOST_PATHS = 20_000_000
"""Paths of two edges that are counted at once, to find the triangles."""

DENSE = 1000
"""Nodes up to which all eigenvectors are worked out; of larger graphs the first alone."""

ALIKE = 1e-7
"""Eigenvalues nearer than this are the same."""

MEASURES = ("degree", "clustering", "betweenness", "closeness")


def measures(graph: NodeGraph, report: Callable[[float], None] = lambda _: None) -> Floats:
    """(count, 4) the degree, clustering, betweenness and closeness of each node.

    Of a large graph the last two are those by the paths from some of its nodes.  `report` is told how far
    it is.
    """
    matrix = _matrix(graph)
    sources = min(MOST_SOURCES, graph.count, max(MOST_WORK // (graph.count + matrix.nnz + 1), 4))
    chosen = np.linspace(0, graph.count - 1, sources).astype(np.int64)
    report(0.1)
    clustering = _clustering(graph, matrix)
    report(0.3)
    betweenness = _betweenness(matrix, chosen, lambda share: report(0.3 + 0.6 * share))
    report(0.9)
    return np.column_stack([graph.degrees, clustering, betweenness, _closeness(matrix, chosen)])


def _matrix(graph: NodeGraph) -> csr_array[Any]:
    """(count, count) 1 where an edge joins two nodes, whatever its direction."""
    from scipy.sparse import csr_array

    first, second = graph.edges.T
    places = np.concatenate([first, second]), np.concatenate([second, first])
    matrix = csr_array((np.ones(2 * len(first)), places), shape=(graph.count, graph.count))
    matrix.data[:] = 1  # where an edge leads there and another one back
    return matrix


def _clustering(graph: NodeGraph, matrix: csr_array[Any]) -> Floats:
    """(count,) how many pairs of neighbours are joined; 0 where there is no pair."""
    if int(np.square(graph.degrees).sum()) > MOST_PATHS:
        import networkx as nx

        return np.array(list(nx.clustering(graph.for_networkx()).values()))
    joined = (matrix @ matrix).multiply(matrix).sum(axis=1)
    degrees = matrix.sum(axis=1)
    pairs = degrees * (degrees - 1)
    clustering: Floats = np.divide(joined, pairs, out=np.zeros(graph.count), where=pairs > 0)
    return clustering


def _betweenness(
    matrix: csr_array[Any], chosen: NDArray[np.int64], report: Callable[[float], None]
) -> Floats:
    """(count,) the share of shortest paths from the chosen nodes that lead through each (Brandes 2001)."""
    from scipy.sparse import csr_array

    count, every = matrix.shape[0], np.arange(len(chosen))
    shape = (count, len(chosen))
    seen = np.zeros(shape, bool)
    seen[chosen, every] = True
    levels = [csr_array((np.ones(len(chosen)), (chosen, every)), shape=shape)]
    while levels[-1].nnz:  # a level has the numbers of shortest paths to the nodes that are one step farther
        found = (matrix @ levels[-1]).tocoo()
        fresh = ~seen[found.row, found.col]
        row, column = found.row[fresh], found.col[fresh]
        seen[row, column] = True
        levels.append(csr_array((found.data[fresh], (row, column)), shape=shape))
        report(seen.mean() / 2)
    through = np.zeros(shape)
    for nearer, farther in zip(levels[-2::-1], levels[:0:-1], strict=True):
        paths = farther.tocoo()
        share = (1 + through[paths.row, paths.col]) / paths.data
        passed = (matrix @ csr_array((share, (paths.row, paths.col)), shape=shape)).multiply(nearer).tocoo()
        through[passed.row, passed.col] += passed.data
    through[chosen, every] = 0
    total: Floats = through.sum(axis=1) * (count / len(chosen) / max((count - 1) * (count - 2), 1))
    return total


def _closeness(matrix: csr_array[Any], chosen: NDArray[np.int64]) -> Floats:
    """(count,) how near each node is to the chosen ones it reaches, less where they are few; 0 for none."""
    from scipy.sparse.csgraph import shortest_path

    count = matrix.shape[0]
    steps = shortest_path(matrix, directed=False, unweighted=True, indices=chosen)
    reached = np.isfinite(steps) & (steps > 0)
    others = np.full(count, float(len(chosen)))
    others[chosen] -= 1
    total, found = np.where(reached, steps, 0).sum(axis=0), reached.sum(axis=0)
    nearness = np.divide(found, total, out=np.zeros(count), where=total > 0)
    closeness: Floats = nearness * found / np.maximum(others, 1)
    return closeness


def neighbours_mean(graph: NodeGraph, values: Floats) -> Floats:
    """(count, k) the mean of the values (count, k) of each node's neighbours; its own where it has none."""
    first, second = graph.edges.T
    total = np.zeros_like(values)
    np.add.at(total, first, values[second])
    np.add.at(total, second, values[first])
    degrees = graph.degrees[:, np.newaxis]
    mean: Floats = np.where(degrees > 0, total / np.maximum(degrees, 1), values)
    return mean


def spectral(graph: NodeGraph, count: int) -> Floats:
    """(nodes, count) the first eigenvectors of the normalized Laplacian but the trivial one, each of size 1.

    Nodes that are joined have like coordinates; a node without edges has 0.  Where several eigenvectors share
    an eigenvalue, as in a ring, which of them are taken does not depend on the machine.
    """
    found = np.zeros((graph.count, count))
    degrees = _strengths_of_nodes(graph)
    scale = np.divide(1, np.sqrt(degrees), out=np.zeros(graph.count), where=degrees > 0)
    wanted = min(count + 1, graph.count)
    values, vectors = _eigenvectors(graph, scale, wanted)
    vectors = _settled(values, vectors, wanted)[:, 1:] * scale[:, np.newaxis]
    size = np.sqrt(np.mean(np.square(vectors), axis=0))
    found[:, : vectors.shape[1]] = vectors / np.where(size > 0, size, 1)
    return found


def _strengths_of_nodes(graph: NodeGraph) -> Floats:
    first, second = graph.edges.T
    sizes = np.abs(graph.strengths)
    total = np.zeros(graph.count)
    for ends in (first, second):
        np.add.at(total, ends, sizes)
    return total


def _eigenvectors(graph: NodeGraph, scale: Floats, wanted: int) -> tuple[Floats, Floats]:
    """The smallest eigenvalues of 1 − D^−½ A D^−½ and their vectors (nodes, …), so many at least."""
    first, second = graph.edges.T
    entries = np.abs(graph.strengths) * scale[first] * scale[second]
    if graph.count <= DENSE:
        matrix = np.eye(graph.count)
        np.subtract.at(matrix, (first, second), entries)
        np.subtract.at(matrix, (second, first), entries)
        values, vectors = np.linalg.eigh(matrix)
        return values, vectors
    from scipy.sparse import csr_array
    from scipy.sparse.linalg import eigsh

    places = np.concatenate([first, second]), np.concatenate([second, first])
    sparse = csr_array((np.tile(entries, 2), places), shape=(graph.count, graph.count))
    start = np.linspace(1, 2, graph.count)
    values, vectors = eigsh(sparse, k=wanted, which="LA", v0=start, tol=1e-6)
    return 1 - values[::-1], vectors[:, ::-1]


def _settled(values: Floats, vectors: Floats, wanted: int) -> Floats:
    """The first vectors, those of one eigenvalue chosen by the nodes that come first among equals."""
    chosen: list[Floats] = []
    start = 0
    while len(chosen) < wanted:
        end = start + int(np.searchsorted(values[start:], values[start] + ALIKE))
        chosen += _basis(vectors[:, start : max(end, start + 1)], wanted - len(chosen))
        start = max(end, start + 1)
    return np.stack(chosen, axis=1)


def _basis(space: Floats, wanted: int) -> list[Floats]:
    """An orthonormal basis of what these orthonormal vectors (nodes, k) span, the same for each such choice.

    Each of its vectors is what the space has of a node: of that which it has most of, the first among equals.
    """
    found: list[Floats] = []
    for _ in range(min(wanted, space.shape[1])):
        sizes = np.sum(np.square(space), axis=1)
        node = int(np.flatnonzero(sizes >= sizes.max() * (1 - 1e-6))[0])
        vector = space @ space[node] / np.sqrt(sizes[node])
        found.append(vector)
        along = vector @ space
        turned, _ = np.linalg.qr(np.column_stack([along, np.eye(len(along))]))
        space = space @ turned[:, 1 : len(along)]
    return found
