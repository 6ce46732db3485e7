"""The `predict` command: rows of a table in, the same rows with what a network makes of them out."""

from __future__ import annotations

from playground.cli.arguments import Predict
from playground.cli.faults import SUCCESS, fail
from playground.cli.outputs import write
from playground.cli.tables import load, naming
from playground.cli.usage import UsageProblem
from playground.files.atomic import check_writable
from playground.files.predictions import predicted, to_bytes
from playground.files.sources import resolve
from playground.numbers.writing import plain_count
from playground.training.moment import Moment
from playground.training.trainer import Trainer
from playground.words import shortened


def predict(command: Predict) -> int:
    """Write the rows with their predictions; the exit code.

    Raises:
        UsageProblem, FileProblem, InvalidValue: when there is nothing to predict with, or from.
    """
    check_writable(command.out)
    moment = _moment(command.source)
    table = load(command.data, keep=True)
    with naming(command.data):
        found = predicted(moment, table)
    if problems := list(write(command.out, lambda: to_bytes(found.frame))):
        return fail("\n".join(problems))
    print(_summary(found.rows, found.complete))
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


def _summary(rows: int, complete: int) -> str:
    lacking = f"; {plain_count(rows - complete)} lack a value and have none" if complete < rows else ""
    return f"Predicted {plain_count(complete)} of {plain_count(rows)} rows{lacking}."
