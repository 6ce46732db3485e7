"""Layers that treat all places of a channel alike: what they do to rows of values serves on grids too."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from math import prod

import numpy as np

from playground.engine.arrays import Array, Operation
from playground.engine.layers.base import Operations, Tensor, Wires
from playground.engine.sums import GradientSum, Sums


def by_channel(wires: Wires, bind: Callable[[Wires], Operations]) -> Operations:
    """What `bind` does to values (channels, places · samples), for (places · channels, samples).

    It may give another number of channels than it is given.
    """
    *sides, channels = wires.shapes[0]
    behind = len(wires.output.values) // prod(sides)
    x, y = _Rows(wires.inputs[0], channels), _Rows(wires.output, behind)
    given = wires.input_gradients[0] if wires.input_gradients else None
    dx = None if given is None else _Rows(given, channels)
    dy = None if wires.output_gradient is None else _Rows(wires.output_gradient, behind)
    inner = bind(
        replace(
            wires,
            inputs=(x.rows,),
            output=y.rows,
            input_gradients=(None if dx is None else dx.rows,),
            output_gradient=None if dy is None else dy.rows,
        )
    )
    net_input = inner.net_input
    net: list[Operation] = []
    if net_input is y.rows.values:
        net_input = wires.output.values
    elif net_input is not None:
        net_input, net = _spread(net_input, wires.output.values)
    forward = [x.fill, *inner.forward, y.hand_back, *net]
    if dy is None:
        return Operations(forward, [], net_input)
    backward = [dy.fill, *inner.backward, *([] if dx is None else [dx.hand_back])]
    delta = inner.delta
    if delta is not None:
        delta = delta.reshape(len(delta), -1, wires.output.values.shape[1]).transpose(1, 0, 2)
    sums = None if inner.sums is None else partial(_over, inner.sums, sides, channels)
    return Operations(forward, backward, net_input, delta=delta, sums=sums)


def _over(sums: Sums, places: Sequence[int], channels: int) -> tuple[GradientSum, ...]:
    """What is summed over places of samples, over each by itself."""
    return tuple(each.over(places, channels) for each in sums())


def _spread(rows: Array, like: Array) -> tuple[Array, list[Operation]]:
    """Rows (channels, places · samples) as the values of a layer lie."""
    found = np.empty_like(like)
    spread = found.reshape(-1, len(rows), found.shape[1]).transpose(1, 0, 2)
    return found, [partial(np.copyto, spread, rows.reshape(spread.shape))]


class _Rows:
    """The values of a tensor in `rows` of their own, one a channel; copied there and back."""

    def __init__(self, given: Tensor, channels: int) -> None:
        values = given.values
        self.rows = Tensor.empty(channels, values.size // channels, values.dtype)
        spread = values.reshape(-1, channels, values.shape[1]).transpose(1, 0, 2)
        wide = self.rows.values.reshape(spread.shape)
        self.fill: Operation = partial(np.copyto, wide, spread)
        self.hand_back: Operation = partial(np.copyto, spread, wide)
