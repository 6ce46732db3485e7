"""Numbers as people type them, wherever they are from: one rule for every field.

The point and the locale's decimal sign both work, and so does a comma where it can be nothing else.  Spaces,
apostrophes, commas and points stand between groups of digits where they cannot be a decimal sign, and never
before a power of ten.  What can be read in two ways is refused, with both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from playground.record import record
from playground.words import quoted

LONGEST_WHOLE = 300
"""Digits of a whole number that is still read exactly."""

_SPACES = re.compile(r"\s")
_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200e\u200f\u061c\u2066\u2067\u2068\u2069\ufeff"))
"""What text is marked with and nobody types, such as the direction of writing."""

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
"""The wide forms of Chinese and Japanese keyboards."""

_LIKE = str.maketrans({"−": "-", "–": "-", "‐": "-", "‑": "-", "’": "'", "‘": "'", "´": "'", "`": "'"})
_NUMBER = re.compile(r"(?P<sign>[+-]?) ?(?P<digits>[\d.,' ٫٬]*\d[.,٫]?) ?(?P<power>e[+-]?\d+)?", re.A | re.I)
_SEPARATOR = re.compile(r"\s*;\s*|\s*,\s+|\s*,$")


@record
class Signs:
    """What a locale writes before decimals, and between groups of digits."""

    decimal: str = "."
    group: str = ","


ENGLISH = Signs()
NOTHING: Mapping[str, float] = {}


class NotANumber(ValueError):
    """What was typed is no number."""

    def __init__(self, entry: str) -> None:
        super().__init__(f"{quoted(entry)} is not a number")
        self.entry = entry


class Ambiguous(ValueError):
    """What was typed can be read in two ways; `readings` are how each can be typed so that it is clear."""

    def __init__(self, entry: str, first: str, second: str) -> None:
        super().__init__(f"{quoted(entry)} can be {first} or {second}")
        self.entry, self.readings = entry, (first, second)


def parse_number(text: str, unit: str = "", signs: Signs = ENGLISH) -> int | float:
    """The number that a person typed: `1 000`, `0.5`, `0,5`, `1e-3`, `5 %`; whole ones as int.

    It is infinite when it is larger than any number that can be held.

    Raises:
        NotANumber, Ambiguous: when it is none, or can be two.
    """
    readings = _readings(text.strip().removesuffix(unit), signs)
    if not readings:
        raise NotANumber(text.strip())
    if len(readings) > 1:
        first, second = (reading.replace(".", signs.decimal) for reading in readings[:2])
        raise Ambiguous(text.strip(), first, second)
    return _value(readings[0])


def parse_row(
    text: str, signs: Signs = ENGLISH, whole: bool = False, known: Mapping[str, float] = NOTHING
) -> list[float]:
    """The numbers of a row: between them are semicolons, or commas and spaces.

    A comma without a space is between two of them when the numbers are `whole`, or cannot be read otherwise.
    What was there before is `known` by its text.

    Raises:
        NotANumber, Ambiguous: when an entry is none, or can be two.
    """
    entries = [entry for entry in _SEPARATOR.split(text.strip()) if entry]
    numbers: list[float] = []
    for entry in entries:
        if entry in known:
            numbers.append(known[entry])
        elif ";" in text:
            numbers.append(parse_number(entry, signs=signs))
        else:
            numbers += _numbers(entry, signs, whole)
    return numbers


def _numbers(entry: str, signs: Signs, whole: bool) -> Iterator[float]:
    """The numbers of a piece that may hold commas without a space, or spaces without a comma."""
    for separator in (",", " "):
        parts = entry.split(separator)
        if len(parts) == 1 or not all(_readings(part, signs) for part in parts):
            continue
        one = [] if whole and separator == "," else _readings(entry, signs)
        if one:
            raise Ambiguous(entry, one[-1], "; ".join(part.strip() for part in parts))
        for part in parts:
            yield from _numbers(part, signs, whole)
        return
    yield parse_number(entry, signs=signs)


def _readings(text: str, signs: Signs) -> list[str]:
    """Every number that the text can be, in plain digits: first without decimals, then with them."""
    found = _NUMBER.fullmatch(_plain(text))
    if found is None:
        return []
    digits = found["digits"]
    group, decimal = (_plain(sign) for sign in (signs.group, signs.decimal))
    sign, power = found["sign"].replace("+", ""), (found["power"] or "").lower()
    readings = [_ungrouped(digits, "" if power else _grouping(digits, group, decimal))]
    for point in dict.fromkeys((".", ",", "٫", decimal)):
        before, _, after = digits.partition(point)
        if point in digits and re.fullmatch(r"\d*", after, re.A) and (before or after):
            readings.append(_with_decimals(_ungrouped(before, " ',.٬" + group) if before else "0", after))
    return list(dict.fromkeys(f"{sign}{reading}{power}" for reading in readings if reading))


def _plain(text: str) -> str:
    """The text with the signs and digits that all scripts have in common."""
    text = _SPACES.sub(" ", text.translate(_UNSEEN).translate(_WIDE).translate(_LIKE).strip())
    return "".join(str(int(letter)) if letter.isdecimal() else letter for letter in text)


def _grouping(digits: str, group: str, decimal: str) -> str:
    """The signs that may stand between groups where no decimals follow."""
    signs = " '٬" + group
    for sign in ",.":
        alone = digits.count(sign) == 1
        if sign != group and not (alone and sign in (".", decimal)):
            signs += sign
    return signs


def _ungrouped(digits: str, signs: str) -> str:
    """The digits without the sign between groups of three (or two, as in India); "" for other groups."""
    if digits.isdecimal():
        return digits
    for sign in set(signs) & set(digits):
        between = re.escape(sign)
        if re.fullmatch(
            rf"[1-9]\d{{0,2}}({between}\d{{3}})+|[1-9]\d?({between}\d\d)*{between}\d{{3}}", digits
        ):
            return digits.replace(sign, "")
    return ""


def _with_decimals(whole: str, decimals: str) -> str:
    return whole and f"{whole}.{decimals.rstrip('0') or '0'}"


def _value(reading: str) -> int | float:
    if len(reading) <= LONGEST_WHOLE and re.fullmatch(r"-?\d+", reading):
        return int(reading)
    return float(reading)
