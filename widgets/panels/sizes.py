"""How large a network is, in numbers and in words."""

from __future__ import annotations

import numpy as np

from playground.engine.graph import Graph, Node
from playground.engine.parameter import Parameter
from playground.numbers.writing import by

WIDEST = 8
"""Sizes that are written out; of more, those in the middle are left out."""


def part_sizes(node: Node) -> dict[str, int]:
    """How many numbers each part of a layer's parameters has: `{"weights": 8, "bias": 4}`."""
    return {name: _part_size(block, name) for block in node.parameters for name in block.parts}


def _part_size(block: Parameter, name: str) -> int:
    return int(np.broadcast_to(0, block.shape)[block.parts[name]].size)


def parameter_count(graph: Graph) -> int:
    """How many numbers the network learns; layers that cannot work have none."""
    return graph.parameters


def shape_text(graph: Graph) -> str:
    """The sizes of input and layers with neurons: `2–8–8–1`."""
    sizes = [
        by(graph.input_shape),
        *(by(node.shape) for node in graph.nodes if node.layer.has_neurons),
    ]
    if len(sizes) > WIDEST:
        sizes[WIDEST // 2 : -(WIDEST // 2 - 1)] = ["…"]
    return "–".join(sizes)
