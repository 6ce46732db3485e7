"""The `predict` command: rows of a table or pictures in, and what a network makes of them out."""

from __future__ import annotations

from pathlib import Path

from playground.cli.commands import Predict
from playground.cli.faults import SUCCESS, fail
from playground.cli.outputs import write
from playground.cli.tables import load, naming, with_edges
from playground.cli.usage import UsageProblem, not_trained
from playground.files import predicted_pictures
from playground.files.atomic import check_writable
from playground.files.predictions import Predicted, predicted, to_bytes
from playground.files.sources import resolve
from playground.text import say, say_counted
from playground.training.moment import Moment
from playground.training.trainer import Trainer
from playground.words import shortened


def predict(command: Predict) -> int:
    """Write the rows, or the names of pictures, with their predictions; the exit code.

    Raises:
        UsageProblem, FileProblem, InvalidValue: when there is nothing to predict with, or from.
    """
    check_writable(command.out)
    moment = _moment(command.source)
    if not moment.data.dataset.shape.is_picture:
        table = load(command.data, keep=True)
        if command.edges is not None:
            table = with_edges(table, command.edges, keep=True)
        with naming(command.data):
            found = predicted(moment, table)
        said = _summary(found.rows, found.complete)
    else:
        found = _of_pictures(moment, command.data)
        said = str(
            say_counted(
                "cli.predicted_pictures",
                "Predicted {count} picture.",
                "Predicted {count} pictures.",
                found.rows,
            )
        )
    if problems := list(write(command.out, lambda: to_bytes(found.frame))):
        return fail("\n".join(problems))
    print(said)
    return SUCCESS


def _of_pictures(moment: Moment, data: Path) -> Predicted:
    with naming(data):
        given = predicted_pictures.read(moment.data, data)
    for remark in given.remarks:
        print(remark)
    return predicted_pictures.predicted(moment, given)


def _moment(source: str) -> Moment:
    """What the network of a file has learnt."""
    saved = resolve(source).saved
    if saved.checkpoint is None:
        raise UsageProblem(not_trained(source))
    dataset = saved.experiment.data.dataset
    if not (dataset.columns or dataset.shape.is_sequence or dataset.shape.is_picture):
        raise UsageProblem(
            str(
                say(
                    "cli.no_file_fits",
                    "{name} has learnt neither from rows of columns nor from pictures; no file fits it.",
                    name=shortened(source),
                )
            )
        )
    return Moment.of(Trainer(saved.experiment, saved.checkpoint))


def _summary(rows: int, complete: int) -> str:
    if complete == rows:
        return str(say("cli.predicted", "Predicted {complete} of {rows} rows.", complete=complete, rows=rows))
    said = say(
        "cli.predicted_some",
        "Predicted {complete} of {rows} rows; {lacking} lack a value and have none.",
        complete=complete,
        rows=rows,
        lacking=rows - complete,
    )
    return str(said)
