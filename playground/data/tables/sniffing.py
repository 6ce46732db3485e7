"""How a text was probably written: its encoding, what parts its fields, its decimal sign, and its header."""

from __future__ import annotations

import codecs
import csv
import re
from collections import Counter

from playground.data.tables.layout import DELIMITERS, MOST_ABOVE, Reading

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
        rest = layout(text[told.end() :] or "\n")
        return rest.with_(delimiter=told[1], above=rest.above + 1 if rest.above else 0)
    whole, end, _ = text.rpartition("\n")
    lines = (whole if end and whole.count("\n") else text).replace("\r\n", "\n").replace("\r", "\n")
    delimiter = max(DELIMITERS, key=lambda sign: _consistency(list(_rows(lines, sign).values())))
    rows = _rows(lines, delimiter)
    passed = rows_above(list(rows.values()))
    below = list(rows.values())[passed:]
    decimal = _decimal(below) if delimiter != "," else "."
    above = list(rows)[passed - 1] if passed else 0
    return Reading(delimiter=delimiter, decimal=decimal, above=above, header=_has_header(below))


def rows_above(rows: list[list[str]]) -> int:
    """How many rows stand above the table, such as a title: all rows below have its number of fields."""
    usual = Counter(map(len, rows)).most_common(1)[0][0] if rows else 0
    above = next((place for place, row in enumerate(rows) if not _is_title(row, usual)), 0)
    return above if above <= MOST_ABOVE and all(len(row) == usual for row in rows[above:]) else 0


def _is_title(row: list[str], usual: int) -> bool:
    """Whether a row has something in its first fields alone, and that in few of those that are usual."""
    filled = [bool(field.strip()) for field in row]
    few = sum(filled) <= usual / 2 if len(row) < usual else sum(filled) < usual / 2
    return few and filled == sorted(filled, reverse=True)


def _rows(text: str, delimiter: str) -> dict[int, list[str]]:
    """The first rows that are not blank, by the number of the line in which each ends."""
    found: dict[int, list[str]] = {}
    reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter)
    try:
        for row in reader:
            if row:
                found[reader.line_num] = row
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
