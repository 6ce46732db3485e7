"""How each operation is differentiated by itself: its slopes, how they are written, and complex values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from playground.data.formulas.operations import (
    ADD,
    DIVIDE,
    FUNCTIONS,
    MULTIPLY,
    NEGATIVE,
    POWER,
    SUBTRACT,
    Operation,
)


@dataclass(frozen=True)
class SlopeRule:
    """What is known of an operation.

    Attributes:
        sign: what stands for it in a drawing.
        slopes: its slope by each of its arguments, at their values.
        told: how each is written, `{0}` for the first argument; one for all where all are alike.
        at_complex: its value of complex numbers, where its own computation has none that goes on smoothly.
    """

    sign: str
    slopes: Callable[..., tuple[Any, ...]]
    told: tuple[str, ...]
    at_complex: Callable[..., Any] | None = None

    def words(self, place: int) -> str:
        """How the slope by the argument at a place is written."""
        return self.told[min(place, len(self.told) - 1)]


def rule_of(operation: Operation) -> SlopeRule:
    """The rule of an operation."""
    return RULES[NAMES[operation]]


def _power_slopes(base: Any, exponent: Any) -> tuple[Any, Any]:
    by_base = exponent * np.float_power(base, exponent - 1) if exponent else 0.0
    return by_base, np.float_power(base, exponent) * np.log(base)


def _chosen(choice: Callable[[Any], Any]) -> Callable[..., tuple[Any, ...]]:
    """One for the argument that is chosen, the first of several that are equal; nothing for the others."""

    def slopes(*values: Any) -> tuple[Any, ...]:
        taken = int(choice(values))
        return tuple(float(place == taken) for place in range(len(values)))

    return slopes


def _by_real(pick: Callable[..., Any]) -> Callable[..., Any]:
    """Of several complex numbers, that whose real part is chosen."""

    def chosen(*values: Any) -> Any:
        stacked = np.stack(np.broadcast_arrays(*values)).astype(np.complex128)
        return np.take_along_axis(stacked, pick(stacked.real, axis=0)[np.newaxis], axis=0)[0]

    return chosen


RULES: Mapping[str, SlopeRule] = {
    "+": SlopeRule("+", lambda a, b: (1.0, 1.0), ("1",)),
    "-": SlopeRule("−", lambda a, b: (1.0, -1.0), ("1", "−1")),
    "*": SlopeRule("×", lambda a, b: (b, a), ("{1}", "{0}")),
    "/": SlopeRule("÷", lambda a, b: (1 / b, -a / (b * b)), ("1/{1}", "−{0}/{1}²")),
    "^": SlopeRule("^", _power_slopes, ("{1} · {0}^({1} − 1)", "{0}^{1} · log {0}")),
    "negative": SlopeRule("−", lambda a: (-1.0,), ("−1",)),
    "sin": SlopeRule("sin", lambda a: (np.cos(a),), ("cos {0}",)),
    "cos": SlopeRule("cos", lambda a: (-np.sin(a),), ("−sin {0}",)),
    "tan": SlopeRule("tan", lambda a: (1 / np.cos(a) ** 2,), ("1/cos² {0}",)),
    "exp": SlopeRule("exp", lambda a: (np.exp(a),), ("exp {0}",)),
    "log": SlopeRule("log", lambda a: (1 / a,), ("1/{0}",)),
    "ln": SlopeRule("ln", lambda a: (1 / a,), ("1/{0}",)),
    "sqrt": SlopeRule("√", lambda a: (0.5 / np.sqrt(a),), ("1/(2√{0})",)),
    "abs": SlopeRule(
        "abs", lambda a: (np.sign(a),), ("sign {0}",), lambda a: np.where(np.real(a) < 0, -a, a)
    ),
    "sign": SlopeRule("sign", lambda a: (0.0,), ("0",), lambda a: np.sign(np.real(a))),
    "tanh": SlopeRule("tanh", lambda a: (1 - np.tanh(a) ** 2,), ("1 − tanh² {0}",)),
    "floor": SlopeRule("floor", lambda a: (0.0,), ("0",), lambda a: np.floor(np.real(a))),
    "min": SlopeRule("min", _chosen(np.argmin), ("1 if it is the least",), _by_real(np.argmin)),
    "max": SlopeRule("max", _chosen(np.argmax), ("1 if it is the largest",), _by_real(np.argmax)),
    "mod": SlopeRule(
        "mod",
        lambda a, b: (1.0, -np.floor(a / b)),
        ("1", "−floor({0}/{1})"),
        lambda a, b: a - b * np.floor(np.real(a) / np.real(b)),
    ),
}

NAMES: Mapping[Operation, str] = {
    ADD: "+",
    SUBTRACT: "-",
    MULTIPLY: "*",
    DIVIDE: "/",
    POWER: "^",
    NEGATIVE: "negative",
} | {operation: name for name, operation in FUNCTIONS.items()}
