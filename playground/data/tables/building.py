"""From frames of texts, or of values, to a table: names, missing values, and what each column holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from playground.data.tables import kinds, texts
from playground.data.tables.column import TableColumn
from playground.data.tables.kinds import Rows
from playground.data.tables.layout import Reading
from playground.data.tables.limits import check_columns
from playground.data.tables.problem import TableProblem
from playground.data.tables.streams import Report
from playground.data.tables.table import Table
from playground.text import Text, say
from playground.words import shortened

if TYPE_CHECKING:
    import polars as pl

SHOWN = 100
"""Rows of which a table keeps the texts, to be looked at."""

LONGEST_NAME = 100
"""Letters of a column's name; a longer one is cut."""


def of_texts(frame: pl.DataFrame, reading: Reading, name: str, keep: bool, report: Report) -> Table:
    """The table of a frame of texts, whose first row has the names if the reading says so.

    Raises:
        TableProblem: when it has no rows, or a number in it is infinite.
    """
    rows, frame = _without_blank_rows(frame)
    remarks: list[Text] = []
    names = [f"column {number}" for number in range(1, frame.width + 1)]
    if reading.header and frame.height:
        first = [str(cell or "").strip() for cell in frame.row(0)]
        frame, rows = frame[1:], rows[1:]
        names = _distinct([_shown(cell) or usual for cell, usual in zip(first, names, strict=True)], remarks)
        if not first[-1] and frame.height and (frame[:, -1] == "").all():  # each row ends with a delimiter
            frame, names = frame[:, :-1], names[: check_columns(len(names) - 1)]
    _check_rows(frame.height)
    beginning = tuple(tuple(_written(cell) for cell in row) for row in frame.head(SHOWN).rows())
    kept = frame.rename(dict(zip(frame.columns, names, strict=True))) if keep else None
    columns = []
    for place, title in enumerate(names):
        report(place / len(names))
        cells = frame.drop_in_place(frame.columns[0])
        column, remark = kinds.of_texts(title, cells, reading.decimal, ["", *reading.missing], rows)
        columns.append(column)
        remarks += [remark] if remark else []
    return Table(len(rows), tuple(columns), name, tuple(remarks), beginning, rows, kept)


def of_values(frame: pl.DataFrame, name: str, keep: bool, report: Report) -> Table:
    """The table of a frame of values.

    Raises:
        TableProblem: when it has no rows, or what is in it is neither numbers, texts nor dates.
    """
    _check_rows(frame.height)
    remarks: list[Text] = []
    rows = range(1, frame.height + 1)
    names = _distinct([_shown(title) or "column" for title in frame.columns], remarks)
    beginning = tuple(tuple(_written(cell) for cell in row) for row in frame.head(SHOWN).rows())
    columns = []
    for place, title in enumerate(names):
        report(place / len(names))
        columns.append(_of_values(title, frame.to_series(place), rows))
    kept = frame.rename(dict(zip(frame.columns, names, strict=True))) if keep else None
    return Table(frame.height, tuple(columns), name, tuple(remarks), beginning, rows, kept)


def _of_values(name: str, values: pl.Series, rows: Rows) -> TableColumn:
    import polars as pl

    kind = values.dtype
    if kind.is_numeric():
        numbers = texts.to_floats(values)
        if len(infinite := np.flatnonzero(np.isinf(numbers))):
            raise TableProblem(say("table.infinite_value", "it is infinite"), rows[infinite[0]], name)
        return kinds.of_numbers(name, numbers)
    if kind in (pl.Date, pl.Datetime):
        return TableColumn(name, "date", texts.in_days(values), missing=values.null_count())
    if kind in (pl.String, pl.Categorical, pl.Enum, pl.Boolean):
        column, _ = kinds.of_texts(name, values.cast(pl.String), ".", (), rows)
        return column
    if kind == pl.Null:
        return kinds.of_numbers(name, np.full(len(values), np.nan))
    raise TableProblem(
        say("table.no_values", "it holds {kind}, neither numbers, texts nor dates", kind=shortened(kind)),
        column=name,
    )


def _without_blank_rows(frame: pl.DataFrame) -> tuple[Rows, pl.DataFrame]:
    """The numbers of the rows that are not blank, from 1, and those rows."""
    blank = frame.to_series(0).is_null()
    if not blank.any():
        return range(1, frame.height + 1), frame
    return np.flatnonzero(~blank.to_numpy()) + 1, frame.filter(~blank)


def _check_rows(count: int) -> None:
    if not count:
        raise TableProblem(say("table.no_rows", "It has no rows."))


def _shown(name: str) -> str:
    """A name on one line, not too long."""
    return shortened(" ".join(name.split()), LONGEST_NAME)


def _written(cell: object) -> str:
    return "" if cell is None else shortened(cell, LONGEST_NAME)


def _distinct(names: Sequence[str], remarks: list[Text]) -> list[str]:
    """The names, with _2, _3 … behind those that are there before."""
    found: dict[str, None] = {}
    for name in names:
        other, number = name, 1
        while other in found or (other != name and other in names):
            number += 1
            other = f"{name}_{number}"
        if other != name:
            remarks.append(
                say("table.renamed", "A second column “{name}” is called “{other}”.", name=name, other=other)
            )
        found[other] = None
    return list(found)
