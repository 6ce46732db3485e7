"""Predictions for sequences of a file: of a series row by row and beyond its end, or of typed sequences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from playground.data import Dataset, TableSeries
from playground.data.sample import Column, Floats
from playground.data.tables import new_rows
from playground.data.tables.problem import TableProblem
from playground.data.tables.series import in_order_of_dates
from playground.data.tables.table import Table
from playground.data.typed_sequence import typed
from playground.text import say
from playground.training.moment import Moment
from playground.value import InvalidValue

if TYPE_CHECKING:
    import polars as pl

SEQUENCE = "sequence"
"""The column that holds sequences as they are typed."""


def typed_sequences(table: Table, dataset: Dataset) -> Floats:
    """The sequences (rows, time, columns) in the column of sequences, or in the only one.

    Raises:
        TableProblem: when there is no such column, or one of them cannot be read; it names the row.
    """
    assert table.cells is not None
    names = table.cells.columns
    name = names[0] if len(names) == 1 else SEQUENCE
    if name not in names:
        raise TableProblem(
            say(
                "sequences.no_column",
                "It lacks the column “{name}” with a sequence in each row.",
                name=SEQUENCE,
            )
        )
    found = np.empty((table.rows, *dataset.shape.sizes))
    for row, text in enumerate(table.cells[name].to_list()):
        try:
            found[row] = typed("" if text is None else str(text), dataset)
        except InvalidValue as problem:
            raise TableProblem(problem.text, int(table.numbers[row]), name) from None
    return found


def continued_series(moment: Moment, dataset: TableSeries, table: Table) -> tuple[pl.DataFrame, int, int]:
    """The rows with what was predicted of each from those before it, and the rows behind the last one.

    How many rows there are is told as well, and how many of them have a prediction: the first ones have no
    window before them, and none has one in whose window a value is missing.

    Raises:
        TableProblem: when a column is not there, or holds no numbers.
    """
    assert table.cells is not None
    values = new_rows.values(table, [Column(name) for name in dataset.names])
    order = in_order_of_dates(table)
    values = values[order]
    rows, window, horizon = len(values), dataset.window, dataset.horizon
    if rows < window:
        raise TableProblem(
            say("sequences.too_few_rows", "It has {rows} rows, and the network is given {window} at once.",
                rows=rows, window=window)
        )  # fmt: skip
    windows = np.lib.stride_tricks.sliding_window_view(values, window, axis=0).swapaxes(1, 2)
    complete = np.isfinite(windows.reshape(len(windows), -1)).all(axis=1)
    said = np.full((len(windows), horizon, len(dataset.names)), np.nan)
    with np.errstate(all="ignore"):
        said[complete] = moment.ask(windows[complete]).outputs.reshape(-1, horizon, len(dataset.names))
    first = said[:-1, 0]
    found = np.full((rows + horizon, len(dataset.names)), np.nan)
    found[order[window:]] = first
    found[rows:] = said[-1]
    return _beside(table.cells, found, dataset), rows, int(np.count_nonzero(np.isfinite(first).all(axis=1)))


def _beside(cells: pl.DataFrame, found: Floats, dataset: TableSeries) -> pl.DataFrame:
    """The cells, with empty ones below them, and the predictions behind them."""
    import polars as pl

    more = len(found) - cells.height
    empty = {name: pl.Series(name, [None] * more, dtype=cells.schema[name]) for name in cells.columns}
    frame = pl.concat([cells, pl.DataFrame(empty)])
    for place, name in enumerate(dataset.names):
        title = f"prediction.{name}" if len(dataset.names) > 1 else "prediction"
        while title in frame.columns:
            title += "_2"
        frame = frame.with_columns(pl.Series(title, found[:, place], nan_to_null=True))
    return frame


def names_of_outputs(dataset: Dataset, outputs: int) -> tuple[Any, ...]:
    """What the numbers are called that are predicted of a sample."""
    names: tuple[str, ...] = getattr(dataset, "targets", ())
    return names if len(names) == outputs else tuple(range(1, outputs + 1))
