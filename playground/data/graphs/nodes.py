"""Datasets whose samples are the nodes of one graph, some of which are labelled."""

from __future__ import annotations

from abc import abstractmethod
from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from playground.data.dataset import Dataset, Samples
from playground.data.graphs import structure
from playground.data.graphs.node_graph import NodeGraph, Nodes
from playground.data.sample import Column, Floats
from playground.data.scaling import Standardize
from playground.randomness import Source
from playground.value import Typical

TRAIN, TEST = 0, 2

Labelled = Annotated[
    int,
    Field(
        ge=0,
        le=250,
        title="Labelled",
        description="Nodes a class that are learnt from, drawn by chance; 0 leaves it to the training share.",
    ),
    Typical(0, 10),
]
Spectral = Annotated[
    int,
    Field(
        ge=0,
        le=8,
        title="Spectral",
        description="How many eigenvectors of the graph's Laplacian each node has as coordinates: "
        "joined nodes have like ones.",
    ),
]


class OfNodes(Dataset):
    """The nodes of one graph, with a class each: what is known of each is a row of columns.

    All see the whole graph, and a few nodes of each class are learnt from; the others test.
    """

    usual_scaling = Standardize.usual()

    labelled: Labelled = 2
    spectral: Spectral = 2
    measures: bool = Field(
        False,
        title="Measures",
        description="Degree, clustering (how many neighbours are joined), betweenness (paths through it), "
        "closeness (how near it is to all).",
    )
    adjacency: bool = Field(
        False,
        title="Adjacency",
        description="The row of the adjacency matrix: a column a node, 1 where an edge joins the two.",
    )
    identity: bool = Field(
        False,
        title="Identity",
        description="A column a node, 1 at its own: nothing is known of it, for layers that read the graph.",
    )

    @property
    def are_nodes(self) -> bool:
        return True

    @property
    @abstractmethod
    def sizes(self) -> tuple[int, ...]:
        """How many nodes there are of each class."""

    @property
    def own_columns(self) -> tuple[Column, ...]:
        """What is known of a node besides its edges."""
        return ()

    @abstractmethod
    def draw(self, source: Source) -> tuple[NodeGraph, Floats, NDArray[np.int64]]:
        """The graph, the values (nodes, own columns) and the class (nodes,) of each node."""

    @property
    def count(self) -> int:
        return sum(self.sizes)

    @property
    def columns(self) -> tuple[Column, ...]:
        """What is asked for; the degree alone where that is nothing."""
        found = (
            *self.own_columns,
            *(Column(f"spectral {number}") for number in range(1, self.spectral + 1)),
            *(map(Column, structure.MEASURES) if self.measures else ()),
            *(Column(f"edge to {number + 1}") for number in range(self.count if self.adjacency else 0)),
            *(Column(f"is {number + 1}") for number in range(self.count if self.identity else 0)),
        )
        return found or (Column("degree"),)

    @property
    def sides(self) -> tuple[int, int, int] | None:
        if not self.labelled:
            return None
        train = sum(min(self.labelled, size) for size in self.sizes)
        return train, 0, self.count - train

    def take(self, source: Source) -> Samples:
        graph, own, classes = self.draw(source)
        sides = self.sides_of(classes, source)
        raw = np.concatenate([own, *self._of_structure(graph)], axis=1)
        if not raw.shape[1]:
            raw = graph.degrees[:, np.newaxis].astype(np.float64)
        nodes = Nodes(graph, raw, np.arange(graph.count))
        return Samples(raw, classes, self.task, sides, nodes)

    def few(self, count: int, source: Source) -> Samples:
        return self.take(source)

    def _of_structure(self, graph: NodeGraph) -> list[Floats]:
        found = [structure.spectral(graph, self.spectral)]
        found += [structure.measures(graph)] if self.measures else []
        found += [graph.adjacency()] if self.adjacency else []
        return found + ([np.eye(graph.count)] if self.identity else [])

    def sides_of(self, classes: NDArray[np.int64], source: Source) -> NDArray[np.int8] | None:
        """The side of each node, of which so many a class are drawn to be learnt from; None for no say."""
        return _sides(classes, source.permutation(len(classes)), self.labelled) if self.labelled else None


def _sides(classes: NDArray[np.int64], order: NDArray[np.int64], labelled: int) -> NDArray[np.int8]:
    """The side of each node: of each class so many that come first in this order are trained on."""
    sides = np.full(len(classes), TEST, np.int8)
    for number in range(int(classes.max()) + 1):
        sides[order[classes[order] == number][:labelled]] = TRAIN
    return sides
