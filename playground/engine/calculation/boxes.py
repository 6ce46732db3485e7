"""An equation as a row of matrices with what stands between them, to be drawn."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from playground.engine.calculation.equation import Equation, Values
from playground.engine.calculation.writing import Symbols
from playground.numbers.writing import figures

_OPEN, _CLOSE, _TURNED = "\x01", "\x02", "\x03"
_PIECE = re.compile(f"{_OPEN}(.*?){_CLOSE}")


@dataclass(frozen=True)
class MatrixBox:
    """A matrix by its name; `turned` where rows and columns have changed places."""

    name: str
    turned: bool = False


def boxes(equation: Equation, values: Values) -> list[MatrixBox | str]:
    """What stands at the right of the sign of equality: matrices, and the signs and numbers between them."""
    if not equation.source:
        return []
    return list(_split(_Boxes(values).write(equation.tree)))


def _split(text: str) -> Iterator[MatrixBox | str]:
    at = 0
    for found in _PIECE.finditer(text):
        if between := text[at : found.start()].strip():
            yield between
        yield MatrixBox(found[1].removesuffix(_TURNED), found[1].endswith(_TURNED))
        at = found.end()
    if rest := text[at:].strip():
        yield rest


class _Boxes(Symbols):
    """An expression in which marks stand for matrices, and numbers for names that have one."""

    signs: ClassVar = Symbols.signs | {ast.MatMult: " · "}

    def __init__(self, values: Values) -> None:
        self._values = values

    def name(self, name: str) -> str:
        value = self._values[name]
        return figures(float(value), 4) if np.ndim(value) == 0 else f"{_OPEN}{name}{_CLOSE}"

    def transposed(self, text: str) -> str:
        return text.replace(_CLOSE, _TURNED + _CLOSE)
