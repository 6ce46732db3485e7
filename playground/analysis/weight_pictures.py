"""The weights of neurons that look at a picture directly, as pictures: one weight a pixel and channel."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from playground.engine.arrays import Array, Shape
from playground.engine.graph import INPUT, Graph, Node
from playground.engine.layers import Dropout, GaussianNoise

Pictures = NDArray[np.floating]


def picture_before(graph: Graph, layer_id: str) -> Shape | None:
    """The picture (height, width, channels) that a layer's neurons look at; None where there is none.

    Between input and layer there may be what arranges values otherwise, or disturbs them for training.
    """
    node = next((node for node in graph.nodes if node.layer.id == layer_id), None)
    while node is not None:
        if node.layer.id == INPUT or len(node.sources) != 1:
            return None
        (source,) = node.sources
        if source < 0:
            return graph.input_shape if len(graph.input_shape) == 3 else None
        node = graph.nodes[source] if _keeps_places(graph.nodes[source]) else None
    return None


def weight_pictures(weights: Array | None, shape: Shape | None) -> Pictures | None:
    """Weights (units, inputs) as pictures (units, height, channels · width), the channels side by side.

    None where there are none, or not so many.
    """
    if weights is None or shape is None or weights.ndim != 2 or weights.shape[1] != np.prod(shape):
        return None
    height, width, channels = shape
    pictures = weights.reshape(-1, height, width, channels)
    return np.moveaxis(pictures, 3, 2).reshape(-1, height, channels * width)


def _keeps_places(node: Node) -> bool:
    """Whether each of its values is one of the values that it is given, in the same order."""
    return node.layer.reshapes or isinstance(node.layer, Dropout | GaussianNoise)
