"""Expressions, as activations and inputs are written, as nodes of an ONNX graph."""

from __future__ import annotations

import ast
import math
from collections.abc import Callable, Mapping
from typing import ClassVar

import numpy as np
from onnx import TensorProto

from playground.exports.targets.onnx_format.graph import OnnxGraph

ONE_TO_ONE = {
    "sqrt": "Sqrt", "exp": "Exp", "log": "Log", "tanh": "Tanh", "sin": "Sin", "cos": "Cos", "sign": "Sign",
    "abs": "Abs", "floor": "Floor", "sigmoid": "Sigmoid", "maximum": "Max", "minimum": "Min", "power": "Pow",
}  # fmt: skip
OPERATORS: Mapping[type[ast.AST], str] = {
    ast.Add: "Add", ast.Sub: "Sub", ast.Mult: "Mul", ast.Div: "Div", ast.Pow: "Pow", ast.Gt: "Greater",
    ast.GtE: "GreaterOrEqual", ast.Lt: "Less", ast.LtE: "LessOrEqual", ast.Eq: "Equal",
}  # fmt: skip


class OnnxExpression:
    """Adds the nodes of expressions to a graph.

    Attributes:
        names: what stands for the names of an expression.
        wide: whether numbers are in double precision, whatever the network's are.
    """

    def __init__(self, graph: OnnxGraph, names: Mapping[str, str], wide: bool = False) -> None:
        self._graph, self._names, self.wide = graph, names, wide

    @property
    def type(self) -> int:
        """The type of the numbers."""
        return int(TensorProto.DOUBLE) if self.wide else self._graph.type

    def write(self, source: str, name: str = "") -> str:
        """An expression; what it gives is called by that name."""
        value = self._tree(ast.parse(source, mode="eval").body)
        return self._graph.do("Identity", value, name=name) if name else value

    def _number(self, value: float) -> str:
        graph = self._graph
        return graph.array(np.asarray(value, np.float64)) if self.wide else graph.number(value)

    def _tree(self, tree: ast.expr) -> str:
        do = self._graph.do
        match tree:
            case ast.Name(id=name):
                return self._names[name]
            case ast.Constant(value=int() | float() as number):
                return self._number(float(number))
            case ast.UnaryOp(operand=inner):
                return do("Neg", self._tree(inner))
            case ast.BinOp(op=ast.Pow(), left=left, right=ast.Constant(value=2)):
                base = self._tree(left)
                return do("Mul", base, base)
            case ast.BinOp(left=left, op=op, right=right):
                return do(OPERATORS[type(op)], self._tree(left), self._tree(right))
            case ast.Compare(left=left, ops=[op], comparators=[right]):
                return self._graph.cast(
                    do(OPERATORS[type(op)], self._tree(left), self._tree(right)), self.type
                )
            case ast.Call(func=ast.Name(id=name), args=arguments):
                return self._called(name, [self._tree(each) for each in arguments])
        raise TypeError(ast.dump(tree))

    def _called(self, name: str, given: list[str]) -> str:
        if name in ONE_TO_ONE:
            return self._graph.do(ONE_TO_ONE[name], *given)
        return self._others[name](self, *given)

    def _clip(self, x: str, least: str, most: str) -> str:
        return self._graph.do("Min", self._graph.do("Max", x, least), most)

    def _expm1(self, x: str) -> str:
        return self._graph.do("Sub", self._graph.do("Exp", x), self._number(1))

    def _softplus(self, x: str) -> str:
        """max(x, 0) + log(1 + exp(−|x|)), which cannot overflow."""
        do = self._graph.do
        small = do("Exp", do("Neg", do("Abs", x)))
        return do("Add", do("Max", x, self._number(0)), do("Log", do("Add", small, self._number(1))))

    def _normal(self, x: str) -> str:
        """(1 + erf(x / √2)) / 2; the runtime has erf in single precision alone."""
        do, half = self._graph.do, self._number(0.5)
        narrow = self._graph.cast(do("Mul", x, self._number(math.sqrt(0.5))), TensorProto.FLOAT)
        share = self._graph.cast(do("Erf", narrow), self.type)
        return do("Mul", do("Add", share, self._number(1)), half)

    def _tan(self, x: str) -> str:
        return self._graph.do("Div", self._graph.do("Sin", x), self._graph.do("Cos", x))

    def _hypot(self, x: str, y: str) -> str:
        do = self._graph.do
        return do("Sqrt", do("Add", do("Mul", x, x), do("Mul", y, y)))

    def _mod(self, x: str, y: str) -> str:
        """What remains, with the sign of y."""
        do = self._graph.do
        return do("Sub", x, do("Mul", do("Floor", do("Div", x, y)), y))

    def _atan2(self, y: str, x: str) -> str:
        """2 atan(y / (r + x)), and π where y is 0 and x negative; atan is in single precision alone."""
        do, cast = self._graph.do, self._graph.cast
        below = do("Add", self._hypot(x, y), x)
        zero = do("LessOrEqual", below, self._number(0))
        safe = do("Where", zero, self._number(1), below)
        angle = do("Atan", cast(do("Div", y, safe), TensorProto.FLOAT))
        doubled = do("Mul", cast(angle, self.type), self._number(2))
        straight = do("Where", do("Less", x, self._number(0)), self._number(math.pi), self._number(0))
        return do("Where", zero, straight, doubled)

    def _known(self, x: str) -> str:
        do = self._graph.do
        useful = do("LessOrEqual", do("Abs", x), self._number(1e12))
        return do("Where", useful, x, self._number(math.nan))

    _others: ClassVar[Mapping[str, Callable[..., str]]] = {
        "clip": _clip, "expm1": _expm1, "softplus": _softplus, "normal": _normal, "tan": _tan,
        "hypot": _hypot, "mod": _mod, "atan2": _atan2, "known": _known,
    }  # fmt: skip
