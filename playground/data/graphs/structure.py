"""What the structure of a graph says of each node, as columns: where it lies, and how it is joined to others.

None of it looks at a label.  It looks at all nodes, also at those that test: so one learns on a single graph,
whose edges are known from the start.
"""

from __future__ import annotations

import numpy as np

from playground.data.graphs.node_graph import NodeGraph
from playground.data.sample import Floats

MOST_SOURCES = 100
"""Nodes from which shortest paths are counted; a larger graph is measured by so many of them."""

DENSE = 1000
"""Nodes up to which all eigenvectors are worked out; of larger graphs the first alone."""

ALIKE = 1e-7
"""Eigenvalues nearer than this are the same."""

MEASURES = ("degree", "clustering", "betweenness", "closeness")


def measures(graph: NodeGraph) -> Floats:
    """(count, 4) the degree, clustering, betweenness and closeness of each node."""
    import networkx as nx

    known, nodes = graph.for_networkx(), range(graph.count)
    sources = min(MOST_SOURCES, graph.count)
    clustering = nx.clustering(known)
    betweenness = nx.betweenness_centrality(known, k=sources, seed=0)
    closeness = _closeness(graph, sources)
    return np.column_stack(
        [
            graph.degrees,
            [clustering[node] for node in nodes],
            [betweenness[node] for node in nodes],
            closeness,
        ]
    )


def _closeness(graph: NodeGraph, sources: int) -> Floats:
    """(count,) how near each node is to the sources it reaches, less where they are few; 0 for none."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import shortest_path

    first, second = graph.edges.T
    matrix = csr_array((np.ones(len(first)), (first, second)), shape=(graph.count, graph.count))
    chosen = np.linspace(0, graph.count - 1, sources).astype(int)
    steps = shortest_path(matrix, directed=False, unweighted=True, indices=chosen)
    reached = np.isfinite(steps) & (steps > 0)
    others = np.full(graph.count, float(sources))
    others[chosen] -= 1
    total, found = np.where(reached, steps, 0).sum(axis=0), reached.sum(axis=0)
    nearness = np.divide(found, total, out=np.zeros(graph.count), where=total > 0)
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
