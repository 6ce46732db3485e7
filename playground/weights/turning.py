"""The arrays of a group turned the way a layer of this program has its blocks.

Gates of a GRU are r, z, n here and in PyTorch, and z, r, n in Keras; those of an LSTM are o, i, f, g here,
and i, f, g, o in both.  A kernel's weights are channels, height, width here and in PyTorch; in Keras channels
come last.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import prod

import numpy as np

from playground.engine.arrays import Shape
from playground.engine.graph import Graph, Node
from playground.engine.layers import BatchNorm, Dense, LayerNorm
from playground.engine.layers.convolution import Conv1D, Conv2D
from playground.engine.layers.recurrent import Gru, Lstm, Recurrent, SimpleRnn
from playground.engine.layers.shape import Flatten
from playground.engine.layers.steps import DenseAtEachStep, Embedding
from playground.weights.groups import Convention, LayerArrays, Numbers

Pieces = dict[str, Numbers]
"""Arrays by the names that they have in a layer: weights, bias."""

GATES: Mapping[type[Recurrent], Mapping[Convention, tuple[int, ...]]] = {
    SimpleRnn: {"rows": (0,), "columns": (0,)},
    Gru: {"rows": (0, 1, 2), "columns": (1, 0, 2)},
    Lstm: {"rows": (3, 0, 1, 2), "columns": (3, 0, 1, 2)},
}
"""Which gate of the file each of ours is."""


def turned(graph: Graph, node: Node, group: LayerArrays, convention: Convention) -> Pieces | None:
    """What a layer in its place gets of a group; None where it has no use for one like that."""
    layer = node.layer
    if isinstance(layer, Dense | DenseAtEachStep):
        return _dense(graph, node, group, convention)
    if isinstance(layer, Conv2D | Conv1D):
        return _kernels(layer, group, convention)
    if isinstance(layer, Embedding):
        weight = group.weight
        # a table has a row a symbol everywhere, whichever way round dense weights are
        return None if weight is None or weight.ndim != 2 else {"weights": weight.T}
    if isinstance(layer, Recurrent):
        return _recurrent(layer, group, convention)
    if isinstance(layer, BatchNorm | LayerNorm):
        return _normalization(group)
    return None


def _normalization(group: LayerArrays) -> Pieces | None:
    names = {"gamma": "gamma", "beta": "beta", "mean": "running_mean", "variance": "running_variance"}
    if "gamma" not in group.arrays and "mean" not in group.arrays:
        return None
    return {names[role]: values for role, values in group.arrays.items() if role in names}


def _dense(graph: Graph, node: Node, group: LayerArrays, convention: Convention) -> Pieces | None:
    weight = group.weight
    if weight is None or weight.ndim != 2 or "recurrent" in group.arrays:
        return None
    rows = weight.T if convention == "columns" else weight
    if convention == "rows" and (grid := flattened(graph, node)) is not None:
        rows = channels_last(rows, grid)
    return {"weights": rows, **_bias(group, len(rows))}


def flattened(graph: Graph, node: Node) -> Shape | None:
    """The grid with its channels that a Flatten right before a layer arranges as a row; None without one."""
    source = node.sources[0]
    while source >= 0 and (before := graph.nodes[source]).shape == node.shapes[0]:
        if isinstance(before.layer, Flatten):
            return before.shapes[0] if len(before.shapes[0]) > 1 else None
        source = before.sources[0]
    return None


def channels_last(rows: Numbers, grid: Shape) -> Numbers:
    """Weights of values that were flattened with their channels first, in the order that they have here."""
    if rows.shape[1] != prod(grid):
        return rows
    first = rows.reshape(len(rows), grid[-1], *grid[:-1])
    return np.moveaxis(first, 1, -1).reshape(len(rows), -1)


def _kernels(layer: Conv2D | Conv1D, group: LayerArrays, convention: Convention) -> Pieces | None:
    weight = group.weight
    axes = 4 if isinstance(layer, Conv2D) else 3
    if weight is None or weight.ndim not in (axes, 2):
        return None
    if weight.ndim == axes and convention == "columns":
        weight = np.moveaxis(np.moveaxis(weight, -1, 0), -1, 1)
    if weight.ndim == axes and any(size != layer.kernel for size in weight.shape[2:]):
        return None
    rows = weight.reshape(len(weight), -1)
    return {"weights": rows, **_bias(group, len(rows))}


def _bias(group: LayerArrays, units: int) -> Pieces:
    """The biases; zeros where a layer was made without them."""
    return {"bias": group.arrays.get("bias", np.zeros(units))}


def _recurrent(layer: Recurrent, group: LayerArrays, convention: Convention) -> Pieces | None:
    weight, recurrent = group.weight, group.arrays.get("recurrent")
    if weight is None or recurrent is None or layer.reads != "forwards" or convention == "":
        return None
    if weight.ndim == 3:
        return None  # ours already, which goes by name
    order = GATES[type(layer)][convention]
    width = len(order) * layer.units
    if convention == "columns":
        weight, recurrent = weight.T, recurrent.T
    if len(weight) != width or recurrent.shape != (width, layer.units):
        return None

    def gates(values: Numbers) -> Numbers:
        return values.reshape(len(order), layer.units, *values.shape[1:])[list(order)]

    given = group.arrays.get("bias", np.zeros(width))
    first = given[0] if given.ndim == 2 else given
    second = given[1] if given.ndim == 2 else group.arrays.get("recurrent_bias", np.zeros(width))
    of_inputs, of_states = gates(first), gates(second)
    pieces = {"weights": gates(weight), "recurrent": gates(recurrent), "bias": of_inputs + of_states}
    if isinstance(layer, Gru):
        pieces["bias"][2] = of_inputs[2]  # the candidate's second bias is reset with the state
        pieces["recurrent_bias"] = of_states[2]
    return pieces
