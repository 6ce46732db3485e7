"""The place in the pieces of a formula that reading has come to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playground.data.formulas.formula import Call, Node
from playground.data.formulas.names import Names
from playground.data.formulas.operations import Operation
from playground.data.formulas.tokens import Token, TokenKind, refused, tokens
from playground.text import Text, say
from playground.value import InvalidValue

DEEPEST = 40
"""How deep brackets, signs and powers may be nested."""

VALUES = (TokenKind.NUMBER, TokenKind.COLUMN, TokenKind.CONSTANT, TokenKind.FUNCTION)


class Cursor:
    """Goes through the pieces of a text once, from left to right."""

    def __init__(self, text: str, names: Names) -> None:
        """Begin with the first; raises InvalidValue where there is something that is no piece."""
        self.text = text
        self._tokens = tokens(text, names)
        self._place = 0
        self._bars = [False]

    @property
    def token(self) -> Token:
        """The piece that is next."""
        return self._tokens[self._place]

    def take(self) -> Token:
        """Go past it."""
        taken = self.token
        self._place += 1
        return taken

    def at(self, *signs: str) -> bool:
        """Whether one of these signs is next."""
        return self.token.kind is TokenKind.SIGN and self.token.text in signs

    def at_value(self) -> bool:
        """Whether a value is next with no sign before it, to be multiplied by."""
        if self.token.kind in VALUES:
            return True
        return self.at("(", "√") or (self.at("|") and not self._bars[-1])

    def expect(self, sign: str, why: Text) -> None:
        """Go past a sign that must be next."""
        if not self.at(sign):
            raise self.refused(why)
        self.take()

    def called(self, operation: Operation, start: int, *arguments: Node) -> Call:
        """An operation that is written from `start` to here."""
        return Call(operation, arguments, start, self._tokens[self._place - 1].end)

    def refused(self, why: Text, token: Token | None = None) -> InvalidValue:
        """That it cannot be read at a piece, which is as a rule the next one."""
        return refused(self.text, (token or self.token).start, why)

    @contextmanager
    def deeper(self, token: Token, in_bars: bool | None = None) -> Iterator[None]:
        """Within something that a piece opened; whether a bar closes it."""
        if len(self._bars) > DEEPEST:
            raise self.refused(say("formula.too_deep", "this is nested too deep"), token)
        self._bars.append(self._bars[-1] if in_bars is None else in_bars)
        yield
        self._bars.pop()
