"""The recorded curves as a table that spreadsheets open and that loses no digit."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from playground.files.archive import HISTORY
from playground.files.problem import FileProblem
from playground.text import say
from playground.words import shortened

Floats = NDArray[np.float64]


def to_bytes(history: Mapping[str, Floats]) -> bytes:
    """A line of names, then one of numbers a record; NaN is an empty cell."""
    if not history:
        return b""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(history)
    columns = [[_cell(number) for number in column.tolist()] for column in history.values()]
    writer.writerows(zip(*columns, strict=True))
    return text.getvalue().encode()


def from_bytes(data: bytes) -> dict[str, Floats]:
    """The columns by name.

    Raises:
        FileProblem: naming the line that is wrong.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FileProblem(say("entry.no_text", "{entry}: is not text in UTF-8", entry=HISTORY)) from None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        names = next(reader, [])
        rows = [_numbers(cells, len(names), reader.line_num) for cells in reader]
    except csv.Error as error:
        raise FileProblem(
            say(
                "table.unreadable",
                "{entry}: line {line_num}: {error}",
                entry=HISTORY,
                line_num=reader.line_num,
                error=str(error),
            )
        ) from None
    if len(set(names)) < len(names):
        raise FileProblem(say("table.column_twice", "{entry}: line 1: names a column twice", entry=HISTORY))
    table = np.array(rows, np.float64).reshape(len(rows), len(names))
    return dict(zip(names, np.ascontiguousarray(table.T), strict=True))


def _cell(number: float) -> str:
    return "" if math.isnan(number) else repr(number).removesuffix(".0")


def _numbers(cells: list[str], columns: int, line: int) -> list[float]:
    if len(cells) != columns:
        raise FileProblem(
            say(
                "table.other_cells",
                "{entry}: line {line}: has {cells} cells, and there are {columns} columns",
                entry=HISTORY,
                line=line,
                cells=len(cells),
                columns=columns,
            )
        )
    try:
        return [float(cell) if cell else math.nan for cell in cells]
    except ValueError as error:
        raise FileProblem(
            say(
                "table.refused",
                "{entry}: line {line}: {error}",
                entry=HISTORY,
                line=line,
                error=shortened(error),
            )
        ) from None
