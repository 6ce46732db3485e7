"""What several seeds have in common: the median and the quartiles of a curve, and of where it ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from playground.training.history import Column
from playground.training.seed_run import SeedRun

QUARTERS = (0.25, 0.5, 0.75)


@dataclass(frozen=True, eq=False)
class Bands:
    """A column over epochs: the median of all seeds, and the quartiles below and above it."""

    epochs: Column
    low: Column
    median: Column
    high: Column


@dataclass(frozen=True)
class Spread:
    """Where a column ends: quartiles, the best and the worst seed; and the share of seeds that diverged."""

    median: float
    low: float
    high: float
    best: float
    worst: float
    diverged: float


def bands(done: Sequence[SeedRun], column: str) -> Bands | None:
    """The bands of a column over the seeds that did not diverge; None where there is none.

    A run that stopped early keeps its last value.
    """
    sound = [run for run in done if not run.diverged and column in run.history]
    if not sound:
        return None
    longest = max(sound, key=lambda run: len(run.history["epoch"]))
    epochs = longest.history["epoch"]
    low, median, high = np.quantile([_at(run, column, epochs) for run in sound], QUARTERS, axis=0)
    return Bands(epochs, low, median, high)


def _at(run: SeedRun, column: str, epochs: Column) -> Column:
    """What was measured last at each of these epochs."""
    place = np.searchsorted(run.history["epoch"], epochs, side="right") - 1
    values: Column = run.history[column][place]
    return values


def spread(done: Sequence[SeedRun], column: str, more_is_better: bool) -> Spread | None:
    """How the ends of a column are spread; None before the first seed is done."""
    if not done:
        return None
    ends = np.array([run.last(column) for run in done if not run.diverged])
    diverged = sum(run.diverged for run in done) / len(done)
    if not len(ends):
        nothing = float("nan")
        return Spread(nothing, nothing, nothing, nothing, nothing, diverged)
    low, median, high = np.quantile(ends, QUARTERS).tolist()
    extremes = float(ends.min()), float(ends.max())
    best, worst = extremes[::-1] if more_is_better else extremes
    return Spread(median, low, high, best, worst, diverged)
