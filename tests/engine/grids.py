"""Small grids for the layers that read none but pictures or sequences."""

from math import prod

from playground.engine.layers import Layer, Reshape

UNJOINED = [kind for kind in Layer.members() if kind.axes[:1] != ("nodes",)]
"""The layers that need no edges between nodes; for the others see `test_graph_layers`."""

SHAPES = {("height", "width", "channels"): (3, 4, 2), ("time", "columns"): (5, 2)}
"""A shape by the axes that a layer asks for."""


def shape_for(layer, otherwise):
    """A shape that the layer can read; that given otherwise where it asks for none."""
    return SHAPES.get(layer.axes, otherwise)


def grid_for(layer, units):
    """What stands before a layer that asks for a grid, as many units as it needs, and the layers between."""
    if layer.axes not in SHAPES:
        return units, ()
    shape = SHAPES[layer.axes]
    return prod(shape), (Reshape(id="grid", shape=shape),)
