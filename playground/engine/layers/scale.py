"""A learnable scale."""

from __future__ import annotations

from functools import partial
from math import prod
from typing import Literal

import numpy as np
from pydantic import Field

from playground.engine.arrays import Array, Operation, Shape
from playground.engine.layers.base import Frozen, Layer, Operations, Wires
from playground.engine.loops import LoopRow, LoopRows, Place
from playground.engine.parameter import Parameter, constant
from playground.engine.portable import PortableValue, ScaleOp, Wording


def scale_loop(v: Array, at: Place, n: int) -> None:
    """Each row of values times its number."""
    units = at[3]
    for u in range(units):
        given, scaled = v[at[0] + u * n : at[0] + (u + 1) * n], v[at[2] + u * n : at[2] + (u + 1) * n]
        gamma = v[at[1] + u]
        for s in range(n):
            scaled[s] = gamma * given[s]


def scale_gradient_loop(v: Array, at: Place, n: int) -> None:
    """The gradient of each number, Σ g x."""
    units = at[3]
    for u in range(units):
        x, gradient = v[at[0] + u * n : at[0] + (u + 1) * n], v[at[1] + u * n : at[1] + (u + 1) * n]
        total = v.dtype.type(0)
        for s in range(n):
            total += gradient[s] * x[s]
        v[at[2] + u] = total


class Scale(Layer):
    kind: Literal["scale"] = "scale"
    title = "Scale"
    help = "Multiplies each value by a number that it learns, one a neuron."
    formula = "y = γ x"
    advice = "Before an Add, with a small γ, so that a deep network begins as a shallow one."
    reference = "Touvron et al. 2021."
    icon = "arrows-out-line-vertical"

    start: float = Field(1.0, ge=-10, le=10, title="Initial γ", description="0.1 or less in deep networks.")
    frozen: Frozen = False

    def parameters(self, inputs: tuple[Shape, ...]) -> tuple[Parameter, ...]:
        return (constant("gamma", prod(inputs[0]), self.start),)

    def portable(self, wording: Wording) -> PortableValue:
        (x,) = wording.inputs
        return wording.shaped(wording.do(ScaleOp(wording.blocks["gamma"]), wording.flat(x)), x.shape)

    def bind(self, wires: Wires) -> Operations:
        x, y, gamma = wires.inputs[0].values, wires.output.values, wires.parameters["gamma"].reshape(-1, 1)
        forward: list[Operation] = [partial(np.multiply, x, gamma, y)]
        if wires.output_gradient is None:
            return Operations(forward, [])
        gradient = wires.output_gradient.values
        backward: list[Operation] = [partial(np.vecdot, gradient, x, wires.gradients["gamma"])]
        if (upstream := wires.input_gradients[0]) is not None:
            backward.append(partial(np.multiply, gradient, gamma, upstream.values))
        return Operations(forward, backward)

    loops = (scale_loop, scale_gradient_loop)

    def lower(self, wires: Wires) -> LoopRows:
        x, y, upstream, gradient = wires.flow
        gamma, units = wires.parameters["gamma"], (len(y),)
        forward = [LoopRow(scale_loop, (x, gamma, y), units)]
        if gradient is None:
            return LoopRows(forward, [])
        backward = [LoopRow(scale_gradient_loop, (x, gradient, wires.gradients["gamma"]), units)]
        if upstream is not None:
            backward.append(LoopRow(scale_loop, (gradient, gamma, upstream), units))
        return LoopRows(forward, backward)
