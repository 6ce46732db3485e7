"""New rows for a network that has learnt from a table: the same columns, by name, in the same codes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from playground.data.graphs.of_table import OF_NEIGHBOURS, means
from playground.data.sample import Column, Floats
from playground.data.tables import kinds, texts
from playground.data.tables.column import TableColumn
from playground.data.tables.kinds import Rows
from playground.data.tables.problem import TableProblem
from playground.data.tables.table import Table
from playground.text import say
from playground.words import quoted, shortened

NAMED = 20
"""How many names of columns a sentence lists."""


def values(table: Table, columns: Sequence[Column]) -> Floats:
    """The values (rows, columns) of these columns of a dataset, NaN where one is missing.

    Raises:
        TableProblem: when a column is not there, or a value was never learnt from; it names row and column.
    """
    known = {column.name: column for column in _with_means(table, columns)}
    if lacking := [column.name for column in columns if column.name not in known]:
        names = ", ".join(f"“{shortened(name, 60)}”" for name in lacking[:NAMED])
        raise TableProblem(say("rows.no_column", "It lacks the column {names}.", names=names))
    found = [_values(known[column.name], column, table.numbers) for column in columns]
    return np.stack(found, axis=1) if found else np.empty((table.rows, 0))


def _with_means(table: Table, columns: Sequence[Column]) -> tuple[TableColumn, ...]:
    """The columns of a table, and of nodes those that are the means of their neighbours."""
    if table.graph is None:
        return table.columns
    names = [column.name for column in table]
    starts = [column.name.removeprefix(OF_NEIGHBOURS) for column in columns if column.name not in names]
    wanted = [kinds.changed(table.column(name), "number", table.numbers) for name in starts if name in names]
    raw = np.stack([column.values for column in wanted], axis=1) if wanted else np.empty((table.rows, 0))
    found = means(table.graph, raw.astype(np.float64), *[[column.name for column in wanted]] * 2)
    columns_of_means = (
        TableColumn(f"{OF_NEIGHBOURS}{column.name}", "number", values)
        for column, values in zip(wanted, found.T, strict=True)
    )
    return (*table.columns, *columns_of_means)


def _values(given: TableColumn, column: Column, rows: Rows) -> Floats:
    if column.categories:
        return _codes(given, column, rows)
    if given.missing == len(given.values):
        return np.full(len(given.values), np.nan)
    return kinds.changed(given, "number", rows).values.astype(np.float64, copy=False)


def _codes(given: TableColumn, column: Column, rows: Rows) -> Floats:
    """The code that each text has in the dataset's own categories."""
    written = kinds.as_texts(given)
    codes = texts.codes_of(written, column.categories)
    unseen = np.flatnonzero((codes < 0) & written.is_not_null().to_numpy())
    if len(unseen):
        row = int(unseen[0])
        raise TableProblem(
            say(
                "rows.unseen",
                "{text} is none of the categories that were learnt from",
                text=quoted(written[row]),
            ),
            int(rows[row]),
            column.name,
        )
    return np.where(codes < 0, np.nan, codes)
