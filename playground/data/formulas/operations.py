"""What a formula can be made of: operations and functions, and where they have no value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial, reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.text import Text, say

Floats = NDArray[np.float64]

TOO_LARGE = say("formula.too_large", "it is too large a number there")
BY_ZERO = say("formula.by_zero", "it divides by 0 there")


@dataclass(frozen=True)
class Operation:
    """A function of one number or of several.

    Attributes:
        written: as an expression of one number, or of two and then of that and the next.
        compute: of arrays (n,) or single numbers, NaN or infinite where there is no value.
        least, most: how many numbers it is of; `most` is None for any number of them.
        why_not: why it has no value somewhere.
    """

    written: str
    compute: Callable[..., Any]
    least: int = 1
    most: int | None = 1
    why_not: Text = TOO_LARGE


def _of_many(pair: Callable[[Any, Any], Any], *values: Any) -> Any:
    return reduce(pair, values)


ADD = Operation("({0} + {1})", np.add, 2, 2)
SUBTRACT = Operation("({0} - {1})", np.subtract, 2, 2)
MULTIPLY = Operation("({0} * {1})", np.multiply, 2, 2)
NEGATIVE = Operation("(-{0})", np.negative)
DIVIDE = Operation("({0} / {1})", np.divide, 2, 2, BY_ZERO)
POWER = Operation(
    "power({0}, {1})",
    np.float_power,
    2,
    2,
    say("formula.power", "it is a root of a negative number there, a power of 0 below 0, or too large"),
)
FUNCTIONS = {
    "sin": Operation("sin({0})", np.sin),
    "cos": Operation("cos({0})", np.cos),
    "tan": Operation("tan({0})", np.tan),
    "exp": Operation("exp({0})", np.exp),
    "log": Operation("log({0})", np.log, why_not=say("formula.log", "log is of numbers above 0 alone")),
    "ln": Operation("log({0})", np.log, why_not=say("formula.ln", "ln is of numbers above 0 alone")),
    "sqrt": Operation(
        "sqrt({0})", np.sqrt, why_not=say("formula.sqrt", "sqrt is of 0 and numbers above it alone")
    ),
    "abs": Operation("abs({0})", np.abs),
    "sign": Operation("sign({0})", np.sign),
    "tanh": Operation("tanh({0})", np.tanh),
    "floor": Operation("floor({0})", np.floor),
    "min": Operation("minimum({0}, {1})", partial(_of_many, np.minimum), 2, None),
    "max": Operation("maximum({0}, {1})", partial(_of_many, np.maximum), 2, None),
    "mod": Operation("mod({0}, {1})", np.mod, 2, 2, BY_ZERO),
}
CONSTANTS = {"pi": np.pi, "π": np.pi, "e": np.e}
