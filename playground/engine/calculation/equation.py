"""One line of a calculation: what a name stands for, written as an expression of names before it.

The expression is Python's own: `W2 @ a1 + b2`, `beta1 * m_before + (1 - beta1) * g`, `sqrt(v)`.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, TypeAlias

import numpy as np

from playground.engine.calculation.functions import FUNCTIONS
from playground.engine.calculation.names import AFTER, part_of
from playground.record import record

Values: TypeAlias = Mapping[str, Any]
"""Matrices and numbers by name."""

OPERATORS: Mapping[type[ast.AST], Callable[..., Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
    ast.MatMult: operator.matmul,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Eq: operator.eq,
}


@record
class Equation:
    """What a name stands for.

    Attributes:
        source: the expression; "" where its value is given by the engine alone.
        heading: what the lines from here on are about; "" where that is what those before are about.
    """

    name: str
    source: str = ""
    heading: str = ""

    @property
    def tree(self) -> ast.expr:
        """The expression taken apart."""
        return parsed(self.source)

    @property
    def changes(self) -> bool:
        """Whether it gives something that was there before another value: `m ← …`."""
        bare, whose = part_of(self.name)
        return bare.endswith(AFTER) or f"{bare}_before{whose}" in self.source

    def worked(self, values: Values) -> Any:
        """Its value, by those of the names that it speaks of."""
        return worked(self.tree, values.__getitem__)


@cache
def parsed(source: str) -> ast.expr:
    """An expression taken apart."""
    return ast.parse(source, mode="eval").body


def worked(tree: ast.expr, value: Callable[[str], Any]) -> Any:
    """The value of an expression, by those of its names.

    Raises:
        TypeError: where it is written in a way that calculations do not know.
    """
    match tree:
        case ast.Name(id=name):
            return value(name)
        case ast.Constant(value=number):
            return number
        case ast.UnaryOp(operand=inner):
            return -worked(inner, value)
        case ast.BinOp(left=left, op=op, right=right) | ast.Compare(left=left, ops=[op], comparators=[right]):
            found = OPERATORS[type(op)](worked(left, value), worked(right, value))
            return np.asarray(found, np.float64) if isinstance(tree, ast.Compare) else found
        case ast.Attribute(value=inner, attr="T"):
            return worked(inner, value).T
        case ast.Call(func=ast.Name(id=name), args=arguments):
            return FUNCTIONS[name].work(*(worked(each, value) for each in arguments))
    raise TypeError(ast.dump(tree))
