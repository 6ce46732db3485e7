"""The pieces of a formula: numbers, names and signs, each with its place in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum, auto

from playground.data.formulas import LONGEST
from playground.data.formulas.names import Names
from playground.data.formulas.operations import CONSTANTS, FUNCTIONS
from playground.text import Text, say
from playground.value import InvalidValue
from playground.words import shortened

QUOTED = 24
"""Characters that a sentence quotes of the rest of a formula."""

WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
"""The wide forms of Chinese and Japanese keyboards."""

LIKE = WIDE | str.maketrans("−–‐×·÷", "---**/") | {0x2217: "*", 0x22C5: "*", 0x2215: "/"}
"""What is written for a sign that formulas know: minus, multiplied and divided have many."""

RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
LEVEL = str.maketrans(RAISED + "⁻", "0123456789-")
QUOTES = {"'": "'", '"': '"', "`": "`", "“": "”", "‘": "’", "„": "“"}

PIECE = re.compile(
    rf"""
      (?P<space> \s+ )
    | (?P<number> (?: [0-9]+ \.? [0-9]* | \.[0-9]+ ) (?: [eE] [+-]? [0-9]+ )? )
    | (?P<raised> ⁻? [{RAISED}]+ )
    | (?P<word> [^\W\d{RAISED}] [^\W{RAISED}]* )
    | (?P<quote> ['"`“‘„] )
    | (?P<sign> \*\* | [-+*/^(),|√] )
    """,
    re.VERBOSE,
)


class TokenKind(Enum):
    """What a piece is."""

    NUMBER = auto()
    RAISED = auto()
    COLUMN = auto()
    FUNCTION = auto()
    CONSTANT = auto()
    SIGN = auto()
    END = auto()


@dataclass(frozen=True)
class Token:
    """A piece, from `start` to `end` of the text; `text` is what it stands for."""

    kind: TokenKind
    text: str
    start: int
    end: int


def refused(text: str, place: int, why: Text) -> InvalidValue:
    """That a formula cannot be read at a place, counted from 0."""
    if place >= len(text.rstrip()):
        return InvalidValue(say("formula.fault_at_end", "cannot be read at the end: {why}", why=why))
    rest = shortened(text[place:].strip(), QUOTED)
    return InvalidValue(
        say(
            "formula.fault",
            "cannot be read at character {character}, before “{rest}”: {why}",
            character=place + 1,
            rest=rest,
            why=why,
        )
    )


def tokens(text: str, names: Names) -> tuple[Token, ...]:
    """The pieces of a text, and one for its end.

    Raises:
        InvalidValue: where there is something that is none.
    """
    if len(text) > LONGEST:
        raise InvalidValue(say("formula.too_long", "must have at most {most} characters", most=LONGEST))
    return (*_pieces(text, text.translate(LIKE), names), Token(TokenKind.END, "", len(text), len(text)))


def _pieces(text: str, plain: str, names: Names) -> Iterator[Token]:
    place = 0
    while place < len(text):
        found = PIECE.match(plain, place)
        if found is None:
            sign = shortened(repr(text[place])[1:-1])
            raise refused(text, place, say("formula.unknown_sign", "“{sign}” means nothing here", sign=sign))
        start, place = found.span()
        match found.lastgroup:
            case "number":
                yield Token(TokenKind.NUMBER, found.group(), start, place)
            case "raised":
                yield Token(TokenKind.RAISED, found.group().translate(LEVEL), start, place)
            case "word":
                yield from _words(text, found.group(), start, names)
            case "quote":
                place = _quotation_end(text, plain, start)
                yield _quoted(text, plain[start + 1 : place - 1], start, place, names)
            case "sign":
                yield Token(TokenKind.SIGN, found.group().replace("**", "^"), start, place)


def _words(text: str, word: str, start: int, names: Names) -> Iterator[Token]:
    """A word as the names that it is made of."""
    parts = (word,) if names.column(word) is not None else names.parts(word)
    if not parts:
        raise refused(text, start, _unknown(word, names))
    for part in parts:
        rest = text[start + len(part) :].translate(LIKE).lstrip()
        yield _named(part, start, names, followed_by_bracket=rest.startswith("("))
        start += len(part)


def _named(part: str, start: int, names: Names, followed_by_bracket: bool) -> Token:
    """A name, which means a column where it can; before a bracket, a function."""
    folded, end, column = part.casefold(), start + len(part), names.column(part)
    if folded in FUNCTIONS and (column is None or followed_by_bracket):
        return Token(TokenKind.FUNCTION, folded, start, end)
    if column is not None:
        return Token(TokenKind.COLUMN, column, start, end)
    return Token(TokenKind.CONSTANT, folded, start, end)


def _quotation_end(text: str, plain: str, start: int) -> int:
    """The place behind the closing quotation mark."""
    closing = plain.find(QUOTES[plain[start]], start + 1)
    if closing < 0:
        raise refused(text, len(text), say("formula.open_quote", "a quotation mark is missing"))
    return closing + 1


def _quoted(text: str, name: str, start: int, end: int, names: Names) -> Token:
    column = names.column(name)
    if column is None:
        raise refused(text, start, _unknown(name, names))
    return Token(TokenKind.COLUMN, column, start, end)


def _unknown(name: str, names: Names) -> Text:
    """That a name is not known, and which may be meant."""
    quoted = shortened(name, QUOTED)
    longer = [column for column in names.columns if name.casefold() in column.casefold()]
    known = {each.casefold(): each for each in (*names.columns, *FUNCTIONS, *CONSTANTS)}
    near = longer or [known[each] for each in get_close_matches(name.casefold(), known, n=1)]
    if near:
        return say(
            "formula.meant",
            "“{name}” is not known; perhaps {other} is meant",
            name=quoted,
            other=Names((near[0],)).told(),
        )
    return say(
        "formula.unknown_name",
        "“{name}” is not known; there are {columns} and {functions}",
        name=quoted,
        columns=names.told(),
        functions=", ".join((*FUNCTIONS, "pi", "e")),
    )
