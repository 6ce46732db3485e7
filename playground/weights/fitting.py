"""Which arrays of a file fit which layers of a network: by name, in order, or as all that is of a shape."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np

from playground.engine.arrays import Shape
from playground.engine.graph import Graph, Node
from playground.weights.found import FoundWeights
from playground.weights.groups import Convention, LayerArrays, Numbers
from playground.weights.turning import Pieces, turned


@dataclass
class Fit:
    """Arrays for the pieces of a network, by their names there ("dense1.weights").

    Attributes:
        went: what the file calls each layer, by the id of the layer that gets its arrays.
        groups: what the file calls those layers for which there is no place.
        layers: the ids of those that get nothing.
    """

    pieces: dict[str, Numbers] = field(default_factory=dict)
    went: dict[str, str] = field(default_factory=dict)
    groups: list[str] = field(default_factory=list)
    layers: list[str] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        """Whether everything has its place."""
        return bool(self.went) and not self.groups and not self.layers


def wanted(node: Node) -> dict[str, Shape]:
    """The shapes of all arrays of a layer, what it carries along included, by their names there."""
    shapes = {
        name: np.broadcast_to(0.0, parameter.shape)[part].shape
        for parameter in node.parameters
        for name, part in parameter.parts.items()
    }
    state = node.layer.state(node.shapes) if node.units else {}
    return shapes | {name: np.shape(values) for name, values in state.items()}


@dataclass(frozen=True, eq=False)
class Matching:
    """The layers of a network, and the arrays of a file for them, taken one way round.

    Attributes:
        nodes: those that have arrays.
        titles: what people call the layers, by id.
    """

    graph: Graph
    nodes: list[Node]
    groups: tuple[LayerArrays, ...]
    convention: Convention
    titles: Mapping[str, str]

    def pieces(self, node: Node, group: LayerArrays) -> Pieces | None:
        """What the layer gets of the group, where that is all it needs and in its shapes."""
        pieces = turned(self.graph, node, group, self.convention)
        if pieces is None:
            return None
        shapes = wanted(node)
        needed = {name for name in shapes if name in ("weights", "bias", "recurrent", "recurrent_bias")}
        if not needed:
            needed = set(pieces)
        fits = needed <= set(pieces) and all(
            name in shapes and np.shape(values) == shapes[name] for name, values in pieces.items()
        )
        return pieces if fits else None


Places: TypeAlias = Iterator[tuple[Node, int, Pieces]]
"""Layers, the place of the group that each gets, and what it gets of it."""


def fit(graph: Graph, found: FoundWeights, titles: Mapping[str, str]) -> Fit:
    """The best place for everything; `titles` are what people call the layers, by id."""
    nodes = [node for node in graph.nodes if wanted(node)]
    exact = _exactly(nodes, found)
    if exact.went:
        return exact
    ways_round = [Matching(graph, nodes, found.groups, each, titles) for each in found.conventions]
    fits = [_fit(each, way(each)) for each in ways_round for way in (_by_name, _in_order, _by_shape)]
    return max(fits, key=lambda each: len(each.went))


def _exactly(nodes: Iterable[Node], found: FoundWeights) -> Fit:
    """Arrays that are called and shaped as those of the network."""
    result, used = Fit(), set[str]()
    for node in nodes:
        names = {f"{node.layer.id}.{name}": shape for name, shape in wanted(node).items()}
        there = [name for name, shape in names.items() if _shape(found, name) == shape]
        used.update(there)
        if len(there) == len(names):
            result.pieces |= {name: found.arrays[name] for name in there}
            result.went[node.layer.id] = node.layer.id
        else:
            result.layers.append(node.layer.id)
    rest = (name for name in found.arrays if name not in used)
    result.groups = list(dict.fromkeys(name.rpartition(".")[0] or name for name in rest))
    return result


def _shape(found: FoundWeights, name: str) -> Shape | None:
    return found.arrays[name].shape if name in found.arrays else None


def _fit(matching: Matching, places: Places) -> Fit:
    result, used = Fit(), set[int]()
    for node, place, pieces in places:
        result.pieces |= {f"{node.layer.id}.{name}": values for name, values in pieces.items()}
        result.went[node.layer.id] = matching.groups[place].name
        used.add(place)
    result.groups = [group.name for place, group in enumerate(matching.groups) if place not in used]
    result.layers = [node.layer.id for node in matching.nodes if node.layer.id not in result.went]
    return result


def _by_name(matching: Matching) -> Places:
    used = set[int]()
    for node in matching.nodes:
        called = {node.layer.id, node.layer.name, matching.titles.get(node.layer.id, "")} - {""}
        for place, group in enumerate(matching.groups):
            same = group.name in called or group.name.rpartition(".")[2] in called
            if same and place not in used and (pieces := matching.pieces(node, group)):
                used.add(place)
                yield node, place, pieces
                break


def _in_order(matching: Matching) -> Places:
    """One after the other, up to the first that does not fit."""
    for place, (node, group) in enumerate(zip(matching.nodes, matching.groups, strict=False)):
        pieces = matching.pieces(node, group)
        if pieces is None:
            return
        yield node, place, pieces


def _by_shape(matching: Matching) -> Places:
    """Where a layer and a group fit each other and nothing else."""
    table = {
        (row, column): pieces
        for row, node in enumerate(matching.nodes)
        for column, group in enumerate(matching.groups)
        if (pieces := matching.pieces(node, group)) is not None
    }
    rows, columns = ([pair[side] for pair in table] for side in (0, 1))
    for (row, column), pieces in table.items():
        if rows.count(row) == 1 and columns.count(column) == 1:
            yield matching.nodes[row], column, pieces
