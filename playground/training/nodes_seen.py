"""What is seen of the nodes of a graph: messages, an embedding, and how different layers make them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from playground.engine.arrays import Array
from playground.engine.graph import INPUT
from playground.engine.network import Network, Plan
from playground.record import record

MOST_EDGES = 20_000
"""Edges of which messages are shown at most."""

MOST_COMPARED = 16
"""Units of a layer that are looked through for the one that a message is shown of."""


@record(eq=False)
class SeenMessages:
    """What a layer passes along edges.

    Attributes:
        sources, targets: (m,) from which node to which, each to itself included.
        brought: (m,) what each edge brings to a unit of the target: that asked for, or its largest.
        units: (nodes,) that unit of each node.
        sums: (nodes,) what all edges bring it together.
        shares: (m,) by how much the source counts, such as its weight of attention; None where nothing says.
    """

    layer_id: str
    sources: NDArray[np.int64]
    targets: NDArray[np.int64]
    brought: Array
    units: NDArray[np.intp]
    sums: Array
    shares: Array | None = None


@record(eq=False)
class NodesSeen:
    """What layers make of all nodes.

    Attributes:
        messages: those of one layer; None where none is passed, or the graph is too large.
        embedding: (nodes, 2) the values of a hidden layer: its two, or its first two principal components.
        of_layer: that layer's id, and `units` how many values it has.
        apart: how different each layer makes the nodes, by layer id in order, the inputs first: 0 where all
            are alike, and 1 where they have nothing in common.
    """

    messages: SeenMessages | None
    embedding: Array
    of_layer: str
    units: int
    apart: tuple[tuple[str, float], ...]


def seen_of_nodes(network: Network, plan: Plan, focus: tuple[str, int] | None) -> NodesSeen:
    """What there is to see after a forward pass over all nodes; of the layer in focus, where it has any."""
    layers = network.graph.nodes
    values = {INPUT: plan.input[:, :-1].T, **plan.values}
    hidden = [node.layer.id for node in layers[:-1] if node.units > 1] or [INPUT]
    chosen = focus[0] if focus and focus[0] in hidden else hidden[-1]
    return NodesSeen(
        _messages(plan, focus),
        _embedded(values[chosen]),
        chosen,
        len(values[chosen]),
        tuple((name, _apart(of_layer)) for name, of_layer in values.items()),
    )


def _messages(plan: Plan, focus: tuple[str, int] | None) -> SeenMessages | None:
    passage = plan.passage
    if passage is None or not plan.messages or len(passage.sources) > MOST_EDGES:
        return None
    layer_id = focus[0] if focus and focus[0] in plan.messages else list(plan.messages)[-1]
    wanted = focus[1] if focus and focus[0] == layer_id else None
    values = plan.values[layer_id][:MOST_COMPARED]
    units = np.abs(values).argmax(axis=0) if wanted is None else np.full(passage.count, wanted)
    bring, count = plan.messages[layer_id]
    brought = _by_unit(bring, units, passage.targets)
    return SeenMessages(
        layer_id,
        passage.sources,
        passage.targets,
        brought,
        units,
        np.add.reduceat(brought, passage.starts),
        None if count is None else _by_unit(count, units, passage.targets),
    )


def _by_unit(
    give: Callable[[int], Array], units: NDArray[np.intp], targets: NDArray[np.int64]
) -> NDArray[np.float64]:
    """What is given for each edge (m,) of that unit which its target has."""
    found, wanted = np.zeros(len(targets)), units[targets]
    for unit in np.unique(units).tolist():
        those = wanted == unit
        found[those] = give(unit)[those]
    return found


def _embedded(values: Array) -> Array:
    """Values (units, nodes) as places (nodes, 2): as they are, or along their principal components.

    Each component points to where the first node lies, so that it does not turn over from frame to frame.
    """
    if len(values) <= 2:
        return np.array([values[0], values[-1] if len(values) == 2 else np.zeros_like(values[0])]).T
    centred = values.astype(np.float64) - values.mean(axis=1, keepdims=True, dtype=np.float64)
    if not np.isfinite(centred).all():
        return np.zeros((values.shape[1], 2))
    _, axes = np.linalg.eigh(centred @ centred.T)
    places: Array = centred.T @ axes[:, :-3:-1]
    return places * np.where(places[0] < 0, -1, 1)


def _apart(values: Array) -> float:
    """How far the nodes (units, nodes) lie from their mean, as a share of how far from zero."""
    wide = values.astype(np.float64)
    size = float(np.mean(np.sum(wide * wide, axis=0)))
    mean = float(np.sum(np.mean(wide, axis=1) ** 2))
    return float(np.sqrt(max(1 - mean / size, 0.0))) if size > 0 and np.isfinite(size) else 0.0
