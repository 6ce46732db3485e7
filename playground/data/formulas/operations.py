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
        compute: of arrays (n,) or single numbers, NaN or infinite where there is no value.
        least, most: how many numbers it is of; `most` is None for any number of them.
        why_not: why it has no value somewhere.
    """

    compute: Callable[..., Any]
    least: int = 1
    most: int | None = 1
    why_not: Text = TOO_LARGE


def _of_many(pair: Callable[[Any, Any], Any], *values: Any) -> Any:
    return reduce(pair, values)


ADD = Operation(np.add, 2, 2)
SUBTRACT = Operation(np.subtract, 2, 2)
MULTIPLY = Operation(np.multiply, 2, 2)
NEGATIVE = Operation(np.negative)
DIVIDE = Operation(np.divide, 2, 2, BY_ZERO)
POWER = Operation(
    np.float_power,
    2,
    2,
    say("formula.power", "it is a root of a negative number there, a power of 0 below 0, or too large"),
)
FUNCTIONS = {
    "sin": Operation(np.sin),
    "cos": Operation(np.cos),
    "tan": Operation(np.tan),
    "exp": Operation(np.exp),
    "log": Operation(np.log, why_not=say("formula.log", "log is of numbers above 0 alone")),
    "ln": Operation(np.log, why_not=say("formula.ln", "ln is of numbers above 0 alone")),
    "sqrt": Operation(np.sqrt, why_not=say("formula.sqrt", "sqrt is of 0 and numbers above it alone")),
    "abs": Operation(np.abs),
    "sign": Operation(np.sign),
    "tanh": Operation(np.tanh),
    "floor": Operation(np.floor),
    "min": Operation(partial(_of_many, np.minimum), 2, None),
    "max": Operation(partial(_of_many, np.maximum), 2, None),
    "mod": Operation(np.mod, 2, 2, BY_ZERO),
}
CONSTANTS = {"pi": np.pi, "π": np.pi, "e": np.e}
