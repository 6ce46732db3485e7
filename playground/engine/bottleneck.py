"""The bottleneck of a network: the few numbers through which all that a sample says has to pass."""

from __future__ import annotations

from playground.engine.graph import Graph, Node

MOST = 3
"""More numbers than this are no place that can be looked at."""


def bottleneck(graph: Graph) -> Node | None:
    """The narrowest layer that all later ones hang on alone, the last of several; None where all are wide."""
    narrow = [
        (node.units, -position)
        for position, node in enumerate(graph.nodes[:-1])
        if 0 < node.units <= MOST and not node.layer.reshapes and _is_all_that_is_read(graph, position)
    ]
    return graph.nodes[-min(narrow)[1]] if narrow else None


def _is_all_that_is_read(graph: Graph, position: int) -> bool:
    return all(source >= position for node in graph.nodes[position + 1 :] for source in node.sources)
