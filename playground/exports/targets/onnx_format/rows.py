"""Operations on rows, and on each value by itself, as nodes of an ONNX graph."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from playground.engine.activations import (
    Elu,
    Gelu,
    HardSigmoid,
    LeakyRelu,
    Mish,
    Relu,
    Selu,
    Sigmoid,
    Sine,
    Softplus,
    Softsign,
    Tanh,
)
from playground.engine.activations.base import Activation
from playground.engine.portable import (
    ActivateOp,
    AddConstantOp,
    AffineOp,
    BatchNormOp,
    ConcatenateOp,
    LayerNormOp,
    MaximumOp,
    PortableOp,
    PortableStep,
    ReshapeOp,
    ScaleOp,
    SliceOp,
    SoftmaxOp,
    SumOp,
)
from playground.exports.targets.onnx_format.expressions import OnnxExpression
from playground.exports.targets.onnx_format.graph import OnnxGraph

IN_BOTH: dict[type[Activation], str] = {Relu: "Relu", Sigmoid: "Sigmoid", Tanh: "Tanh", Sine: "Sin"}
IN_SINGLE: dict[type[Activation], str] = {
    Softplus: "Softplus", Softsign: "Softsign", Selu: "Selu", Mish: "Mish", Gelu: "Gelu",
    LeakyRelu: "LeakyRelu", Elu: "Elu", HardSigmoid: "HardSigmoid",
}  # fmt: skip
"""Activations that are one node, in both precisions of ONNX Runtime or in single precision alone."""


def _affine(graph: OnnxGraph, step: PortableStep, op: AffineOp, x: str, *, name: str) -> str:
    weights, bias = f"{step.output.name}.weights", f"{step.output.name}.bias"
    if len(step.inputs[0].shape) == 1:
        given = [x, graph.weights(op.weights, weights)]
        given += [] if op.bias is None else [graph.weights(op.bias, bias)]
        return graph.do("Gemm", *given, name=name, transB=1)
    if op.bias is None:
        return graph.do("MatMul", x, graph.weights(op.weights.T, weights), name=name)
    product = graph.do("MatMul", x, graph.weights(op.weights.T, weights))
    return graph.do("Add", product, graph.weights(op.bias, bias), name=name)


def _activate(graph: OnnxGraph, step: PortableStep, op: ActivateOp, x: str, *, name: str) -> str:
    if graph.is_first(x) and not any(array.size > 1 for array in op.learned.values()):
        bent = _bent(graph, step, op, graph.channels_first(x), f"{name}_first")
        return graph.channels_last(bent, name)
    return _bent(graph, step, op, x, name)


def _bent(graph: OnnxGraph, step: PortableStep, op: ActivateOp, x: str, name: str) -> str:
    activation = op.activation
    known = IN_BOTH if graph.precision == "float64" else IN_BOTH | IN_SINGLE
    if type(activation) in known and _is_usual(activation):
        return graph.do(known[type(activation)], x, name=name, **_settings(activation))
    learned = {key: graph.weights(each, f"{step.output.name}.{key}") for key, each in op.learned.items()}
    return OnnxExpression(graph, {"z": x} | learned).write(op.expression, name)


def _is_usual(activation: Activation) -> bool:
    return not isinstance(activation, Gelu) or (activation.mu, activation.sigma) == (0, 1)


def _settings(activation: Activation) -> dict[str, Any]:
    match activation:
        case LeakyRelu(gamma=slope) | Elu(gamma=slope):
            return {"alpha": slope}
        case HardSigmoid():
            return {"alpha": 0.25, "beta": 0.5}
    return {}


def _softmax(graph: OnnxGraph, step: PortableStep, op: SoftmaxOp, x: str, *, name: str) -> str:
    return graph.do("Softmax", x, name=name, axis=-1)


def _scale(graph: OnnxGraph, step: PortableStep, op: ScaleOp, x: str, *, name: str) -> str:
    return graph.do("Mul", x, graph.weights(op.factor, f"{step.output.name}.factor"), name=name)


def _add_constant(graph: OnnxGraph, step: PortableStep, op: AddConstantOp, x: str, *, name: str) -> str:
    return graph.do("Add", x, graph.weights(op.amounts, f"{step.output.name}.amounts"), name=name)


def _total(graph: OnnxGraph, step: PortableStep, op: SumOp, *given: str, name: str) -> str:
    return graph.do("Sum", *given, name=name)


def _maximum(graph: OnnxGraph, step: PortableStep, op: MaximumOp, *given: str, name: str) -> str:
    return graph.do("Max", *given, name=name)


def _concatenate(graph: OnnxGraph, step: PortableStep, op: ConcatenateOp, *given: str, name: str) -> str:
    return graph.do("Concat", *given, name=name, axis=-1)


def _cut(graph: OnnxGraph, step: PortableStep, op: SliceOp, x: str, *, name: str) -> str:
    return graph.cut(x, op.start, op.stop, name=name)


def _reshape(graph: OnnxGraph, step: PortableStep, op: ReshapeOp, x: str, *, name: str) -> str:
    return graph.reshape(x, op.sizes, name=name)


def _batch_norm(
    graph: OnnxGraph, step: PortableStep, op: BatchNormOp, x: str, there: str = "", *, name: str
) -> str:
    arrays = {key: graph.weights(each, f"{step.output.name}.{key}") for key, each in op.arrays.items()}
    order = [arrays[key] for key in ("gamma", "beta", "mean", "variance")]
    if there or graph.precision == "float64":  # ε of one node is in single precision
        gamma, beta, mean, variance = order
        centered = graph.do("Sub", x, mean)
        centered = graph.do("Mul", centered, graph.add_axis(there, -1)) if there else centered
        deviation = graph.do("Sqrt", graph.do("Add", variance, graph.number(op.epsilon)))
        return graph.do("Add", graph.do("Mul", gamma, graph.do("Div", centered, deviation)), beta, name=name)
    match len(step.inputs[0].shape):
        case 1:
            return graph.do("BatchNormalization", x, *order, name=name, epsilon=op.epsilon)
        case 3:
            first = graph.do("BatchNormalization", graph.channels_first(x), *order, epsilon=op.epsilon)
            return graph.channels_last(first, name)
    first = graph.do("BatchNormalization", graph.turn(x, (0, 2, 1)), *order, epsilon=op.epsilon)
    return graph.turn(first, (0, 2, 1), name)


def _layer_norm(
    graph: OnnxGraph, step: PortableStep, op: LayerNormOp, x: str, there: str = "", *, name: str
) -> str:
    gamma, beta = (graph.weights(op.arrays[key], f"{step.output.name}.{key}") for key in ("gamma", "beta"))
    if not there and graph.precision == "float32":
        return graph.do("LayerNormalization", x, gamma, beta, name=name, epsilon=op.epsilon, axis=-1)
    do, axis = graph.do, graph.whole([-1])
    kept = (
        graph.weights(np.ones(step.inputs[0].shape[-1]))
        if not there
        else _each_place(
            graph, there, step.inputs[0].shape[-1] // step.inputs[1].shape[0], step.inputs[0].shape
        )
    )
    count = do("Max", do("ReduceSum", kept, axis, keepdims=1), graph.number(1))
    mean = do("Div", do("ReduceSum", do("Mul", x, kept), axis, keepdims=1), count)
    centered = do("Mul", do("Sub", x, mean), kept)
    variance = do("Div", do("ReduceSum", do("Mul", centered, centered), axis, keepdims=1), count)
    normal = do("Div", centered, do("Sqrt", do("Add", variance, graph.number(op.epsilon))))
    return do("Add", do("Mul", gamma, normal), beta, name=name)


def _each_place(graph: OnnxGraph, there: str, times: int, shape: tuple[int, ...]) -> str:
    """A mask (n, places) with each place so many times, (n, values)."""
    wide = graph.do("Tile", graph.add_axis(there, -1), graph.whole([1, 1, times]))
    return graph.reshape(wide, shape)


WORDS: Mapping[type[PortableOp], Callable[..., str]] = {
    ActivateOp: _activate,
    AddConstantOp: _add_constant,
    AffineOp: _affine,
    BatchNormOp: _batch_norm,
    ConcatenateOp: _concatenate,
    LayerNormOp: _layer_norm,
    MaximumOp: _maximum,
    ReshapeOp: _reshape,
    ScaleOp: _scale,
    SliceOp: _cut,
    SoftmaxOp: _softmax,
    SumOp: _total,
}
"""What adds the nodes of each operation on rows."""
