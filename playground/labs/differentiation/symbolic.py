"""The derivative as a formula, by SymPy, which is loaded when it is first needed; and how it swells."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, reduce
from typing import Any

import numpy as np

from playground.labs.differentiation.graph import ExpressionGraph, optimized
from playground.labs.differentiation.rules import NAMES

MOST_OPERATIONS = 3000
"""A derivative with more is not composed with itself once more."""

MOST_COMPOSED = 6


@dataclass(frozen=True)
class SymbolicDerivative:
    """What comes out.

    Attributes:
        text: the derivative, written out.
        operations: how many it has, written out.
        shared: how many, if what occurs several times is worked out once.
        value: at the place that was asked for; NaN where it has none.
    """

    text: str
    operations: int
    shared: int
    value: float


@dataclass(frozen=True)
class Swell:
    """Operations of the derivative of an expression put into itself, so many times.

    Attributes:
        times: how often the expression stands in itself; 1 for it alone.
        written: operations of the derivative as a formula.
        shared: the same, what occurs several times worked out once.
        reverse: operations of a pass on and back through the graph.
    """

    times: int
    written: int
    shared: int
    reverse: int


def derivative(graph: ExpressionGraph, at: Mapping[str, float], by: str) -> SymbolicDerivative:
    """The derivative by one variable, and its value at a place."""
    found = _derived(_expression(optimized(graph), _symbols()), by)
    return SymbolicDerivative(_text(found), _count(found), _shared(found), _number(found, at))


def swell(graph: ExpressionGraph, by: str) -> Iterator[Swell]:
    """The expression in itself once, twice and so on, until the formula is too long."""
    symbols = _symbols()
    whole, own = symbols[by], graph.operations + 2 * graph.edges
    small = optimized(graph)
    places = sum(small.nodes[place].variable == by for node in small.nodes for place in node.arguments)
    for times in range(1, MOST_COMPOSED + 1):
        if places * _count(whole) > MOST_OPERATIONS:
            return
        whole = _expression(small, symbols | {by: whole})
        found = _derived(whole, by)
        yield Swell(times, _count(found), _shared(found), times * own)
        if _count(found) > MOST_OPERATIONS:
            return


def _symbols() -> dict[str, Any]:
    import sympy

    return {name: sympy.Symbol(name, real=True) for name in ("x", "y", "z")}


def _expression(graph: ExpressionGraph, symbols: Mapping[str, Any]) -> Any:
    """What a graph stands for, with other expressions for its variables."""
    import sympy

    made = _made()
    found: list[Any] = []
    for node in graph.nodes:
        if node.operation is not None:
            found.append(made[NAMES[node.operation]](*(found[place] for place in node.arguments)))
        else:
            found.append(symbols[node.variable] if node.variable else _exact(sympy, node.number))
    return found[-1]


def _exact(sympy: Any, number: float) -> Any:
    """A whole number as one, so that x² stays x²."""
    return sympy.Integer(int(number)) if float(number).is_integer() else sympy.Float(number)


def _made() -> dict[str, Callable[..., Any]]:
    import sympy

    return {
        "+": lambda a, b: a + b,
        "-": lambda a, b: a - b,
        "*": lambda a, b: a * b,
        "/": lambda a, b: a / b,
        "^": lambda a, b: a**b,
        "negative": lambda a: -a,
        "sin": sympy.sin,
        "cos": sympy.cos,
        "tan": sympy.tan,
        "exp": sympy.exp,
        "log": sympy.log,
        "ln": sympy.log,
        "sqrt": sympy.sqrt,
        "abs": _own()["abs"],
        "sign": _own()["sign"],
        "tanh": sympy.tanh,
        "floor": _own()["floor"],
        "min": _own()["min"],
        "max": _own()["max"],
        "mod": _own()["mod"],
    }


@cache
def _own() -> dict[str, Any]:
    """Functions with kinks and steps, known by their slopes alone: SymPy's own take long to make."""
    import sympy

    flat = {"fdiff": lambda *_: sympy.Integer(0)}
    step, sign, floor = (type(name, (sympy.Function,), flat) for name in ("step", "sign", "floor"))

    def slope(self: Any, number: int = 1) -> Any:
        """1 where an argument is chosen."""
        way = 1 if type(self).__name__ == "max" else -1
        own = self.args[number - 1]
        others = [other for place, other in enumerate(self.args, 1) if place != number]
        return sympy.Mul(*(step(way * (own - other)) for other in others))

    choosing = {name: type(name, (sympy.Function,), {"fdiff": slope}) for name in ("min", "max")}
    size = type("abs", (sympy.Function,), {"fdiff": lambda self, _=1: sign(self.args[0])})
    rest = type("mod", (sympy.Function,), {"fdiff": _slope_of_rest})
    return {"sign": sign, "floor": floor, "abs": size, "mod": rest} | choosing


def _slope_of_rest(self: Any, number: int = 1) -> Any:
    """Of a − b floor(a / b): 1 by a, −floor(a / b) by b."""
    import sympy

    left, right = self.args
    return sympy.Integer(1) if number == 1 else -_own()["floor"](left / right)


WORKED: Mapping[str, Callable[..., Any]] = {
    "step": lambda value: np.heaviside(value, 0.5),
    "sign": np.sign,
    "floor": np.floor,
    "abs": np.abs,
    "mod": np.mod,
    "min": lambda *values: reduce(np.minimum, values),
    "max": lambda *values: reduce(np.maximum, values),
}
"""How they are worked out."""


def _derived(expression: Any, by: str) -> Any:
    import sympy

    return sympy.diff(expression, _symbols()[by])


def _count(expression: Any) -> int:
    return int(expression.count_ops())


def _shared(expression: Any) -> int:
    """Operations of the parts and of what is left, each worked out once."""
    import sympy

    parts, rest = sympy.cse(expression)
    return sum(_count(part) for _, part in parts) + _count(rest[0])


def _number(expression: Any, at: Mapping[str, float]) -> float:
    """Its value in numbers of 64 bits: exact ones may have more digits than there is memory."""
    import sympy

    symbols = _symbols()
    work = sympy.lambdify([symbols[name] for name in at], expression, [dict(WORKED), "numpy"])
    with np.errstate(all="ignore"):
        found = work(*map(np.float64, at.values()))
    return float(found) if np.isrealobj(found) else float("nan")


def _text(expression: Any) -> str:
    import sympy

    return str(sympy.sstr(expression, order="none")).replace("**", "^").replace("*", "·").replace("-", "−")
