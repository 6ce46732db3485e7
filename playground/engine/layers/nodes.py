"""What layers on nodes have in common: whatever the samples are, they see a row of values for each node."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from math import prod

import numpy as np

from playground.engine.arrays import Array, Operation
from playground.engine.initializers import Fans, Initializer
from playground.engine.layers.base import Operations, Tensor, Wires
from playground.engine.links import Passage
from playground.engine.parameter import Parameter
from playground.engine.sums import GradientSum, Sums
from playground.randomness import Source

AXES = ("nodes", "columns")
"""What a layer on nodes asks for."""


def passage_of(wires: Wires) -> Passage:
    """The edges of the nodes, which are always there for a layer that asks for them."""
    assert wires.passage is not None
    return wires.passage


def by_node(wires: Wires, bind: Callable[[Wires], Operations]) -> Operations:
    """What `bind` does to values (columns, nodes), for samples that are nodes, or have some each.

    Of the rows of samples (nodes · columns, samples) those columns are taken that the layer's shape has.
    """
    if len(wires.shapes[0]) == 1:
        return bind(wires)
    nodes, columns = wires.shapes[0]
    x, y = _Columns(wires.inputs[0], nodes, columns), _Columns(wires.output, nodes)
    given = wires.input_gradients[0] if wires.input_gradients else None
    dx = None if given is None else _Columns(given, nodes, columns)
    dy = None if wires.output_gradient is None else _Columns(wires.output_gradient, nodes)
    inner = bind(
        replace(
            wires,
            inputs=(x.rows,),
            output=y.rows,
            input_gradients=(None if dx is None else dx.rows,),
            output_gradient=None if dy is None else dy.rows,
        )
    )
    forward = [x.take, *inner.forward, y.hand_back]
    if dy is None:
        return Operations(forward, [])
    backward = [dy.take, *inner.backward, *([] if dx is None else [dx.hand_back])]
    width = len(wires.inputs[0].values) // nodes
    return Operations(
        forward, backward, sums=None if inner.sums is None else partial(_over, inner.sums, nodes, width)
    )


def _over(sums: Sums, nodes: int, width: int) -> tuple[GradientSum, ...]:
    """What is summed over nodes of samples, over each by itself; edges are as they are."""
    return tuple(each if each.ends is not None else each.over((nodes,), width) for each in sums())


class _Columns:
    """The columns of a tensor's nodes in `rows` of their own; copied there and back."""

    def __init__(self, given: Tensor, nodes: int, columns: int | None = None) -> None:
        values = given.values
        spread = values.reshape(nodes, -1, values.shape[1])[:, :columns].transpose(1, 0, 2)
        self.rows = Tensor.empty(len(spread), prod(spread.shape[1:]), values.dtype)
        wide = self.rows.values.reshape(spread.shape)
        self.take: Operation = partial(np.copyto, wide, spread)
        self.hand_back: Operation = partial(np.copyto, spread, wide)


def weights(name: str, neurons: int, inputs: int, initializer: Initializer) -> Parameter:
    """Weights (neurons, inputs) without biases."""

    def draw(source: Source, block: Array) -> None:
        block[:] = initializer.draw(source, (neurons, inputs), Fans(inputs, neurons))

    return Parameter(name, (neurons, inputs), draw, {name: (slice(None),)}, penalized=(name,))
