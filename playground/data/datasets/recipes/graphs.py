"""Graphs that are drawn by chance, whose nodes are to be told apart."""

from __future__ import annotations

from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from playground.data.dataset import Task
from playground.data.graphs import structure
from playground.data.graphs.node_graph import Edges, NodeGraph
from playground.data.graphs.nodes import Labelled, OfNodes, Spectral
from playground.data.sample import Column, Floats
from playground.randomness import Source
from playground.value import Typical, Unit

LETTERS = "ABCDEFGH"

Shortcuts = Annotated[
    float,
    Field(
        ge=0,
        le=100,
        title="Shortcuts",
        description="How many edges lead to a node drawn by chance in place of the next one.",
    ),
    Unit("%"),
    Typical(0, 30),
]


class StochasticBlocks(OfNodes):
    kind: Literal["stochastic_blocks"] = "stochastic_blocks"
    title = "Stochastic blocks"
    help = "Groups whose nodes are joined often, and across groups seldom; each node has a noisy hint."
    formula = "P(edge) = p within a group, q across;   hint = 1 or 0 + noise · N(0, 1)"
    advice = (
        "Leave out the means of the neighbours, then take them in: what a graph is worth is the difference."
    )
    reference = "Holland et al. 1983."

    labelled: Labelled = 5
    spectral: Spectral = 0
    blocks: int = Field(3, ge=2, le=8, title="Groups", description="How many groups there are to tell apart.")
    size: int = Field(
        20, ge=5, le=60, title="Size", description="How many nodes a group has; 15 to 40 can be seen well."
    )
    within: Annotated[float, Unit("%")] = Field(
        25.0, ge=0, le=100, title="Edges within", description="How many pairs of one group are joined, p."
    )
    across: Annotated[float, Unit("%")] = Field(
        2.0, ge=0, le=100, title="Edges across", description="How many pairs of two groups are joined, q."
    )
    noise: Annotated[float, Unit("%"), Typical(0, 200)] = Field(
        70.0,
        ge=0,
        le=1000,
        title="Noise",
        description="How much chance disturbs the hints of the nodes; 100 % drowns a hint.",
    )
    neighbours: bool = Field(
        True,
        title="Neighbours",
        description="Whether a node has the mean hints of its neighbours as columns too.",
    )

    @property
    def task(self) -> Task:
        """Tell the groups apart."""
        return Task("classification", tuple(LETTERS[: self.blocks]))

    @property
    def sizes(self) -> tuple[int, ...]:
        return (self.size,) * self.blocks

    @property
    def own_columns(self) -> tuple[Column, ...]:
        hints = [f"hint {letter}" for letter in LETTERS[: self.blocks]]
        means = [f"neighbours' {hint}" for hint in hints] if self.neighbours else []
        return tuple(map(Column, (*hints, *means)))

    def draw(self, source: Source) -> tuple[NodeGraph, Floats, NDArray[np.int64]]:
        """The graph, the hints and perhaps their means, and the groups (nodes,)."""
        classes = np.repeat(np.arange(self.blocks), self.size)
        first, second = np.triu_indices(len(classes), 1)
        likely = np.where(classes[first] == classes[second], self.within, self.across) / 100
        joined = source.uniform((len(first),)) < likely
        graph = NodeGraph(len(classes), np.column_stack([first, second])[joined])
        noise = source.normal((len(classes), self.blocks))
        hints = np.eye(self.blocks)[classes] + noise * self.noise / 100
        own = [hints, structure.neighbours_mean(graph, hints)] if self.neighbours else [hints]
        return graph, np.concatenate(own, axis=1), classes


class GraphRing(OfNodes):
    kind: Literal["graph_ring"] = "graph_ring"
    title = "Ring of nodes"
    help = "Nodes in a ring, each joined to the next ones, to be told apart by arcs."
    advice = (
        "The first two spectral coordinates lay it out as a circle; a few shortcuts make the world small."
    )
    reference = "Watts & Strogatz 1998."

    nodes: int = Field(
        40, ge=10, le=200, title="Nodes", description="How many there are; 30 to 60 can be seen well."
    )
    arcs: int = Field(4, ge=2, le=8, title="Arcs", description="Into how many arcs the ring is parted.")
    reach: int = Field(
        1, ge=1, le=4, title="Reach", description="To how many of the next nodes each is joined."
    )
    shortcuts: Shortcuts = 0.0

    @property
    def task(self) -> Task:
        """Tell in which arc a node is."""
        return Task("classification", tuple(LETTERS[: self.arcs]))

    @property
    def sizes(self) -> tuple[int, ...]:
        return tuple(np.bincount(self._classes()).tolist())

    def _classes(self) -> NDArray[np.int64]:
        return np.arange(self.nodes, dtype=np.int64) * self.arcs // self.nodes

    def draw(self, source: Source) -> tuple[NodeGraph, Floats, NDArray[np.int64]]:
        """The graph, no values, and the arcs (nodes,)."""
        first = np.tile(np.arange(self.nodes), self.reach)
        second = (first + np.repeat(np.arange(1, self.reach + 1), self.nodes)) % self.nodes
        edges = _with_shortcuts(np.column_stack([first, second]), self.nodes, self.shortcuts, source)
        return NodeGraph(self.nodes, edges), np.empty((self.nodes, 0)), self._classes()


class GraphGrid(OfNodes):
    kind: Literal["graph_grid"] = "graph_grid"
    title = "Grid of nodes"
    help = "Nodes in rows and columns, each joined to those beside it, to be told apart by parts."
    advice = "Two spectral coordinates bend it a little; the more, the finer the parts."

    width: int = Field(10, ge=3, le=20, title="Width", description="How many nodes stand in a row.")
    height: int = Field(7, ge=3, le=20, title="Height", description="How many rows there are.")
    parts: Literal["quarters", "halves", "rim"] = Field(
        "quarters",
        title="Parts",
        description="What is to be told apart: four corners, two halves, or the rim.",
    )
    shortcuts: Shortcuts = 0.0

    @property
    def task(self) -> Task:
        """Tell in which part a node is."""
        names = {"quarters": tuple("ABCD"), "halves": ("left", "right"), "rim": ("inside", "rim")}
        return Task("classification", names[self.parts])

    @property
    def sizes(self) -> tuple[int, ...]:
        return tuple(np.bincount(self._classes()).tolist())

    def _classes(self) -> NDArray[np.int64]:
        row, column = np.divmod(np.arange(self.width * self.height, dtype=np.int64), self.width)
        right, low = column * 2 // self.width, row * 2 // self.height
        if self.parts == "rim":
            inside = (row > 0) & (row < self.height - 1) & (column > 0) & (column < self.width - 1)
            return (~inside).astype(np.int64)
        return right if self.parts == "halves" else right + 2 * low

    def draw(self, source: Source) -> tuple[NodeGraph, Floats, NDArray[np.int64]]:
        """The graph, no values, and the parts (nodes,)."""
        numbers = np.arange(self.width * self.height).reshape(self.height, self.width)
        pairs = ((numbers[:, :-1], numbers[:, 1:]), (numbers[:-1], numbers[1:]))
        edges = np.concatenate([np.stack(pair, axis=-1).reshape(-1, 2) for pair in pairs])
        edges = _with_shortcuts(edges, numbers.size, self.shortcuts, source)
        return NodeGraph(numbers.size, edges), np.empty((numbers.size, 0)), self._classes()


def _with_shortcuts(edges: Edges, nodes: int, percent: float, source: Source) -> Edges:
    """The edges, some of which lead elsewhere; none is there twice, and none leads to its own node."""
    numbers = source.uniform((len(edges), 2))
    elsewhere = np.minimum((numbers[:, 1] * nodes).astype(np.int64), nodes - 1)
    moved = np.where(numbers[:, 0] < percent / 100, elsewhere, edges[:, 1])
    ordered = np.sort(np.column_stack([edges[:, 0], moved]), axis=1)
    return np.unique(ordered[ordered[:, 0] != ordered[:, 1]], axis=0)
