"""The graph as the space over which maps are drawn: each place of a picture is the node nearest to it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from playground.data.dataset import Dataset
from playground.data.graphs.layout import positions
from playground.data.graphs.node_graph import NodeGraph, Nodes
from playground.data.prepared import PreparedData, Split
from playground.data.sample import Column, Floats
from playground.data.spaces import Chosen, Frame, Space
from playground.record import record
from playground.value import Hidden

ROOM = 1.12
"""How far the picture reaches, where nodes lie within −1 and 1."""

MOST_MOVED = 10_000
Moved = tuple[int, float, float]
"""A node, and where it was put."""


@record(eq=False)
class DrawnGraph:
    """A graph as it is drawn.

    Attributes:
        positions: (count, 2) within −1 and 1.
        labels: (count,) the class or value of each node, NaN where there is none.
        sides: (count,) 0 for training, 1 for validation, 2 for testing, 3 for nodes without a label.
        chosen: the node whose values are shown; None for all.
    """

    graph: NodeGraph
    positions: Floats
    labels: Floats
    sides: NDArray[np.int8]
    chosen: int | None = None


@record(eq=False, kw_only=True)
class GraphFrame(Frame):
    """A graph worked out for certain data; `places` are its nodes.

    Attributes:
        cells: (p,) the node nearest to each point of the picture.
    """

    drawn: DrawnGraph
    nodes: Nodes
    cells: NDArray[np.intp]

    def arrange(self, values: NDArray[Any], sizes: tuple[int, ...]) -> NDArray[Any]:
        if self.drawn.chosen is not None:
            return super().arrange(values[:, [self.drawn.chosen]], sizes)
        resolution = round(len(self.cells) ** 0.5)
        return values[:, self.cells].reshape(len(values), resolution, resolution)

    def answer(self, outputs: NDArray[Any]) -> NDArray[Any] | None:
        return None if self.drawn.chosen is None else outputs[:, self.drawn.chosen]

    def of_side(self, split: Split, most: int) -> Floats:
        places: Floats = self.drawn.positions[self.nodes.of_samples[split.rows[:most]]]
        return places if self.axes else np.empty((len(places), 0))


class OverGraph(Space):
    kind: Literal["graph"] = "graph"
    title = "The graph"
    help = "The graph as forces lay it out; a tile shows a neuron's value for the nearest node."
    reference = "Fruchterman & Reingold 1991."
    advice = "To see what each node is taken for, and what its neighbours are."

    node: int = Field(
        -1, ge=-1, le=10_000_000, title="Node", description="The node whose values are shown; −1 for all."
    )
    moved: Annotated[tuple[Moved, ...], Hidden()] = Field((), max_length=MOST_MOVED)
    of: Annotated[str, Hidden()] = Field("", max_length=64, title="Graph")
    """The key of the graph whose nodes were moved."""

    @classmethod
    def fits(cls, dataset: Dataset) -> bool:
        return dataset.are_nodes

    @classmethod
    def is_usual(cls, dataset: Dataset) -> bool:
        return dataset.are_nodes

    def frame(self, data: PreparedData, resolution: int) -> Frame:
        nodes = data.nodes
        assert nodes is not None
        placed = positions(nodes.graph).copy()
        for node, across, up in self.moved if self.of == nodes.graph.key else ():
            placed[node] = across, up
        chosen = self.node if 0 <= self.node < nodes.graph.count else None
        labels, sides, position = _known(data, nodes)
        drawn = DrawnGraph(nodes.graph, placed, labels, sides, chosen)
        axes = () if chosen is not None else AXES
        sample = None if chosen is None else _chosen(data, nodes, drawn, position)
        return GraphFrame(
            axes, nodes.raw, _nowhere, sample, drawn=drawn, nodes=nodes, cells=_nearest(placed, resolution)
        )


AXES = tuple(Column(name, low=-ROOM, high=ROOM, coordinate=True) for name in ("across", "up"))


def _nowhere(raw: Floats) -> Floats:
    """Where rows lie of which nobody knows the node."""
    return np.zeros((len(raw), len(AXES)))


def _nearest(places: Floats, resolution: int) -> NDArray[np.intp]:
    """The node nearest to each point of a picture, from left to right and then up."""
    from scipy.spatial import KDTree

    along = np.linspace(-ROOM, ROOM, resolution)
    points = np.stack(np.meshgrid(along, along), axis=-1).reshape(-1, 2)
    _, cells = KDTree(places).query(points)
    return np.asarray(cells, np.intp)


def _known(data: PreparedData, nodes: Nodes) -> tuple[Floats, NDArray[np.int8], NDArray[np.int64]]:
    """The label of each node, its side, and which sample of that side it is."""
    labels = np.full(nodes.graph.count, np.nan)
    sides = np.full(nodes.graph.count, 3, np.int8)
    position = np.zeros(nodes.graph.count, np.int64)
    for side, split in enumerate((data.train, data.validation, data.test)):
        if split is not None:
            those = nodes.of_samples[split.rows]
            labels[those] = split.labels if split.labels.ndim == 1 else split.labels[:, 0]
            sides[those], position[those] = side, np.arange(len(those))
    return labels, sides, position


def _chosen(data: PreparedData, nodes: Nodes, drawn: DrawnGraph, position: NDArray[np.int64]) -> Chosen:
    node = drawn.chosen
    assert node is not None
    side = ("train", "validation", "test", "")[drawn.sides[node]]
    return Chosen(side, int(position[node]), nodes.raw[node], float(drawn.labels[node]))
