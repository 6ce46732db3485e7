"""How a text was probably written: its encoding, what parts its fields, its decimal sign, and its header."""

from __future__ import annotations

import codecs
import csv
import re
from collections import Counter

from playground.data.tables.layout import DELIMITERS, Reading

_MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_NO_WINDOWS = frozenset(b"\x81\x8d\x8f\x90\x9d")
_NUMBER = re.compile(r"[+\-−]?(\d[\d.,]*|[.,]\d+)([eE][+-]?\d+)?%?")
_COMMA, _POINT = re.compile(r"[+-]?\d+,\d+"), re.compile(r"[+-]?\d+\.\d+")
TOLD = re.compile(r'"?sep=([\t -!#-~])"?\r?(?:\n|$)')
"""A first row in which a spreadsheet tells the delimiter."""

ROWS = 200
"""Rows that are looked at."""


def encoding(data: bytes) -> str:
    """The encoding of the beginning of a file."""
    for mark, name in _MARKS.items():
        if data.startswith(mark):
            return name
    if (zeros := data.count(0)) > len(data) / 4:  # every other byte, where letters are plain
        return "utf-16-le" if data[1::2].count(0) > zeros / 2 else "utf-16-be"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data)
    except UnicodeDecodeError:
        return "latin-1" if _NO_WINDOWS & set(data) else "windows-1252"
    return "utf-8"


def layout(text: str) -> Reading:
    """How the beginning of a table was written, by its whole rows; the encoding is not looked at."""
    if told := TOLD.match(text):
        return layout(text[told.end() :] or "\n").with_(delimiter=told[1])
    whole, end, _ = text.rpartition("\n")
    lines = (whole if end and whole.count("\n") else text).replace("\r\n", "\n").replace("\r", "\n")
    delimiter = max(DELIMITERS, key=lambda sign: _consistency(_rows(lines, sign)))
    rows = _rows(lines, delimiter)
    decimal = _decimal(rows) if delimiter != "," else "."
    return Reading(delimiter=delimiter, decimal=decimal, header=_has_header(rows))


def _rows(text: str, delimiter: str) -> list[list[str]]:
    """The first rows that are not blank."""
    found: list[list[str]] = []
    try:
        for row in csv.reader(text.splitlines(keepends=True), delimiter=delimiter):
            if row:
                found.append(row)
            if len(found) == ROWS:
                break
    except csv.Error:
        pass  # what was read before it tells enough
    return found


def _consistency(rows: list[list[str]]) -> tuple[float, int]:
    """How well a delimiter parts rows: the share of rows with the usual count of fields, and that count."""
    counts = Counter(map(len, rows))
    if not counts:
        return 0.0, 0
    usual, often = counts.most_common(1)[0]
    return (often / len(rows), usual) if usual > 1 else (0.0, 0)


def _decimal(rows: list[list[str]]) -> str:
    cells = [cell.strip() for row in rows for cell in row]
    commas, points = (sum(bool(sign.fullmatch(cell)) for cell in cells) for sign in (_COMMA, _POINT))
    return "," if commas > points else "."


def _has_header(rows: list[list[str]]) -> bool:
    """Whether the first row is of names: none of them a number, and none that comes again below."""
    if len(rows) < 2:
        return bool(rows) and not any(_is_number(cell) for cell in rows[0])
    first, below = rows[0], rows[1:]
    if any(_is_number(cell) for cell in first):
        return False
    columns = [[row[place].strip() for row in below if place < len(row)] for place in range(len(first))]
    if any(_is_number(cell) for column in columns for cell in column):
        return True
    return not any(
        cell.strip() in column for cell, column in zip(first, columns, strict=True) if cell.strip()
    )


def _is_number(cell: str) -> bool:
    return bool(_NUMBER.fullmatch(cell.strip()))
