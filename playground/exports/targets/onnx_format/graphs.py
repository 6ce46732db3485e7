"""Operations on the nodes of graphs as nodes of an ONNX graph."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from playground.engine.portable import AttendNeighboursOp, MessagesOp, PortableOp, PortableStep, SpreadOp
from playground.exports.targets.onnx_format.graph import OnnxGraph


def _spread(graph: OnnxGraph, step: PortableStep, op: SpreadOp, x: str, edges: str, *, name: str) -> str:
    do = graph.do
    degrees = do("ReduceSum", do("Abs", edges), graph.whole([-1]), keepdims=1)
    scale = do("Div", graph.number(1), do("Sqrt", degrees))
    across = graph.turn(scale, _swapped(step))
    return do("MatMul", do("Mul", do("Mul", edges, scale), across), x, name=name)


def _swapped(step: PortableStep) -> tuple[int, ...]:
    return (0, 2, 1) if len(step.inputs[0].shape) > 1 else (1, 0)


def _attend_neighbours(
    graph: OnnxGraph, step: PortableStep, op: AttendNeighboursOp, x: str, edges: str, *, name: str
) -> str:
    do = graph.do
    asking = do("MatMul", x, graph.weights(op.asking.reshape(-1, 1), f"{name}.asking"))
    asked = do("MatMul", x, graph.weights(op.asked.reshape(-1, 1), f"{name}.asked"))
    scores = do("Add", asking, graph.turn(asked, _swapped(step)))
    leaky = do(
        "Where", do("Greater", scores, graph.number(0)), scores, do("Mul", scores, graph.number(op.slope))
    )
    joined = do("Not", do("Equal", edges, graph.number(0)))
    kept = do("Where", joined, leaky, graph.number(-1e30))
    return do("MatMul", do("Softmax", kept, axis=-1), x, name=name)


def _messages(graph: OnnxGraph, step: PortableStep, op: MessagesOp, x: str, edges: str, *, name: str) -> str:
    do, columns = graph.do, step.inputs[0].shape[-1]
    to, of = (op.weights[:, start : start + columns].T for start in (0, columns))
    arriving = do("Add", do("MatMul", x, graph.weights(to)), graph.weights(op.bias))
    leaving = do("MatMul", x, graph.weights(of))
    ends = do("Add", graph.add_axis(arriving, -2), graph.add_axis(leaving, -3))
    between = do("Mul", graph.add_axis(edges, -1), graph.weights(op.weights[:, -1], f"{name}.of_edges"))
    each = do("Relu", do("Add", ends, between))
    joined = do("Mul", _ones(graph, edges), _others(graph, edges))
    kept = do("Mul", each, graph.add_axis(joined, -1))
    if op.by == "max":
        return do("ReduceMax", kept, graph.whole([-2]), name=name, keepdims=0)
    if op.by == "sum":
        return do("ReduceSum", kept, graph.whole([-2]), name=name, keepdims=0)
    total = do("ReduceSum", kept, graph.whole([-2]), keepdims=0)
    count = do("Max", do("ReduceSum", joined, graph.whole([-1]), keepdims=1), graph.number(1))
    return do("Div", total, count, name=name)


def _ones(graph: OnnxGraph, edges: str) -> str:
    """1 where there is an edge."""
    return graph.cast(graph.do("Not", graph.do("Equal", edges, graph.number(0))), graph.type)


def _others(graph: OnnxGraph, edges: str) -> str:
    """0 from each node to itself, and 1 elsewhere, for as many nodes as there are."""
    size = graph.do("Shape", edges)
    nodes = graph.do("Slice", size, graph.whole([-1]), graph.whole([np.iinfo(np.int64).max]))
    square = graph.do("Concat", nodes, nodes, axis=0)
    empty = graph.do("ConstantOfShape", square)
    same = graph.do("EyeLike", empty, dtype=graph.type)
    return graph.do("Sub", graph.number(1), same)


WORDS: Mapping[type[PortableOp], Callable[..., str]] = {
    AttendNeighboursOp: _attend_neighbours,
    MessagesOp: _messages,
    SpreadOp: _spread,
}
"""What adds the nodes of each operation on graphs."""
