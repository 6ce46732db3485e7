"""A line of a calculation as people read it: in symbols, in LaTeX, and as NumPy code that gives the same."""

from __future__ import annotations

import ast
from abc import ABC, abstractmethod
from typing import ClassVar

from playground.engine.calculation import names
from playground.engine.calculation.equation import Equation
from playground.engine.calculation.functions import FUNCTIONS, Written
from playground.numbers.writing import plain, setting

STRENGTH = {ast.Add: 1, ast.Sub: 1, ast.Mult: 2, ast.MatMult: 2, ast.Div: 2, ast.Pow: 4}
COMPARED = 0
NEGATED = 3

SCALARS = {"eta", "beta", "beta1", "beta2", "epsilon", "lam", "mu", "n", "N", "steps", "r", "now", "ahead"}
"""Names that stand for one number: a product with one needs no sign."""


class Writer(ABC):
    """A way to write expressions; the base puts brackets where they are needed."""

    signs: ClassVar[dict[type[ast.AST], str]]

    def write(self, tree: ast.expr, least: int = 0) -> str:
        """An expression, in brackets where it binds less than asked for."""
        match tree:
            case ast.Name(id=name):
                return self.name(name)
            case ast.Constant(value=number):
                return self.number(float(number)) if isinstance(number, int | float) else ""
            case ast.UnaryOp(operand=inner):
                return self._bracketed(f"{self.signs[ast.USub]}{self.write(inner, NEGATED)}", NEGATED, least)
            case ast.BinOp(op=op):
                strength = STRENGTH[type(op)]
                return self._bracketed(self.joined(tree), strength, least)
            case ast.Compare(left=left, ops=[op], comparators=[right]):
                return self.compared(f"{self.write(left, 1)} {self.signs[type(op)]} {self.write(right, 1)}")
            case ast.Attribute(value=inner):
                return self.transposed(self.write(inner, 5))
            case ast.Call(func=ast.Name(id=name), args=arguments):
                return self.called(FUNCTIONS[name], [self.write(each) for each in arguments])
        raise TypeError(ast.dump(tree))

    def joined(self, tree: ast.BinOp) -> str:
        """Two expressions with their operator between them."""
        strength = STRENGTH[type(tree.op)]
        left = self.write(tree.left, strength)
        right = self.write(tree.right, strength + (not isinstance(tree.op, ast.Add)))
        return f"{left}{self.sign(tree)}{right}"

    def sign(self, tree: ast.BinOp) -> str:
        """The operator between two expressions."""
        return self.signs[type(tree.op)]

    def compared(self, text: str) -> str:
        """1 where it is so, else 0."""
        return f"[{text}]"

    def _bracketed(self, text: str, strength: int, least: int) -> str:
        return f"({text})" if strength < least else text

    @abstractmethod
    def name(self, name: str) -> str:
        """A name."""

    @abstractmethod
    def number(self, number: float) -> str:
        """A number."""

    @abstractmethod
    def transposed(self, text: str) -> str:
        """What is turned around."""

    @abstractmethod
    def called(self, function: Written, arguments: list[str]) -> str:
        """A function of something."""


class Symbols(Writer):
    """As in a book: β₁ m + (1 − β₁) g."""

    signs: ClassVar = {
        ast.Add: " + ", ast.Sub: " − ", ast.Mult: " ⊙ ", ast.MatMult: " ", ast.Div: " / ", ast.USub: "−",
        ast.Gt: ">", ast.GtE: "≥", ast.Lt: "<", ast.LtE: "≤", ast.Eq: "=",
    }  # fmt: skip

    def name(self, name: str) -> str:
        return names.symbol(name)

    def number(self, number: float) -> str:
        return setting(number)

    def transposed(self, text: str) -> str:
        return f"{text}ᵗ"

    def called(self, function: Written, arguments: list[str]) -> str:
        return function.symbols.format(*arguments)

    def sign(self, tree: ast.BinOp) -> str:
        if isinstance(tree.op, ast.Mult) and (_is_number(tree.left) or _is_number(tree.right)):
            return " "
        return super().sign(tree)

    def joined(self, tree: ast.BinOp) -> str:
        if isinstance(tree.op, ast.Pow):
            base, power = self.write(tree.left, 5), self.write(tree.right)
            return f"{base}²" if power == "2" else f"{base}^{power}"
        return super().joined(tree)


class Latex(Symbols):
    """For a text: W_{2} a_{1} + b_{2}."""

    signs: ClassVar = Symbols.signs | {
        ast.Sub: " - ", ast.Mult: r" \odot ", ast.USub: "-", ast.GtE: r"\geq", ast.LtE: r"\leq",
    }  # fmt: skip

    def name(self, name: str) -> str:
        return names.latex(name)

    def number(self, number: float) -> str:
        return plain(number, 10)

    def transposed(self, text: str) -> str:
        return rf"{text}^{{\top}}"

    def called(self, function: Written, arguments: list[str]) -> str:
        return function.latex.format(*arguments)

    def joined(self, tree: ast.BinOp) -> str:
        match tree.op:
            case ast.Div():
                return rf"\frac{{{self.write(tree.left)}}}{{{self.write(tree.right)}}}"
            case ast.Pow():
                return f"{self.write(tree.left, 5)}^{{{self.write(tree.right)}}}"
        return super().joined(tree)


class NumpyCode(Writer):
    """To be run: beta1 * m_before + (1 - beta1) * g."""

    signs: ClassVar = {
        ast.Add: " + ", ast.Sub: " - ", ast.Mult: " * ", ast.MatMult: " @ ", ast.Div: " / ", ast.Pow: "**",
        ast.USub: "-", ast.Gt: ">", ast.GtE: ">=", ast.Lt: "<", ast.LtE: "<=", ast.Eq: "==",
    }  # fmt: skip

    def name(self, name: str) -> str:
        return name

    def number(self, number: float) -> str:
        return repr(int(number) if number.is_integer() else number)

    def transposed(self, text: str) -> str:
        return f"{text}.T"

    def called(self, function: Written, arguments: list[str]) -> str:
        return function.numpy.format(*arguments)

    def compared(self, text: str) -> str:
        return f"({text})"


def names_in(line: Equation) -> list[str]:
    """The names that a line speaks of, in order."""
    if not line.source:
        return []
    found = [each.id for each in ast.walk(line.tree) if isinstance(each, ast.Name)]
    return [name for name in dict.fromkeys(found) if name not in FUNCTIONS]


def in_symbols(line: Equation) -> str:
    """A line as in a book: z₂ = W₂ a₁ + b₂; the name alone where it has no expression."""
    return _equation(line, Symbols(), "←")


def in_latex(line: Equation) -> str:
    """A line for a text."""
    return _equation(line, Latex(), r"\leftarrow")


def _equation(line: Equation, writer: Writer, arrow: str) -> str:
    name = writer.name(line.name)
    return f"{name} {arrow if line.changes else '='} {writer.write(line.tree)}" if line.source else name


def _is_number(tree: ast.expr) -> bool:
    """Whether an expression stands for one number, and no matrix."""
    inside = [each for each in ast.walk(tree) if isinstance(each, ast.Name | ast.Attribute | ast.Compare)]
    named = {each.id for each in inside if isinstance(each, ast.Name)} - set(FUNCTIONS)
    return named <= SCALARS and not any(isinstance(each, ast.Attribute | ast.Compare) for each in inside)
