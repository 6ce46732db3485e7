"""Operations on pictures as nodes of an ONNX graph, which has channels first."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from playground.engine.portable import (
    ConvolveOp,
    ConvolveTransposedOp,
    PoolOp,
    PortableOp,
    PortableStep,
    ReduceOp,
    RepeatOp,
)
from playground.exports.targets.onnx_format.graph import OnnxGraph

LOWEST = -3e38
"""Below all numbers; the runtime takes no infinity for the largest of a window."""


def _pads(padding: tuple[int, int, int, int]) -> list[int]:
    top, bottom, left, right = padding
    return [top, left, bottom, right]


def _convolve(graph: OnnxGraph, step: PortableStep, op: ConvolveOp, x: str, *, name: str) -> str:
    kernels = graph.weights(np.moveaxis(op.kernels, 3, 1), f"{step.output.name}.kernels")
    bias = graph.weights(op.bias, f"{step.output.name}.bias")
    how: dict[str, Any] = {
        "pads": _pads(op.padding),
        "strides": list(op.strides),
        "dilations": list(op.dilations),
    }
    size = list(op.kernels.shape[1:3])
    first = graph.do(
        "Conv", graph.channels_first(x), kernels, bias, kernel_shape=size, group=op.groups, **how
    )
    return graph.channels_last(first, name)


def _convolve_transposed(
    graph: OnnxGraph, step: PortableStep, op: ConvolveTransposedOp, x: str, *, name: str
) -> str:
    """All that the kernels lay down, and of it the part that remains, with the bias added there."""
    kernels = graph.weights(op.kernels.transpose(3, 0, 1, 2), f"{step.output.name}.kernels")
    bias = graph.weights(op.bias.reshape(-1, 1, 1), f"{step.output.name}.bias")
    height, width, _ = step.inputs[0].shape
    down, across = op.kernels.shape[1:3]
    made = graph.do("ConvTranspose", graph.channels_first(x), kernels, strides=list(op.strides))
    sizes = (height - 1) * op.strides[0] + down, (width - 1) * op.strides[1] + across
    below, right = (
        max(0, start + size - there)
        for start, size, there in zip((op.top, op.left), op.sizes, sizes, strict=True)
    )
    if below or right:
        made = graph.do("Pad", made, graph.whole([0, 0, 0, 0, 0, 0, below, right]))
    for axis, start, size in ((2, op.top, op.sizes[0]), (3, op.left, op.sizes[1])):
        made = graph.cut(made, start, start + size, axis)
    return graph.channels_last(graph.do("Add", made, bias), name)


def _pool(graph: OnnxGraph, step: PortableStep, op: PoolOp, x: str, there: str = "", *, name: str) -> str:
    how: dict[str, Any] = {
        "kernel_shape": list(op.window),
        "strides": list(op.strides),
        "pads": _pads(op.padding),
    }
    first = graph.channels_first(x)
    if not there:
        kind = "MaxPool" if op.by == "max" else "AveragePool"
        return graph.channels_last(graph.do(kind, first, **how), name)
    mask = graph.add_axis(graph.add_axis(there, 1), 1)  # (n, 1, 1, time)
    if op.by == "max":
        here = graph.do("Greater", mask, graph.number(0))
        lowest = graph.number(LOWEST)
        found = graph.do("MaxPool", graph.do("Where", here, first, lowest), **how)
        none = graph.do("LessOrEqual", found, lowest)
        return graph.channels_last(graph.do("Where", none, graph.number(0), found), name)
    size = graph.number(op.window[0] * op.window[1])

    def total(values: str) -> str:
        return graph.do("Mul", graph.do("AveragePool", values, count_include_pad=1, **how), size)

    count = graph.do("Max", total(mask), graph.number(1))
    return graph.channels_last(graph.do("Div", total(graph.do("Mul", first, mask)), count), name)


def _over_places(
    graph: OnnxGraph, step: PortableStep, op: ReduceOp, x: str, there: str = "", *, name: str
) -> str:
    do, axis = graph.do, graph.whole([1])
    shape = step.inputs[0].shape
    flat = x if len(shape) == 2 else graph.reshape(x, (math.prod(shape[:-1]), shape[-1]))
    kind = {"sum": "ReduceSum", "mean": "ReduceMean", "max": "ReduceMax"}[op.by]
    if not there:
        return do(kind, flat, axis, name=name, keepdims=0)
    kept = graph.add_axis(there, -1)
    if op.by == "max":
        lowest = graph.number(LOWEST)
        here = do("Greater", kept, graph.number(0))
        found = do("ReduceMax", do("Where", here, flat, lowest), axis, keepdims=0)
        return do("Where", do("LessOrEqual", found, lowest), graph.number(0), found, name=name)
    if op.by == "sum":
        return do("ReduceSum", do("Mul", flat, kept), axis, name=name, keepdims=0)
    total = do("ReduceSum", do("Mul", flat, kept), axis, keepdims=0)
    count = do("Max", do("ReduceSum", kept, axis, keepdims=0), graph.number(1))
    return do("Div", total, count, name=name)


def _repeat(graph: OnnxGraph, step: PortableStep, op: RepeatOp, x: str, *, name: str) -> str:
    height, width, channels = step.inputs[0].shape
    down, across = op.factors
    split = graph.reshape(x, (height, 1, width, 1, channels))
    wide = graph.do("Tile", split, graph.whole([1, 1, down, 1, across, 1]))
    return graph.reshape(wide, (height * down, width * across, channels), name=name)


WORDS: Mapping[type[PortableOp], Callable[..., str]] = {
    ConvolveOp: _convolve,
    ConvolveTransposedOp: _convolve_transposed,
    PoolOp: _pool,
    ReduceOp: _over_places,
    RepeatOp: _repeat,
}
"""What adds the nodes of each operation on pictures."""
