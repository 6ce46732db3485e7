"""A graph of nodes and edges, as data have it; the network's own graph of layers is another thing."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from playground.data.sample import Floats
from playground.record import record

if TYPE_CHECKING:
    import networkx as nx

Edges = NDArray[np.int64]
"""(m, 2) the nodes that each edge joins, counted from 0."""


@record(eq=False)
class NodeGraph:
    """Nodes and the edges that join them; no node is joined to itself, and no two by more than one edge.

    Attributes:
        count: how many nodes there are.
        weights: (m,) what each edge counts; None where all count alike.
        directed: whether an edge goes from its first node to its second alone.
        names: what the nodes are called; empty where they are counted from 1.
    """

    count: int
    edges: Edges
    weights: Floats | None = None
    directed: bool = False
    names: tuple[str, ...] = ()

    def name(self, node: int) -> str:
        """What a node is called."""
        return self.names[node] if self.names else str(node + 1)

    @cached_property
    def strengths(self) -> Floats:
        """(m,) what each edge counts."""
        return np.ones(len(self.edges)) if self.weights is None else self.weights

    @cached_property
    def degrees(self) -> NDArray[np.int64]:
        """(count,) how many edges each node has, whatever their direction."""
        return np.bincount(self.edges.ravel(), minlength=self.count)

    def adjacency(self) -> Floats:
        """(count, count) what the edge from the node of the row to that of the column counts; 0 for none."""
        matrix = np.zeros((self.count, self.count))
        first, second = self.edges.T
        matrix[first, second] = self.strengths
        if not self.directed:
            matrix[second, first] = self.strengths
        return matrix

    def neighbours(self, node: int) -> NDArray[np.int64]:
        """The nodes that an edge joins to this one, whatever its direction, in order."""
        first, second = self.edges.T
        return np.unique(np.concatenate([second[first == node], first[second == node]]))

    @cached_property
    def parts(self) -> NDArray[np.int64]:
        """(count,) the connected part that each node is in, from 0 in the order of their first nodes."""
        parts = np.arange(self.count)
        first, second = self.edges.T
        while (parts[first] != parts[second]).any():
            least = np.minimum(parts[first], parts[second])
            np.minimum.at(parts, first, least)
            np.minimum.at(parts, second, least)
            parts = parts[parts]
        return np.unique(parts, return_inverse=True)[1].astype(np.int64)

    @cached_property
    def key(self) -> str:
        """The hash of nodes and edges, the same on every machine."""
        digest = sha256(f"{self.count} {self.directed}".encode())
        for array in (self.edges, self.strengths):
            digest.update(
                np.ascontiguousarray(array, array.dtype.newbyteorder("<")).data.cast("B")
                if array.size
                else b""
            )
        return digest.hexdigest()

    def for_networkx(self) -> nx.Graph[Any]:
        """The same without directions, as networkx has it."""
        import networkx as nx

        graph = nx.Graph()
        graph.add_nodes_from(range(self.count))
        graph.add_edges_from(self.edges.tolist())
        return graph

    def of(self, nodes: Sequence[int] | NDArray[np.int64]) -> NodeGraph:
        """The graph of some nodes, in this order, and of the edges between them."""
        places = np.full(self.count, -1)
        places[nodes] = np.arange(len(nodes))
        edges = places[self.edges]
        inside = (edges >= 0).all(axis=1)
        weights = None if self.weights is None else self.weights[inside]
        return NodeGraph(len(nodes), edges[inside], weights, self.directed)


@record(eq=False)
class Nodes:
    """All nodes of the graph whose nodes are the samples, those among them that have no label.

    Attributes:
        raw: (count, columns) the values of each node.
        of_samples: (n,) the node that each sample is.
    """

    graph: NodeGraph
    raw: Floats
    of_samples: NDArray[np.int64]
