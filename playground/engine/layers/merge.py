"""Layers that join several others: skip connections end in one."""

from __future__ import annotations

from functools import partial
from typing import ClassVar, Literal

import numpy as np

from playground.engine.arrays import Operation
from playground.engine.layers.base import Layer, LayerProblem, Operations, Wires


class Add(Layer):
    """The sum of its inputs, which must be of one size: a residual connection.  He et al. 2016."""

    kind: Literal["add"] = "add"
    title: ClassVar[str] = "Add"
    merges: ClassVar[bool] = True

    def output_units(self, inputs: tuple[int, ...]) -> int:
        if len(set(inputs)) > 1:
            sizes = " and ".join(str(units) for units in inputs)
            raise LayerProblem(
                f"It adds layers of {sizes} neurons; make them the same size, or use Concatenate."
            )
        return inputs[0]

    def bind(self, wires: Wires) -> Operations:
        y = wires.output.values
        first, *others = [tensor.values for tensor in wires.inputs]
        if not others:
            forward: list[Operation] = [partial(np.copyto, y, first)]
        else:
            forward = [partial(np.add, first, others[0], out=y)]
            forward += [partial(np.add, y, other, out=y) for other in others[1:]]
        if wires.output_gradient is None:
            return Operations(forward, [])
        gradient = wires.output_gradient.values
        backward = [partial(np.copyto, up.values, gradient) for up in wires.input_gradients if up is not None]
        return Operations(forward, list(backward))


class Concatenate(Layer):
    """Its inputs side by side, as one longer layer.  Huang et al. 2017."""

    kind: Literal["concatenate"] = "concatenate"
    title: ClassVar[str] = "Concatenate"
    merges: ClassVar[bool] = True

    def output_units(self, inputs: tuple[int, ...]) -> int:
        return sum(inputs)

    def bind(self, wires: Wires) -> Operations:
        forward: list[Operation] = []
        backward: list[Operation] = []
        start = 0
        for position, tensor in enumerate(wires.inputs):
            rows = slice(start, start := start + len(tensor.values))
            forward.append(partial(np.copyto, wires.output.values[rows], tensor.values))
            if wires.output_gradient is not None and (up := wires.input_gradients[position]) is not None:
                backward.append(partial(np.copyto, up.values, wires.output_gradient.values[rows]))
        return Operations(forward, backward)
