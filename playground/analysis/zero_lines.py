"""Where a neuron of the first layer changes its mind: the lines on which its net input is zero.

A neuron cuts the plane along Wx + b = 0.  With x₁ and x₂ as inputs that is a straight line, with products,
squares or sines a curve, so the line is traced on a grid: every square of four grid points is cut into two
triangles, and where a triangle's corners differ in sign one segment crosses it (marching triangles, which
unlike marching squares have no ambiguous case).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from playground.engine.arrays import Array
from playground.engine.graph import Graph
from playground.engine.layers import Dense

Segments = NDArray[np.float64]
"""(n, 4): the ends x, y, x, y of n line segments."""


def first_hidden_layer(graph: Graph) -> str | None:
    """The id of the first dense layer that reads the network's inputs as they are.

    The output layer counts too: in a network without hidden layers its line is the border of the classes.
    """
    for node in graph.nodes:
        if isinstance(node.layer, Dense) and node.sources == (-1,):
            return node.layer.id
    return None


def zero_lines(weights: Array, bias: Array, inputs: Array) -> tuple[Segments, ...]:
    """The segments on which each neuron's net input is zero, in steps of the grid.

    Args:
        weights: (units, k).
        bias: (units,).
        inputs: the k inputs over the plane, (k, r, r), the lowest in the first row.
    """
    # Not as a product of matrices: the window would wait for the large ones that training makes meanwhile.
    net_inputs = np.einsum("nk,kij->nij", weights, inputs) + bias[:, None, None]
    return zero_segments(net_inputs)


def zero_segments(maps: Array) -> tuple[Segments, ...]:
    """The segments on which each of the maps (m, r, r) is zero, in steps of the grid."""
    maps = np.where(maps == 0, np.finfo(maps.dtype).tiny, maps)  # every corner is on one side or the other
    count = len(maps)
    low_left, low_right = maps[:, :-1, :-1], maps[:, :-1, 1:]
    high_left, high_right = maps[:, 1:, :-1], maps[:, 1:, 1:]
    found = [
        _cross(low_left, low_right, high_right, ((0, 0), (1, 0), (1, 1))),
        _cross(low_left, high_left, high_right, ((0, 0), (0, 1), (1, 1))),
    ]
    neurons = np.concatenate([neuron for neuron, _ in found])
    segments = np.concatenate([segment for _, segment in found])
    order = np.argsort(neurons, kind="stable")
    bounds = np.searchsorted(neurons[order], np.arange(1, count))
    return tuple(np.split(segments[order], bounds))


def _cross(
    first: Array, middle: Array, last: Array, corners: tuple[tuple[int, int], ...]
) -> tuple[NDArray[np.intp], Segments]:
    """One triangle of every square: the map and the segment (in grid steps) of those that zero crosses."""
    signs = [values > 0 for values in (first, middle, last)]
    crossed = (signs[0] != signs[1]) | (signs[1] != signs[2])
    neuron, row, column = np.nonzero(crossed)
    values = np.stack([first[crossed], middle[crossed], last[crossed]]).astype(np.float64)
    above = values > 0
    alone = np.where(above[1] == above[2], 0, np.where(above[0] == above[2], 1, 2))
    places = np.array(corners)[:, None, :] + np.column_stack([column, row])  # (corner, triangle, x or y)
    each = np.arange(len(neuron))
    ends = []
    for turn in (1, 2):  # zero crosses the two sides that meet in the corner that is alone
        other = (alone + turn) % 3
        share = values[alone, each] / (values[alone, each] - values[other, each])
        start = places[alone, each]
        ends.append(start + share[:, None] * (places[other, each] - start))
    return neuron, np.concatenate(ends, axis=1)
