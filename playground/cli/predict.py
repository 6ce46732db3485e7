"""The `predict` command: rows of a table in, the same rows with what a network makes of them out."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from playground.cli.arguments import Predict
from playground.cli.faults import SUCCESS, fail
from playground.cli.outputs import write
from playground.cli.tables import load, naming
from playground.cli.usage import UsageProblem
from playground.data.tables import new_rows
from playground.files.atomic import check_writable
from playground.files.sources import resolve
from playground.numbers.writing import plain_count
from playground.training.moment import Answers, Moment
from playground.training.trainer import Trainer
from playground.words import shortened

if TYPE_CHECKING:
    import polars as pl


def predict(command: Predict) -> int:
    """Write the rows with their predictions; the exit code.

    Raises:
        UsageProblem, FileProblem, InvalidValue: when there is nothing to predict with, or from.
    """
    check_writable(command.out)
    moment = _moment(command.source)
    table = load(command.data, keep=True)
    with naming(command.data):
        raw = new_rows.values(table, moment.data.dataset.columns)
    lacking = np.isnan(raw).any(axis=1) & (moment.data.fill is None)
    complete = np.zeros(len(raw), bool)
    complete[~lacking] = moment.data.known(raw[~lacking])
    with np.errstate(all="ignore"):
        answers = moment.ask(raw[complete])
    assert table.cells is not None
    frame = _with(table.cells, dict(_columns(moment, answers)), complete)
    if problems := list(write(command.out, lambda: _to_bytes(frame))):
        return fail("\n".join(problems))
    print(_summary(len(raw), int(np.count_nonzero(complete))))
    return SUCCESS


def _moment(source: str) -> Moment:
    """What the network of a file has learnt."""
    saved = resolve(source).saved
    if saved.checkpoint is None:
        raise UsageProblem(f"{shortened(source)} is not trained yet; train it and save it first.")
    if not saved.experiment.data.dataset.columns:
        raise UsageProblem(
            f"{shortened(source)} has not learnt from rows of columns, so that no table fits it."
        )
    return Moment.of(Trainer(saved.experiment, saved.checkpoint))


def _columns(moment: Moment, answers: Answers) -> Iterator[tuple[str, Any]]:
    """What is added to each row that has all values, by name."""
    names = np.array(moment.data.task.class_names)
    if answers.classes is None:
        dataset, outputs = moment.data.dataset, answers.outputs
        of_inputs = moment.experiment.data.targets == "inputs"
        targets = moment.experiment.data.input_names if of_inputs else getattr(dataset, "targets", ())
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


def _to_bytes(frame: pl.DataFrame) -> bytes:
    buffer = io.BytesIO()
    frame.write_csv(buffer)
    return buffer.getvalue()


def _summary(rows: int, complete: int) -> str:
    lacking = f"; {plain_count(rows - complete)} lack a value and have none" if complete < rows else ""
    return f"Predicted {plain_count(complete)} of {plain_count(rows)} rows{lacking}."
