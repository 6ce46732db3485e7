"""New rows with what a network makes of them: the same cells, and its answers behind them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from playground.data import TableSeries
from playground.data.graphs.node_graph import NodeGraph
from playground.data.tables import new_rows
from playground.data.tables.table import Table
from playground.files.sequence_predictions import continued_series, names_of_outputs, typed_sequences
from playground.text import say
from playground.training.moment import Answers, Moment
from playground.value import InvalidValue

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, eq=False)
class Predicted:
    """Rows, of which some lack a value and have no answer."""

    frame: pl.DataFrame
    rows: int
    complete: int


def predicted(moment: Moment, table: Table) -> Predicted:
    """The rows of a table that was read with its cells, with the answers to them.

    Raises:
        InvalidValue: when a column is not there, or a value was never learnt from; it names row and column.
    """
    assert table.cells is not None
    dataset = moment.data.dataset
    if isinstance(dataset, TableSeries) and moment.data.task == dataset.task:
        return Predicted(*continued_series(moment, dataset, table))
    if dataset.shape.is_sequence:
        raw = typed_sequences(table, dataset)
        with np.errstate(all="ignore"):
            answers = moment.ask(raw)
        everyone = np.ones(len(raw), bool)
        return Predicted(_with(table.cells, dict(_columns(moment, answers)), everyone), len(raw), len(raw))
    raw = new_rows.values(table, dataset.columns)
    lacking = np.isnan(raw).any(axis=1) & (moment.data.fill is None)
    complete = np.zeros(len(raw), bool)
    complete[~lacking] = moment.data.known(raw[~lacking])
    links = _links(table, complete) if moment.experiment.takes_whole_graph else None
    with np.errstate(all="ignore"):
        answers = moment.ask(raw[complete], links=links)
    frame = with_answers(table.cells, moment, answers, complete)
    return Predicted(frame, len(raw), int(np.count_nonzero(complete)))


def _links(table: Table, complete: NDArray[np.bool_]) -> NodeGraph:
    """The graph of those rows that have all values.

    Raises:
        InvalidValue: when nothing joins them.
    """
    if table.graph is None:
        raise InvalidValue(
            say(
                "predict.no_edges",
                "Its layers read the edges between rows, and these have none; "
                "give a graph, or the table of its edges.",
            )
        )
    return table.graph.of(np.flatnonzero(complete))


def with_answers(
    cells: pl.DataFrame, moment: Moment, answers: Answers, complete: NDArray[np.bool_]
) -> pl.DataFrame:
    """The cells with the answers behind them, which those rows have that are complete."""
    return _with(cells, dict(_columns(moment, answers)), complete)


def to_bytes(frame: pl.DataFrame, delimiter: str = ",") -> bytes:
    """The rows as text in UTF-8, their names on top."""
    buffer = io.BytesIO()
    frame.write_csv(buffer, separator=delimiter)
    return buffer.getvalue()


def _columns(moment: Moment, answers: Answers) -> Iterator[tuple[str, Any]]:
    """What is added to each row that has all values, by name."""
    names = np.array(moment.data.task.class_names)
    if answers.classes is None:
        dataset, outputs = moment.data.dataset, answers.outputs
        of_inputs = moment.experiment.data.targets == "inputs"
        targets = names_of_outputs(dataset, outputs.shape[1])
        if of_inputs:
            targets = moment.experiment.data.input_names
        several = outputs.shape[1] > 1
        for place, values in enumerate(outputs.T):
            yield f"prediction.{targets[place]}" if several else "prediction", values
        return
    yield "prediction", names[answers.classes]
    if answers.shares is not None:
        shares = answers.shares
        yield "probability", np.take_along_axis(shares, answers.classes[:, np.newaxis], axis=1)[:, 0]
        yield from ((f"probability.{name}", share) for name, share in zip(names, shares.T, strict=True))


def _with(cells: pl.DataFrame, columns: dict[str, Any], complete: Any) -> pl.DataFrame:
    """The cells with these columns behind them, empty in rows that are not complete."""
    import polars as pl

    places = pl.Series(np.flatnonzero(complete), dtype=pl.UInt32)
    for name, values in columns.items():
        while name in cells.columns:
            name = f"{name}_2"
        known = pl.Series(name, np.ascontiguousarray(values))
        empty = pl.Series(name, [None], dtype=known.dtype).new_from_index(0, cells.height)
        cells = cells.with_columns(empty.scatter(places, known))
    return cells
