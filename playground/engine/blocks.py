"""Several layers that are put into a network together."""

from __future__ import annotations

from playground.engine import edits
from playground.engine.activations import Linear
from playground.engine.arrays import Shape
from playground.engine.graph import INPUT, Architecture, resolve
from playground.engine.layers import Add, BatchNorm
from playground.engine.layers.convolution import Conv2D


def gives_pictures(architecture: Architecture, position: int, input_shape: Shape) -> bool:
    """Whether a layer (−1: the network's input) gives pictures."""
    return len(_shape(architecture, position, input_shape)) == 3


def residual(architecture: Architecture, position: int, input_shape: Shape) -> Architecture:
    """With a residual block behind a layer (−1: the input) that gives pictures, which keeps their shape.

    Two convolutions with batch norm between them learn what is to be added to the pictures.  He et al. 2016.

    Raises:
        InvalidValue: when there would be too many layers.
    """
    channels = _shape(architecture, position, input_shape)[-1]
    before = INPUT if position < 0 else architecture.layers[position].id
    layers = (
        Conv2D(filters=channels, padding="same"),
        BatchNorm(),
        Conv2D(filters=channels, padding="same", activation=Linear()),
    )
    for place, layer in enumerate(layers, start=position + 1):
        architecture = edits.insert(architecture, place, layer)
    last = architecture.layers[position + len(layers)].id
    return edits.insert(architecture, position + len(layers) + 1, Add(inputs=(last, before)))


def _shape(architecture: Architecture, position: int, input_shape: Shape) -> Shape:
    return input_shape if position < 0 else resolve(architecture, input_shape).nodes[position].shape
