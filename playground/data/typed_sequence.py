"""A sequence as people type it: symbols one after the other, or numbers with blanks or semicolons between."""

from __future__ import annotations

import re

import numpy as np

from playground.data.dataset import Dataset
from playground.data.datasets.own_text import NAMES, OTHER, cleaned, codes_of
from playground.data.datasets.sequences.drawing import one_of
from playground.data.sample import Floats, SampleShape, lengths
from playground.numbers.reading import ENGLISH, Ambiguous, NotANumber, Signs, parse_number
from playground.numbers.writing import plain
from playground.text import say
from playground.value import InvalidValue
from playground.words import quoted

FIGURES = 6
MOST_NAMED = 30


def typed(text: str, dataset: Dataset, signs: Signs = ENGLISH) -> Floats:
    """The sequence (time, columns) of a dataset's shape that a text says, NaN behind its end.

    Of one that is to be continued the last steps count.

    Raises:
        InvalidValue: with a sentence, when it is none, too long or too short.
    """
    shape = dataset.shape
    steps = _symbols(text, shape.symbols) if shape.symbols else _numbers(text, shape, signs)
    longest = shape.sizes[0]
    if not len(steps):
        raise InvalidValue(say("typed.nothing", "Type a sequence."))
    if dataset.continues:
        steps = steps[-longest:]
        if len(steps) < longest:
            raise InvalidValue(
                say(
                    "typed.too_short",
                    "It has {count} steps, and the network is given {window} at once.",
                    count=len(steps),
                    window=longest,
                )
            )
    if len(steps) > longest:
        raise InvalidValue(
            say(
                "typed.too_long",
                "It has {count} steps, and the network takes {most} at most.",
                count=len(steps),
                most=longest,
            )
        )
    raw = np.full(shape.sizes, np.nan)
    raw[: len(steps)] = steps
    return raw


def written(raw: Floats, shape: SampleShape) -> str:
    """A sequence (time, columns) as it may be typed."""
    steps = raw[: int(lengths(raw[np.newaxis])[0])]
    if shape.symbols:
        return "".join(shape.symbols[place] for place in steps.argmax(axis=1).tolist())
    rows = [" ".join(plain(value, FIGURES) for value in step) for step in steps.tolist()]
    return (" " if raw.shape[1] == 1 else "; ").join(rows)


def _symbols(text: str, symbols: tuple[str, ...]) -> Floats:
    known = {*symbols}
    found = ""
    for each in cleaned(text):
        if each in known:
            found += each
        elif each.lower() in known:
            found += each.lower()
        elif OTHER in known:
            found += OTHER
        elif not each.isspace():
            raise InvalidValue(
                say(
                    "typed.unknown_symbol",
                    "{symbol} is none of what it has learnt from: {known}",
                    symbol=quoted(each),
                    known=" ".join(NAMES.get(symbol, symbol) for symbol in symbols[:MOST_NAMED]),
                )
            )
    return one_of(codes_of(found, symbols), len(symbols))


def _numbers(text: str, shape: SampleShape, signs: Signs) -> Floats:
    columns = shape.sizes[-1]
    if columns == 1:
        return np.array([[_number(entry, signs)] for entry in re.split(r"[;\s]+", text) if entry]).reshape(
            -1, 1
        )
    rows = [step.split() for step in re.split(r"[;\n]", text) if step.strip()]
    for place, row in enumerate(rows, 1):
        if len(row) != columns:
            raise InvalidValue(
                say(
                    "typed.other_columns",
                    "Step {number} has {count} numbers, and each has {columns}: {names}; "
                    "put a semicolon behind each step.",
                    number=place,
                    count=len(row),
                    columns=columns,
                    names=", ".join(shape.axes[-1].names),
                )
            )
    return np.array([[_number(entry, signs) for entry in row] for row in rows]).reshape(-1, columns)


def _number(entry: str, signs: Signs) -> float:
    try:
        number = float(parse_number(entry, signs=signs))
    except NotANumber:
        raise InvalidValue(say("typed.no_number", "{entry} is not a number", entry=quoted(entry))) from None
    except Ambiguous as problem:
        first, second = problem.readings
        raise InvalidValue(
            say(
                "typed.two_numbers",
                "{entry} can be {first} or {second}",
                entry=quoted(entry),
                first=first,
                second=second,
            )
        ) from None
    if not np.isfinite(number):
        raise InvalidValue(say("typed.no_number", "{entry} is not a number", entry=quoted(entry)))
    return number
