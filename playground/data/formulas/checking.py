"""What formulas over the columns of a dataset may use, and whether they have a value everywhere there.

What reads them is loaded when there is one.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from playground.data.sample import Column, Floats, on_the_line, subscript
from playground.text import Text
from playground.value import InvalidValue

if TYPE_CHECKING:
    from playground.data.formulas.formula import Formula
    from playground.data.formulas.names import Names

POINTS = 61
"""Places along each axis at which a formula is tried: every fifth of a unit, and 0."""


@lru_cache(maxsize=64)
def names_of(columns: tuple[Column, ...]) -> Names:
    """The columns of numbers, x₁ as x1 too; coordinates are x₁ and x₂ besides, and x and y."""
    from playground.data.formulas.names import Names

    numbers = tuple(column.name for column in columns if not column.categories)
    others = [(on_the_line(name), name) for name in numbers if on_the_line(name) not in numbers]
    for number, (letter, column) in enumerate(zip("xy", columns, strict=False), 1):
        if column.coordinate:
            others += [(name, column.name) for name in (f"x{subscript(number)}", f"x{number}", letter)]
    return Names(numbers, tuple(others))


def formula_over(text: str, columns: tuple[Column, ...]) -> Formula:
    """What a text says over these columns.

    Raises:
        InvalidValue: a sentence that says where it cannot be read.
    """
    from playground.data.formulas.reading import read

    return read(text, names_of(columns))


@lru_cache(maxsize=64)
def flaw_over(formula: Formula, columns: tuple[Column, ...]) -> Text | None:
    """Why a formula has no value somewhere over coordinates; what is measured is not known before it is."""
    used = [column for column in columns if column.name in formula.columns]
    if not all(column.coordinate for column in used):
        return None
    grid = np.meshgrid(*(np.linspace(*column.range, POINTS) for column in used))
    values = {column.name: axis.ravel() for column, axis in zip(used, grid, strict=True)}
    return formula.flaw(values, formula.compute(values, POINTS ** len(used)))


def checked(text: str, columns: tuple[Column, ...]) -> str:
    """A formula that has a value everywhere over coordinates.

    Raises:
        InvalidValue: a sentence that says where it cannot be read, or has none.
    """
    if (flaw := flaw_over(formula_over(text, columns), columns)) is not None:
        raise InvalidValue(flaw)
    return text


def values_of(text: str, columns: tuple[Column, ...], raw: Floats) -> Floats:
    """Its values (n,) for samples (n, d).

    Raises:
        InvalidValue: when it has none for one of them.
    """
    formula = formula_over(text, columns)
    by_name = {column.name: values for column, values in zip(columns, raw.T, strict=True)}
    values = formula.compute(by_name, len(raw))
    if (flaw := formula.flaw(by_name, values)) is not None:
        raise InvalidValue(flaw)
    return values
