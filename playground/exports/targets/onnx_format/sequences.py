"""Operations on sequences as nodes of an ONNX graph."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from playground.engine.arrays import Array
from playground.engine.portable import (
    AttendOp,
    ExternalMemoryOp,
    PlacesOp,
    PortableOp,
    PortableStep,
    RecurrentOp,
)
from playground.exports.targets.onnx_format.expressions import OnnxExpression
from playground.exports.targets.onnx_format.graph import OnnxGraph

NAMES = {"tanh": "RNN", "relu": "RNN", "gru": "GRU", "lstm": "LSTM"}
GATES = {"tanh": [0], "relu": [0], "gru": [1, 0, 2], "lstm": [1, 0, 2, 3]}
"""Which of our gates each of ONNX is: z, r, n of r, z, n, and i, o, f, c of o, i, f, g."""

MORE: Mapping[str, Mapping[str, Any]] = {"gru": {"linear_before_reset": 1}, "relu": {"activations": ["Relu"]}}
"""A GRU that resets what U makes of the state; without being told, ONNX resets the state itself."""


def _recurrent(
    graph: OnnxGraph, step: PortableStep, op: RecurrentOp, x: str, there: str = "", *, name: str
) -> str:
    """One node where every step is there; else step by step, since a state is copied over a gap."""
    if there or graph.precision == "float64":  # which the runtime has not for these
        return _unrolled(graph, step, op, x, there, name)
    order = GATES[op.cell]
    weights = graph.weights(op.weights[order].reshape(1, -1, op.weights.shape[2]), f"{name}.weights")
    matrix = graph.weights(op.recurrent[order].reshape(1, -1, op.units), f"{name}.recurrent")
    biases = graph.weights(_biases(op, order), f"{name}.biases")
    how: dict[str, Any] = {"hidden_size": op.units, "direction": "reverse" if op.backwards else "forward"}
    how |= MORE.get(op.cell, {})
    states = graph.do(NAMES[op.cell], graph.turn(x, (1, 0, 2)), weights, matrix, biases, **how)
    last = graph.turn(graph.do("Squeeze", states, graph.whole([1])), (1, 0, 2), name if op.gives_all else "")
    if op.gives_all:
        return last
    place = 0 if op.backwards else step.inputs[0].shape[0] - 1
    return graph.do("Gather", last, graph.array(np.asarray(place, np.int64)), name=name, axis=1)


def _biases(op: RecurrentOp, order: list[int]) -> Array:
    """Those of the inputs, and those of the states, (1, 2 · gates · units)."""
    of_states = np.zeros_like(op.bias)
    if op.recurrent_bias is not None:
        of_states[2] = op.recurrent_bias
    return np.concatenate([op.bias[order].reshape(1, -1), of_states[order].reshape(1, -1)], axis=1)


def _unrolled(graph: OnnxGraph, step: PortableStep, op: RecurrentOp, x: str, there: str, name: str) -> str:
    cell = _Cell(graph, op, name)
    time, _ = step.inputs[0].shape
    state = kept = cell.nothing(x)
    states = [""] * time
    for t in reversed(range(time)) if op.backwards else range(time):
        after, memory = cell.step(at_step(graph, x, t), state, kept)
        if there:
            here = graph.do("Greater", graph.cut(there, t, t + 1), graph.number(0))
            after = graph.do("Where", here, after, state)
            memory = memory and graph.do("Where", here, memory, kept)
        states[t] = state = after
        kept = memory or kept
    return stacked(graph, states, name) if op.gives_all else graph.do("Identity", state, name=name)


def at_step(graph: OnnxGraph, x: str, t: int) -> str:
    """What sequences are at a step, (n, columns)."""
    return graph.do("Gather", x, graph.array(np.asarray(t, np.int64)), axis=1)


def stacked(graph: OnnxGraph, rows: Sequence[str], name: str) -> str:
    """Rows (n, columns) one behind the other as sequences."""
    return graph.do("Concat", *(graph.add_axis(row, 1) for row in rows), name=name, axis=1)


class _Cell:
    """What goes from one state to the next."""

    def __init__(self, graph: OnnxGraph, op: RecurrentOp, name: str) -> None:
        self._graph, self._op = graph, op
        self._weights = [graph.weights(each) for each in op.weights]
        self._matrix = [graph.weights(each) for each in op.recurrent]
        self._bias = [graph.weights(each) for each in op.bias]
        self._reset = None if op.recurrent_bias is None else graph.weights(op.recurrent_bias)

    def nothing(self, x: str) -> str:
        """States of as many samples as there are, all 0."""
        graph = self._graph
        first = graph.do("ReduceSum", x, graph.whole([1, 2]), keepdims=0)
        zero = graph.do("Mul", graph.add_axis(first, 1), graph.number(0))
        return graph.do("Add", zero, graph.weights(np.zeros(self._op.units)))

    def step(self, x: str, state: str, kept: str) -> tuple[str, str]:
        """The state and the memory behind a step; "" for a cell that has no memory."""
        do, graph = self._graph.do, self._graph
        given = [do("Gemm", x, w, b, transB=1) for w, b in zip(self._weights, self._bias, strict=True)]
        before = [do("Gemm", state, matrix, transB=1) for matrix in self._matrix]
        match self._op.cell:
            case "gru":
                assert self._reset is not None
                r, z = (do("Sigmoid", do("Add", given[gate], before[gate])) for gate in (0, 1))
                reset = do("Mul", r, do("Add", before[2], self._reset))
                new = do("Tanh", do("Add", given[2], reset))
                rest = do("Mul", do("Sub", graph.number(1), z), new)
                return do("Add", rest, do("Mul", z, state)), ""
            case "lstm":
                o, i, f = (do("Sigmoid", do("Add", given[gate], before[gate])) for gate in range(3))
                g = do("Tanh", do("Add", given[3], before[3]))
                memory = do("Add", do("Mul", f, kept), do("Mul", i, g))
                return do("Mul", o, do("Tanh", memory)), memory
        return do("Relu" if self._op.cell == "relu" else "Tanh", do("Add", given[0], before[0])), ""


def _attend(
    graph: OnnxGraph, step: PortableStep, op: AttendOp, q: str, k: str, v: str, there: str = "", *, name: str
) -> str:
    do = graph.do
    time, width = step.inputs[0].shape
    scores = do("Mul", do("MatMul", q, graph.turn(k, (0, 2, 1))), graph.number(1 / math.sqrt(width)))
    if op.causal:
        later = graph.array(np.triu(np.ones((time, time), bool), 1))
        scores = do("Where", later, graph.number(-1e30), scores)
    if there:
        here = do("Greater", graph.add_axis(there, 1), graph.number(0))
        scores = do("Where", here, scores, graph.number(-1e30))
    return do("MatMul", do("Softmax", scores, axis=-1), v, name=name)


def _places(graph: OnnxGraph, step: PortableStep, op: PlacesOp, mask: str, *, name: str) -> str:
    return graph.do("Gather", mask, graph.whole(op.places), name=name, axis=1)


def _external_memory(
    graph: OnnxGraph, step: PortableStep, op: ExternalMemoryOp, x: str, there: str = "", *, name: str
) -> str:
    return _Memory(graph, op).read(x, step.inputs[0].shape[0], there, name)


class _Memory:
    """A Neural Turing Machine, step by step."""

    def __init__(self, graph: OnnxGraph, op: ExternalMemoryOp) -> None:
        self._graph, self._op = graph, op
        self._controller = graph.weights(op.controller[:, :-1]), graph.weights(op.controller[:, -1])
        self._heads = graph.weights(op.heads[:, :-1]), graph.weights(op.heads[:, -1])

    def read(self, x: str, time: int, there: str, name: str) -> str:
        """What the controller and the memory say at each step."""
        graph, do, op = self._graph, self._graph.do, self._op
        width, size = op.width, op.width + 6
        first = do("ReduceSum", x, graph.whole([1, 2]), keepdims=0)
        zero = do("Mul", graph.add_axis(first, 1), graph.number(0))  # (n, 1)
        memory = do("Add", graph.add_axis(zero, 2), graph.weights(np.zeros((op.slots, width))))
        read = do("Add", zero, graph.weights(np.zeros(width)))
        writing = reading = do("Add", zero, graph.weights(np.eye(1, op.slots)))
        given = []
        for t in range(time):
            seen = do("Concat", at_step(graph, x, t), read, axis=1)
            state = do("Tanh", do("Gemm", seen, *self._controller, transB=1))
            told = do("Gemm", state, *self._heads, transB=1)
            erase = do("Sigmoid", graph.cut(told, 2 * size, 2 * size + width))
            add = do("Tanh", graph.cut(told, 2 * size + width, 2 * size + 2 * width))
            new_writing = self._look(graph.cut(told, 0, size), memory, writing)
            at = graph.add_axis(new_writing, 2)
            gone = do("Sub", graph.number(1), do("Mul", at, graph.add_axis(erase, 1)))
            new_memory = do("Add", do("Mul", memory, gone), do("Mul", at, graph.add_axis(add, 1)))
            new_reading = self._look(graph.cut(told, size, 2 * size), new_memory, reading)
            found = do("MatMul", graph.add_axis(new_reading, 1), new_memory)
            new_read = do("Squeeze", found, graph.whole([1]))
            if there:
                flag = graph.cut(there, t, t + 1)
                here = do("Greater", flag, graph.number(0))
                memory = do("Where", graph.add_axis(here, 2), new_memory, memory)
                writing, reading, read = (
                    do("Where", here, new, old)
                    for new, old in ((new_writing, writing), (new_reading, reading), (new_read, read))
                )
                given.append(do("Mul", do("Concat", state, read, axis=1), flag))
            else:
                memory, writing, reading, read = new_memory, new_writing, new_reading, new_read
                given.append(do("Concat", state, read, axis=1))
        return stacked(graph, given, name)

    def _look(self, told: str, memory: str, before: str) -> str:
        """Where a head looks: by content, then held back, moved and sharpened."""
        graph, do, width = self._graph, self._graph.do, self._op.width
        words = OnnxExpression(
            graph, {"z": graph.cut(told, width, width + 1), "s": graph.cut(told, width + 5, width + 6)}
        )
        key, strength = do("Tanh", graph.cut(told, 0, width)), words.write("softplus(z)")
        gate = do("Sigmoid", graph.cut(told, width + 1, width + 2))
        shift = do("Softmax", graph.cut(told, width + 2, width + 5), axis=-1)
        sharpness = words.write("softplus(s) + 1")
        small, last = graph.number(0.01), graph.whole([-1])
        lengths = do("Sqrt", do("Add", do("ReduceSum", do("Mul", memory, memory), last, keepdims=0), small))
        of_key = do("Sqrt", do("Add", do("ReduceSum", do("Mul", key, key), last, keepdims=1), small))
        product = do("Squeeze", do("MatMul", memory, graph.add_axis(key, 2)), graph.whole([2]))
        alike = do("Div", do("Mul", strength, do("Div", product, of_key)), lengths)
        looked = do("Softmax", alike, axis=-1)
        mixed = do("Add", before, do("Mul", gate, do("Sub", looked, before)))
        moved = do("Mul", mixed, graph.cut(shift, 1, 2))
        moved = do("Add", moved, do("Mul", self._rolled(mixed, 1), graph.cut(shift, 0, 1)))
        slots = self._op.slots
        moved = do("Add", moved, do("Mul", self._rolled(mixed, slots - 1), graph.cut(shift, 2, 3)))
        sharp = do("Mul", do("Log", do("Add", moved, graph.number(1e-8))), sharpness)
        return do("Softmax", sharp, axis=-1)

    def _rolled(self, x: str, by: int) -> str:
        """With the first places behind the others."""
        graph, slots = self._graph, self._op.slots
        by %= slots
        if not by:
            return x
        return graph.do("Concat", graph.cut(x, by, slots), graph.cut(x, 0, by), axis=-1)


WORDS: Mapping[type[PortableOp], Callable[..., str]] = {
    AttendOp: _attend,
    ExternalMemoryOp: _external_memory,
    PlacesOp: _places,
    RecurrentOp: _recurrent,
}
"""What adds the nodes of each operation on sequences."""
