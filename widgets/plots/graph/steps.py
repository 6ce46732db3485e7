"""Where an arrow key leads from a node of a graph."""

from __future__ import annotations

import numpy as np

from playground.data.graphs.node_graph import NodeGraph
from widgets.colouring import Floats

SLANT = 0.35
"""The cosine of the widest angle to the arrow at which a node still lies in its direction."""


def towards(graph: NodeGraph, places: Floats, node: int | None, arrow: tuple[float, float]) -> int:
    """The neighbour that lies in the direction of the arrow, or else the nearest node that does.

    From nowhere it leads to the node in the middle; where nothing lies there, it stays.
    """
    if node is None:
        return int(np.hypot(*(places - places.mean(axis=0)).T).argmin())
    away = places - places[node]
    distances = np.hypot(*away.T)
    cosines = np.divide(
        (away * arrow).sum(axis=1), distances, out=np.full(len(places), -1.0), where=distances > 0
    )
    ahead = cosines > SLANT
    if len(near := [other for other in graph.neighbours(node).tolist() if ahead[other]]):
        return max(near, key=lambda other: cosines[other])
    if not ahead.any():
        return node
    costs = np.where(ahead, distances / np.maximum(cosines, SLANT), np.inf)
    return int(costs.argmin())
