"""What came of repeating as a table for a file: a row a seed and epoch."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable

from playground.training.seed_run import RepeatedRun

OF_EACH = ("epoch", "train_loss", "test_loss", "train_accuracy", "test_accuracy", "train_r2", "test_r2")


def as_csv(repetitions: Iterable[RepeatedRun]) -> bytes:
    """Run, seed, whether it diverged, and what was measured each epoch; an empty cell is no number."""
    repetitions = tuple(repetitions)
    done = [(repetition.name, run) for repetition in repetitions for run in repetition.done]
    columns = [name for name in OF_EACH if any(name in run.history for _, run in done)]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["run", "seed", "diverged", *columns])
    for name, run in done:
        for row in range(len(run.history["epoch"])):
            cells = (run.history[column][row] if column in run.history else math.nan for column in columns)
            writer.writerow([name, run.seed, int(run.diverged), *map(_cell, map(float, cells))])
    return text.getvalue().encode()


def _cell(number: float) -> str:
    return repr(number).removesuffix(".0") if math.isfinite(number) else ""
