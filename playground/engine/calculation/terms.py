"""One entry of a line of a calculation, written out in numbers, and which entries of what it is made of."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, ClassVar, TypeAlias

import numpy as np

from playground.engine.arrays import Array
from playground.engine.calculation.equation import Equation, Values, worked
from playground.engine.calculation.functions import FUNCTIONS, Written
from playground.engine.calculation.writing import NEGATED, STRENGTH, Symbols
from playground.numbers.writing import figures

Place: TypeAlias = tuple[int, int]
"""A row and a column."""

MOST_TERMS = 6
"""A sum of more is written with its largest ones, how many more there are, and what those come to."""

MOST_USED = 400
"""So many terms of a sum are looked at."""


@dataclass
class Terms:
    """An entry in numbers.

    Attributes:
        text: `0.9 · 0.012 + (1 − 0.9) · (−0.118)`.
        used: which entries it is made of, by the name of the matrix that they stand in.
    """

    text: str = ""
    used: dict[str, set[Place]] = field(default_factory=dict)


def terms(line: Equation, values: Values, place: Place) -> Terms:
    """How an entry of a line comes about."""
    found = Terms()
    if line.source:
        found.text = _Numbers(values, place, found.used).write(line.tree)
    return found


class _Numbers(Symbols):
    """An expression with the numbers of one entry in it."""

    signs: ClassVar = Symbols.signs | {ast.Mult: " · ", ast.MatMult: " · "}

    def __init__(self, values: Values, place: Place, used: dict[str, set[Place]]) -> None:
        self._values, self._place, self._used = values, place, used

    def write(self, tree: ast.expr, least: int = 0) -> str:
        match tree:
            case ast.BinOp(left=left, op=ast.MatMult(), right=right):
                return self._bracketed(self._product(left, right), STRENGTH[ast.Add], least)
            case ast.Attribute(value=inner):
                return self._at(self._place[::-1]).write(inner, least)
            case ast.Call(func=ast.Name(id=name), args=[inner]) if FUNCTIONS[name].axis is not None:
                return self._gathered(FUNCTIONS[name], inner, least)
            case ast.Name(id=name):
                text = self.name(name)
                return f"({text})" if text.startswith("−") and least > 1 else text
        return super().write(tree, least)

    def sign(self, tree: ast.BinOp) -> str:
        return self.signs[type(tree.op)]

    def joined(self, tree: ast.BinOp) -> str:
        if not isinstance(tree.op, ast.Add | ast.Sub):
            return super().joined(tree)
        left, right = self.write(tree.left, 1), self.write(tree.right, 1 + isinstance(tree.op, ast.Sub))
        return f"{left}{self.sign(tree)}{f'({right})' if right.startswith('−') else right}"

    def name(self, name: str) -> str:
        matrix = self._values[name]
        if np.ndim(matrix) == 0:
            return figures(float(matrix), 6)
        row, column = (at if size > 1 else 0 for at, size in zip(self._place, matrix.shape, strict=True))
        self._used.setdefault(name, set()).add((row, column))
        return figures(float(matrix[row, column]), 4)

    def compared(self, text: str) -> str:
        return f"[{text}]"

    def _at(self, place: Place) -> _Numbers:
        return _Numbers(self._values, place, self._used)

    def _value(self, tree: ast.expr) -> Any:
        return worked(tree, self._values.__getitem__)

    def _product(self, left: ast.expr, right: ast.expr) -> str:
        """The sum of the products of a row and a column."""
        row, column = self._place

        def term(inner: int) -> str:
            return f"{self._at((row, inner)).write(left, 2)} · {self._at((inner, column)).write(right, 3)}"

        return _summed(term, self._value(left)[row] * self._value(right)[:, column], " + ")

    def _gathered(self, function: Written, inner: ast.expr, least: int) -> str:
        row, column = self._place
        values = np.asarray(self._value(inner))
        amounts = values[:, column] if function.axis == 0 else values[row]

        def term(at: int) -> str:
            return self._at((at, column) if function.axis == 0 else (row, at)).write(inner, 1)

        text, size = _summed(term, amounts, function.between), len(amounts)
        name = function.symbols.split()[0]
        if function.between == ", ":
            return f"{name}({text})"
        if name == "mean":
            return f"({text}) / {size}" if size > 1 else self._bracketed(text, STRENGTH[ast.Add], least)
        return self._bracketed(text, STRENGTH[ast.Add] if size > 1 else NEGATED, least)


def _summed(term: Callable[[int], str], amounts: Array, between: str) -> str:
    """The terms of a sum, which come to these amounts; of many the largest are written."""
    count = len(amounts)
    written = [term(each) for each in range(min(count, MOST_USED))]  # which notes what is used
    if count <= MOST_TERMS:
        return _joined(written, between)
    largest = np.argsort(-amounts if between == ", " else -np.abs(amounts), kind="stable")
    fit = min(MOST_TERMS - 1, max(np.count_nonzero(amounts), 1))
    shown, others = largest[:fit], largest[fit:]
    rest = f"… {len(others)} more"
    if between == " + ":
        rest = f"({rest}, together {figures(float(amounts[others].sum()), 4)})"
    return _joined([*(term(int(each)) for each in shown), rest], between)


def _joined(written: list[str], between: str) -> str:
    """Terms behind one another, those below 0 in brackets."""
    first, *others = written
    if between == " + ":
        others = [f"({each})" if each.startswith("−") else each for each in others]
    return between.join([first, *others])
