"""Where the nodes of a graph are drawn: by forces between them, each connected part on its own."""

from __future__ import annotations

from math import ceil, sqrt

import numpy as np
from numpy.typing import NDArray

from playground.data.graphs.node_graph import NodeGraph
from playground.data.graphs.structure import spectral
from playground.data.sample import Floats

SMALL = 40
"""Nodes up to which the distances of all pairs are drawn true."""

FEW_ROUNDS = 400
"""Nodes from which forces have less time to settle."""

LONG = 1.3
"""How much more places must spread in one direction than across it to be laid along it."""

NO_FORCES = 2000
"""Nodes from which the spectral coordinates are taken as they are, since forces would take too long."""

KEPT = 16
"""Layouts that are kept, so that a change of other things does not move the nodes."""

_KNOWN: dict[str, Floats] = {}


def positions(graph: NodeGraph) -> Floats:
    """(count, 2) where each node is drawn, within −1 and 1; always the same for the same graph."""
    if (found := _KNOWN.get(graph.key)) is None:
        found = _KNOWN[graph.key] = _packed(graph)
        while len(_KNOWN) > KEPT:
            del _KNOWN[next(iter(_KNOWN))]
    return found


def _packed(graph: NodeGraph) -> Floats:
    """The parts side by side in rows, each in a square as large as it has nodes."""
    places = np.zeros((graph.count, 2))
    groups = _groups(graph.parts)
    sides = [sqrt(len(group)) + 0.5 for group in groups]
    width = max(sides[0], sqrt(sum(side * side for side in sides))) * 1.0001 if groups else 1.0
    left = top = height = 0.0
    for group, side in zip(groups, sides, strict=True):
        if left + side > width:
            left, top, height = 0.0, top + height, 0.0
        middle = (left + side / 2, -top - side / 2)
        places[group] = middle + _of_part(graph.of(group)) * (side - 0.5) / 2
        left, height = left + side, max(height, side)
    return _within(places)


def _groups(parts: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    """The nodes of each part, the largest first."""
    order = np.argsort(parts, kind="stable")
    groups = np.split(order, np.cumsum(np.bincount(parts))[:-1]) if len(parts) else []
    return sorted(groups, key=len, reverse=True)


def _of_part(graph: NodeGraph) -> Floats:
    """The places of a connected graph, within −1 and 1."""
    if graph.count < 3:
        return np.array([[-0.7, 0.0], [0.7, 0.0]])[: graph.count] if graph.count > 1 else np.zeros((1, 2))
    if graph.count > NO_FORCES:
        return _within(np.tanh(spectral(graph, 2)))
    import networkx as nx

    known = graph.for_networkx()
    if graph.count <= SMALL:
        import scipy.optimize  # noqa: F401  # so that its threads are limited: in such small products they wait
        from threadpoolctl import threadpool_limits

        with threadpool_limits(1, "blas"):
            found = nx.kamada_kawai_layout(known)
    else:
        rounds = ceil(50 * min(1.0, FEW_ROUNDS / graph.count))
        start = dict(enumerate(_apart(spectral(graph, 2))))
        found = nx.spring_layout(known, pos=start, iterations=rounds, seed=1)
    return _within(_lying(np.array([found[node] for node in range(graph.count)])))


def _lying(places: Floats) -> Floats:
    """The places turned so that they are wider than high; as they are where they are about as wide."""
    centred = places - places.mean(axis=0)
    sizes, axes = np.linalg.eigh(centred.T @ centred)
    if sizes[1] < LONG * sizes[0]:
        return places
    across, up = axes[:, 1], axes[:, 0]
    across = across * np.copysign(1, across @ np.array([1.0, 0.1]))
    up = up * np.copysign(1, across[0] * up[1] - across[1] * up[0])  # turned, and not seen in a mirror
    turned: Floats = centred @ np.column_stack([across, up])
    return turned


def _apart(places: Floats) -> Floats:
    """The places a little moved, since forces cannot part what lies at one."""
    turn = np.arange(len(places)) * 2.399963  # the golden angle: no two go the same way
    return _within(places) + 0.05 * np.column_stack([np.cos(turn), np.sin(turn)])


def _within(places: Floats) -> Floats:
    """The places moved and scaled alike in both directions, so that they reach from −1 to 1."""
    low, high = places.min(axis=0, initial=np.inf), places.max(axis=0, initial=-np.inf)
    size = float((high - low).max(initial=0.0))
    if not len(places) or size <= 0:
        return np.zeros_like(places)
    within: Floats = (places - (low + high) / 2) * 2 / size
    return within
