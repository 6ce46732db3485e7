"""How much memory a training step takes, before any of it is taken."""

from __future__ import annotations

from collections.abc import Mapping
from math import prod

from playground.engine.graph import Graph, Node


def footprint(graph: Graph, samples: int, precision: int) -> Mapping[str, int]:
    """About how many bytes each layer takes in a step of so many samples, by id.

    Args:
        graph: a network without problems.
        samples: those of a batch.
        precision: bytes of a number, 4 or 8.

    Returns:
        What a layer gives, the gradient of that, and what it keeps in between.
    """
    return {node.layer.id: precision * _numbers(node, samples) for node in graph.nodes}


def _numbers(node: Node, samples: int) -> int:
    given = 0 if node.layer.reshapes else 2 * samples * prod(node.shape)
    return given + node.layer.workspace(node.shapes, samples)
