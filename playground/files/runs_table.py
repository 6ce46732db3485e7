"""The runs of a document as a table that spreadsheets open, a line each; and the runs of a file to add."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Sequence
from pathlib import Path

from playground.files.experiment_file import SavedExperiment
from playground.training.kept_run import KeptRun, Waypoint

ENDS = ("step", "train_loss", "test_loss", "train_accuracy", "test_accuracy", "train_r2", "test_r2")
"""What was recorded last of these stands in the table, where it was recorded in any run."""


def to_bytes(runs: Sequence[tuple[KeptRun, str]]) -> bytes:
    """A line of names, then one for each run and what changed in it."""
    columns = [name for name in ENDS if any(name in run.history for run, _ in runs)]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["run", "name", "what_changed", "epoch", *columns, "pinned", "note"])
    for run, what in runs:
        words = run.words
        ends = [_cell(run.last(name)) for name in columns]
        writer.writerow(
            [run.number, words.name, what, _cell(run.epoch), *ends, "yes" if words.pinned else "", words.note]
        )
    return text.getvalue().encode()


def runs_of(saved: SavedExperiment, file: Path) -> tuple[KeptRun, ...]:
    """The runs that a file holds, named after it; one of before runs were kept has that of its checkpoint."""
    checkpoint = saved.checkpoint
    if checkpoint is None:
        return ()
    runs = checkpoint.kept.runs or (_only(saved),)
    return tuple(_from(run, file.stem, len(runs) == 1) for run in runs)


def _only(saved: SavedExperiment) -> KeptRun:
    checkpoint = saved.checkpoint
    assert checkpoint is not None
    learnt = checkpoint.experiment or saved.experiment
    epochs = checkpoint.history.get("epoch")
    epoch = float(checkpoint.epoch) if epochs is None or not len(epochs) else float(epochs[-1])
    numbers = {name: number for name, number in checkpoint.numbers.items() if name != "marks"}
    end = Waypoint(learnt, epoch, checkpoint.step, numbers, checkpoint.arrays, changed=True)
    return KeptRun(1, learnt, epoch, checkpoint.history, (), (end,))


def _from(run: KeptRun, title: str, alone: bool) -> KeptRun:
    name = run.words.name or ("" if alone else f"{run.number}")
    return run.with_words(run.words.with_(name=" ".join(filter(None, (title, name)))[:80], colour=None))


def _cell(number: float) -> str:
    return "" if math.isnan(number) else repr(float(number)).removesuffix(".0")
