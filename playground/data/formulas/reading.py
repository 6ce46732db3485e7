"""Reading a formula: sums of products of powers, as in school, with × left out and x₁ for x1.

sum     = product { ("+" | "-") product }
product = signed { ("*" | "/" | nothing) signed }
signed  = ("-" | "+") signed | power
power   = atom [ ("^" signed) | "²" ]
atom    = number | name | function "(" sum {"," sum} ")" | function power | "(" sum ")" | "|" sum "|"
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import NoReturn

from playground.data.formulas.formula import LARGEST, Call, Formula, Name, Node, Number
from playground.data.formulas.names import Names
from playground.data.formulas.operations import (
    ADD,
    CONSTANTS,
    DIVIDE,
    FUNCTIONS,
    MULTIPLY,
    NEGATIVE,
    POWER,
    SUBTRACT,
    Operation,
)
from playground.data.formulas.tokens import Kind, Token, refused, tokens
from playground.text import Text, say

DEEPEST = 40
"""How deep brackets, signs and powers may be nested."""


@lru_cache(maxsize=256)
def read(text: str, names: Names) -> Formula:
    """The formula of a text.

    Raises:
        InvalidValue: a sentence that says where it cannot be read, and what to do.
    """
    return _Reader(text, names).formula()


class _Reader:
    """Goes through the tokens of a text once, from left to right."""

    def __init__(self, text: str, names: Names) -> None:
        self._text, self._names = text, names
        self._tokens = tokens(text, names)
        self._place = 0
        self._bars = [False]

    def formula(self) -> Formula:
        """All of it."""
        root = self._sum()
        if self._now.kind is not Kind.END:
            self._refuse_rest()
        return Formula(self._text, root)

    # --- tokens -----------------------------------------------------------------------------------------

    @property
    def _now(self) -> Token:
        return self._tokens[self._place]

    def _take(self) -> Token:
        taken = self._now
        self._place += 1
        return taken

    def _is(self, *signs: str) -> bool:
        return self._now.kind is Kind.SIGN and self._now.text in signs

    def _called(self, operation: Operation, start: int, *arguments: Node) -> Call:
        return Call(operation, arguments, start, self._tokens[self._place - 1].end)

    def _expect(self, sign: str, why: Text) -> None:
        if not self._is(sign):
            raise refused(self._text, self._now.start, why)
        self._take()

    # --- the grammar ------------------------------------------------------------------------------------

    def _sum(self) -> Node:
        start, left = self._now.start, self._product()
        while self._is("+", "-"):
            operation = ADD if self._take().text == "+" else SUBTRACT
            left = self._called(operation, start, left, self._product())
        return left

    def _product(self) -> Node:
        start, left = self._now.start, self._signed()
        while True:
            if self._is("*", "/"):
                operation = MULTIPLY if self._take().text == "*" else DIVIDE
                left = self._called(operation, start, left, self._signed())
            elif self._begins_a_value():
                left = self._called(MULTIPLY, start, left, self._power())
            else:
                return left

    def _signed(self) -> Node:
        if not self._is("+", "-"):
            return self._power()
        sign = self._take()
        with self._deeper(sign):
            value = self._signed()
        return self._called(NEGATIVE, sign.start, value) if sign.text == "-" else value

    def _power(self) -> Node:
        start, base = self._now.start, self._atom()
        while self._now.kind is Kind.RAISED:
            exponent = Number(float(self._take().text))
            base = self._called(POWER, start, base, exponent)
        if not self._is("^"):
            return base
        with self._deeper(self._take()):
            return self._called(POWER, start, base, self._signed())

    def _atom(self) -> Node:
        token = self._now
        match token.kind:
            case Kind.NUMBER:
                return self._number()
            case Kind.COLUMN:
                return Name(self._take().text)
            case Kind.CONSTANT:
                return Number(CONSTANTS[self._take().text])
            case Kind.FUNCTION:
                return self._function()
        if self._is("("):
            return self._bracket()
        if self._is("|"):
            return self._absolute()
        if self._is("√"):
            return self._root()
        raise refused(self._text, token.start, say("formula.no_operand", "a value is missing"))

    def _number(self) -> Number:
        token = self._take()
        if (value := float(token.text)) > LARGEST:
            raise refused(self._text, token.start, say("formula.huge", "this is too large a number"))
        if self._now.kind is Kind.NUMBER:
            why = say("formula.two_numbers", "something is missing between two numbers, such as + or *")
            raise refused(self._text, self._now.start, why)
        return Number(value)

    # --- brackets and functions -------------------------------------------------------------------------

    def _bracket(self) -> Node:
        (value,) = self._values(self._now)
        return value

    def _values(self, asking: Token, most: int | None = 1) -> list[Node]:
        """What stands in round brackets, with commas between."""
        with self._deeper(self._take(), in_bars=False):
            found = [self._sum()]
            while self._is(",") and (most is None or len(found) < most):
                self._take()
                found.append(self._sum())
        if self._is(","):
            raise refused(self._text, self._now.start, _too_many(asking))
        self._expect(")", say("formula.open_bracket", "a closing bracket is missing"))
        return found

    def _absolute(self) -> Node:
        opening = self._take()
        with self._deeper(opening, in_bars=True):
            value = self._sum()
        self._expect("|", say("formula.open_bar", "a closing | is missing"))
        return self._called(FUNCTIONS["abs"], opening.start, value)

    def _root(self) -> Node:
        sign = self._take()
        with self._deeper(sign):
            return self._called(FUNCTIONS["sqrt"], sign.start, self._power())

    def _function(self) -> Node:
        token = self._take()
        operation = FUNCTIONS[token.text]
        if self._is("("):
            values = self._values(token, operation.most)
            if len(values) < operation.least:
                raise refused(self._text, token.start, _too_few(token))
            return self._called(operation, token.start, *values)
        if operation.least > 1:
            raise refused(self._text, token.start, _too_few(token))
        if self._now.kind is Kind.RAISED or self._is("^"):
            raise refused(self._text, self._now.start, _power_of_function(token))
        with self._deeper(token):
            return self._called(operation, token.start, self._unbracketed(token))

    def _unbracketed(self, function: Token) -> Node:
        """What a function is of without brackets: `sin x₁`, `sin 2x₁`, and nothing that can be read twice."""
        start, negative = self._now.start, self._is("-")
        if negative:
            self._take()
        counted, value = self._now.kind is Kind.NUMBER, self._power()
        if counted and self._now.kind in (Kind.COLUMN, Kind.CONSTANT):
            value = self._called(MULTIPLY, start, value, self._power())
        if self._now.kind in (Kind.NUMBER, Kind.COLUMN, Kind.CONSTANT):
            raise refused(self._text, self._now.start, _how_far(function))
        return self._called(NEGATIVE, start, value) if negative else value

    # --- helpers ----------------------------------------------------------------------------------------

    def _begins_a_value(self) -> bool:
        """Whether a value follows with no sign before it, to be multiplied by."""
        if self._now.kind in (Kind.NUMBER, Kind.COLUMN, Kind.CONSTANT, Kind.FUNCTION):
            return True
        return self._is("(", "√") or (self._is("|") and not self._bars[-1])

    @contextmanager
    def _deeper(self, token: Token, in_bars: bool | None = None) -> Iterator[None]:
        """Within something; whether a bar closes it."""
        if len(self._bars) > DEEPEST:
            raise refused(self._text, token.start, say("formula.too_deep", "this is nested too deep"))
        self._bars.append(self._bars[-1] if in_bars is None else in_bars)
        yield
        self._bars.pop()

    def _refuse_rest(self) -> NoReturn:
        why = {
            ")": say("formula.closed_bracket", "this bracket was never opened"),
            ",": say(
                "formula.comma",
                "a comma stands between the values of a function alone; decimals have a point",
            ),
        }.get(self._now.text, say("formula.cannot_go_on", "it cannot go on like this"))
        raise refused(self._text, self._now.start, why)


def _too_few(function: Token) -> Text:
    return say("formula.too_few", "{name} is of two values, {name}(x, y)", name=function.text)


def _too_many(asking: Token) -> Text:
    if asking.kind is Kind.FUNCTION:
        return say("formula.too_many", "{name} is of fewer values; decimals have a point", name=asking.text)
    return say(
        "formula.comma", "a comma stands between the values of a function alone; decimals have a point"
    )


def _power_of_function(function: Token) -> Text:
    return say(
        "formula.power_of_function", "the power comes behind the brackets, {name}(x)^2", name=function.text
    )


def _how_far(function: Token) -> Text:
    return say("formula.how_far", "brackets must say how far {name} goes", name=function.text)
