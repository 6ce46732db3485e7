"""Layers that join several others: skip connections end in one."""

from __future__ import annotations

from functools import partial
from typing import Literal

import numpy as np

from playground.engine.arrays import Operation, Shape
from playground.engine.layers.base import Layer, LayerProblem, Operations, Wires
from playground.engine.loops import LoopRow, LoopRows, add_loop, copy_loop
from playground.engine.portable import ConcatenateOp, PortableValue, SumOp, Wording
from playground.numbers.writing import by
from playground.text import both, say


class Add(Layer):
    kind: Literal["add"] = "add"
    title = "Add"
    help = "The sum of its inputs, which must be of one size: a residual connection."
    formula = "y = x₁ + x₂ + …"
    advice = "To lead a skip connection past layers that only have to learn what is missing."
    reference = "He et al. 2016."
    icon = "plus-circle"
    common = True
    merges = True

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        if len(set(inputs)) > 1 and all(len(shape) == 3 for shape in inputs):
            raise LayerProblem(
                say(
                    "layer.pictures_differ",
                    "It adds pictures of {sizes}; lead one of them through a Conv 2D of kernel 1, with the "
                    "filters and the stride that make them alike.",
                    sizes=both([by(shape) for shape in inputs]),
                )
            )
        if len(set(inputs)) > 1:
            raise LayerProblem(
                say(
                    "layer.sizes_differ",
                    "It adds layers of {sizes} neurons; make them the same size, or use Concatenate.",
                    sizes=both([by(shape) for shape in inputs]),
                )
            )
        return inputs[0]

    def portable(self, wording: Wording) -> PortableValue:
        return wording.do(SumOp(), *wording.inputs)

    def bind(self, wires: Wires) -> Operations:
        y = wires.output.values
        first, *others = [tensor.values for tensor in wires.inputs]
        if not others:
            forward: list[Operation] = [partial(np.copyto, y, first)]
        else:
            forward = [partial(np.add, first, others[0], y)]
            forward += [partial(np.add, y, other, y) for other in others[1:]]
        if wires.output_gradient is None:
            return Operations(forward, [])
        gradient = wires.output_gradient.values
        backward = [partial(np.copyto, up.values, gradient) for up in wires.input_gradients if up is not None]
        return Operations(forward, list(backward))

    def lower(self, wires: Wires) -> LoopRows:
        y = wires.output.values
        first, *others = [tensor.values for tensor in wires.inputs]
        forward = [LoopRow(copy_loop, (first, y), (y.size,))]
        forward += [LoopRow(add_loop, (y, other, y), (y.size,)) for other in others]
        if (gradient := wires.output_gradient) is None:
            return LoopRows(forward, [])
        upstream = [up.values for up in wires.input_gradients if up is not None]
        return LoopRows(forward, [LoopRow(copy_loop, (gradient.values, up), (up.size,)) for up in upstream])


class Concatenate(Layer):
    kind: Literal["concatenate"] = "concatenate"
    title = "Concatenate"
    help = "Its inputs side by side, as one longer layer."
    formula = "y = (x₁, x₂, …)"
    advice = "To let a layer see earlier ones, or the inputs, beside the one before it."
    reference = "Huang et al. 2017."
    icon = "columns"
    common = True
    merges = True

    def output_shape(self, inputs: tuple[Shape, ...]) -> Shape:
        return (sum(self._flat(shape) for shape in inputs),)

    def portable(self, wording: Wording) -> PortableValue:
        return wording.do(ConcatenateOp(), *wording.inputs)

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

    def lower(self, wires: Wires) -> LoopRows:
        forward: list[LoopRow] = []
        backward: list[LoopRow] = []
        start = 0
        for position, tensor in enumerate(wires.inputs):
            rows, size = slice(start, start := start + len(tensor.values)), (tensor.values.size,)
            forward.append(LoopRow(copy_loop, (tensor.values, wires.output.values[rows]), size))
            if wires.output_gradient is not None and (up := wires.input_gradients[position]) is not None:
                taken = wires.output_gradient.values[rows]
                backward.append(LoopRow(copy_loop, (taken, up.values), size))
        return LoopRows(forward, backward)
