"""Reading a formula: sums of products of powers, as in school, with × left out and x₁ for x1.

sum     = product { ("+" | "-") product }
product = signed { ("*" | "/" | nothing) signed }
signed  = ("-" | "+") signed | power
power   = atom [ ("^" signed) | "²" ]
atom    = number | name | function "(" sum {"," sum} ")" | function power | "(" sum ")" | "|" sum "|"
"""

from __future__ import annotations

from functools import lru_cache
from typing import NoReturn

from playground.data.formulas.cursor import Cursor
from playground.data.formulas.formula import LARGEST, ColumnValues, Formula, Node, WrittenNumber
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
)
from playground.data.formulas.tokens import Token, TokenKind
from playground.text import Text, say


@lru_cache(maxsize=256)
def read(text: str, names: Names) -> Formula:
    """The formula of a text.

    Raises:
        InvalidValue: a sentence that says where it cannot be read, and what to do.
    """
    return _Reader(text, names).formula()


class _Reader:
    """A method a line of the grammar."""

    def __init__(self, text: str, names: Names) -> None:
        self._here = Cursor(text, names)

    def formula(self) -> Formula:
        """All of it."""
        root = self._sum()
        if self._here.token.kind is not TokenKind.END:
            self._refuse_rest()
        return Formula(self._here.text, root)

    # --- the grammar ------------------------------------------------------------------------------------

    def _sum(self) -> Node:
        start, left = self._here.token.start, self._product()
        while self._here.at("+", "-"):
            operation = ADD if self._here.take().text == "+" else SUBTRACT
            left = self._here.called(operation, start, left, self._product())
        return left

    def _product(self) -> Node:
        start, left = self._here.token.start, self._signed()
        while True:
            if self._here.at("*", "/"):
                operation = MULTIPLY if self._here.take().text == "*" else DIVIDE
                left = self._here.called(operation, start, left, self._signed())
            elif self._here.at_value():
                left = self._here.called(MULTIPLY, start, left, self._power())
            else:
                return left

    def _signed(self) -> Node:
        if not self._here.at("+", "-"):
            return self._power()
        sign = self._here.take()
        with self._here.deeper(sign):
            value = self._signed()
        return self._here.called(NEGATIVE, sign.start, value) if sign.text == "-" else value

    def _power(self) -> Node:
        start, base = self._here.token.start, self._atom()
        while self._here.token.kind is TokenKind.RAISED:
            exponent = WrittenNumber(float(self._here.take().text))
            base = self._here.called(POWER, start, base, exponent)
        if not self._here.at("^"):
            return base
        with self._here.deeper(self._here.take()):
            return self._here.called(POWER, start, base, self._signed())

    def _atom(self) -> Node:
        token = self._here.token
        match token.kind:
            case TokenKind.NUMBER:
                return self._number()
            case TokenKind.COLUMN:
                return ColumnValues(self._here.take().text)
            case TokenKind.CONSTANT:
                return WrittenNumber(CONSTANTS[self._here.take().text])
            case TokenKind.FUNCTION:
                return self._function()
        if self._here.at("("):
            return self._bracket()
        if self._here.at("|"):
            return self._absolute()
        if self._here.at("√"):
            return self._root()
        raise self._here.refused(say("formula.no_operand", "a value is missing"), token)

    def _number(self) -> WrittenNumber:
        token = self._here.take()
        if (value := float(token.text)) > LARGEST:
            raise self._here.refused(say("formula.huge", "this is too large a number"), token)
        if self._here.token.kind is TokenKind.NUMBER:
            why = say("formula.two_numbers", "something is missing between two numbers, such as + or *")
            raise self._here.refused(why)
        return WrittenNumber(value)

    # --- brackets and functions -------------------------------------------------------------------------

    def _bracket(self) -> Node:
        (value,) = self._values(self._here.token)
        return value

    def _values(self, asking: Token, most: int | None = 1) -> list[Node]:
        """What stands in round brackets, with commas between."""
        with self._here.deeper(self._here.take(), in_bars=False):
            found = [self._sum()]
            while self._here.at(",") and (most is None or len(found) < most):
                self._here.take()
                found.append(self._sum())
        if self._here.at(","):
            raise self._here.refused(_too_many(asking))
        self._here.expect(")", say("formula.open_bracket", "a closing bracket is missing"))
        return found

    def _absolute(self) -> Node:
        opening = self._here.take()
        with self._here.deeper(opening, in_bars=True):
            value = self._sum()
        self._here.expect("|", say("formula.open_bar", "a closing | is missing"))
        return self._here.called(FUNCTIONS["abs"], opening.start, value)

    def _root(self) -> Node:
        sign = self._here.take()
        with self._here.deeper(sign):
            return self._here.called(FUNCTIONS["sqrt"], sign.start, self._power())

    def _function(self) -> Node:
        token = self._here.take()
        operation = FUNCTIONS[token.text]
        if self._here.at("("):
            values = self._values(token, operation.most)
            if len(values) < operation.least:
                raise self._here.refused(_too_few(token), token)
            return self._here.called(operation, token.start, *values)
        if operation.least > 1:
            raise self._here.refused(_too_few(token), token)
        if self._here.token.kind is TokenKind.RAISED or self._here.at("^"):
            raise self._here.refused(_power_of_function(token))
        with self._here.deeper(token):
            return self._here.called(operation, token.start, self._unbracketed(token))

    def _unbracketed(self, function: Token) -> Node:
        """What a function is of without brackets: `sin x₁`, `sin 2x₁`, and nothing that can be read twice."""
        start, negative = self._here.token.start, self._here.at("-")
        if negative:
            self._here.take()
        counted, value = self._here.token.kind is TokenKind.NUMBER, self._power()
        if counted and self._here.token.kind in (TokenKind.COLUMN, TokenKind.CONSTANT):
            value = self._here.called(MULTIPLY, start, value, self._power())
        if self._here.token.kind in (TokenKind.NUMBER, TokenKind.COLUMN, TokenKind.CONSTANT):
            raise self._here.refused(_how_far(function))
        return self._here.called(NEGATIVE, start, value) if negative else value

    def _refuse_rest(self) -> NoReturn:
        why = {
            ")": say("formula.closed_bracket", "this bracket was never opened"),
            ",": say(
                "formula.comma",
                "a comma stands between the values of a function alone; decimals have a point",
            ),
        }.get(self._here.token.text, say("formula.cannot_go_on", "it cannot go on like this"))
        raise self._here.refused(why)


def _too_few(function: Token) -> Text:
    return say("formula.too_few", "{name} is of two values, {name}(x, y)", name=function.text)


def _too_many(asking: Token) -> Text:
    if asking.kind is TokenKind.FUNCTION:
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
