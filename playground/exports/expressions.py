"""Expressions, as activations and inputs are written, in the languages of exports."""

from __future__ import annotations

import ast
from abc import abstractmethod
from collections.abc import Mapping
from typing import ClassVar

from playground.engine.calculation.writing import NumpyCode


class ExpressionCode(NumpyCode):
    """A language of exports.

    Attributes:
        functions: how each function is called, `{0}` and so on its arguments.
    """

    functions: ClassVar[Mapping[str, str]]

    def __init__(self, names: Mapping[str, str]) -> None:
        """`names` are what stands for the names of an expression."""
        self._names = names

    def text(self, source: str) -> str:
        """An expression in this language."""
        return self.write(ast.parse(source, mode="eval").body)

    def write(self, tree: ast.expr, least: int = 0) -> str:
        match tree:
            case ast.Call(func=ast.Name(id=name), args=arguments):
                return self.functions[name].format(*map(self.write, arguments))
            case ast.Constant(value=int() | float() as number):
                return self.number(float(number))
            case ast.BinOp(op=ast.Pow(), left=left, right=ast.Constant(value=2)):
                return self.squared(self.write(left, 5))
        return super().write(tree, least)

    def name(self, name: str) -> str:
        return self._names[name]

    @abstractmethod
    def squared(self, text: str) -> str:
        """The square of what is written."""
