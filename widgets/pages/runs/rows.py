"""What the list says of each run: those that are kept, and those that learn beside the one in front."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication

from playground.experiment import Experiment
from playground.numbers.writing import NONE, epochs, fixed, loss, percent, whole
from playground.training.kept_run import KeptRun
from playground.training.snapshot import Snapshot
from widgets.beside import BesideRun
from widgets.pages.runs.differences import differences
from widgets.panels.run_bar import score

NEWEST = 4
"""So many of the newest runs lie over one another unless a person says otherwise."""

Key = tuple[str, int]
"""A kept run by its number, or one beside by its place."""


@dataclass(frozen=True, eq=False)
class Row:
    """What there is to say of a run.

    Attributes:
        below: a few words under its name, how far it came among them; `note` what a person says of it.
        colour: which of the colours of runs it has.
        ticked: whether its losses are drawn.
        snapshot: of one that learns; `kept` of one that is kept.
    """

    key: Key
    name: str
    below: str
    what: str
    history: Mapping[str, NDArray[np.float64]]
    loss: str
    score: str
    colour: int
    ticked: bool
    note: str = ""
    kept: KeptRun | None = None

    def texts(self) -> tuple[str, ...]:
        """The words of the row, column by column; those of tick and curve have none."""
        return "", self.name, self.what, "", self.loss, self.score


class Rows:
    """Makes rows, and remembers which runs a person ticked and what was found to differ."""

    def __init__(self) -> None:
        self._ticks: dict[Key, bool] = {}
        self._found: dict[int, tuple[Experiment, Experiment, str]] = {}
        self._known: dict[int, tuple[tuple[object, ...], Row]] = {}

    def tick(self, key: Key, ticked: bool) -> None:
        """Draw the losses of a run, or not."""
        self._ticks[key] = ticked

    def forget(self) -> None:
        """Another document is open."""
        self._ticks.clear()
        self._found.clear()
        self._known.clear()

    def rows(self, front: Snapshot | None, beside: Sequence[BesideRun]) -> list[Row]:
        """All rows, the newest run first, those beside the one in front right below it."""
        kept = front.kept if front is not None else None
        if front is None or kept is None:
            return []
        newest = [run.number for run in kept.runs[-NEWEST:]]
        before: KeptRun | None = None
        found: list[list[Row]] = []
        for run in kept.runs:
            ticked = self._ticks.get(("kept", run.number), run.number in newest)
            found.append([self._kept(run, before, front, ticked)])
            if run.number == kept.present:
                found[-1] += [self._beside(each, run) for each in beside]
            before = run
        return [row for group in reversed(found) for row in group]

    def _kept(self, run: KeptRun, before: KeptRun | None, front: Snapshot, ticked: bool) -> Row:
        """The row of a run; of one that ended the same as before, where nothing is new."""
        says = (id(run), before and id(before.experiment), run.number == front.kept.present, ticked)
        known, row = self._known.get(run.number, ((), None))
        if row is None or known != says or row.kept is not run:
            row = self._made(run, before, front, ticked)
            self._known[run.number] = says, row
        return row

    def _made(self, run: KeptRun, before: KeptRun | None, front: Snapshot, ticked: bool) -> Row:
        words = [_tr("epoch {epoch}").format(epoch=epochs(run.epoch))]
        if run.words.pinned:
            words.insert(0, _tr("pinned"))
        if run.number == front.kept.present:
            words.insert(0, _tr("now"))
        return Row(
            ("kept", run.number), run_name(run), " · ".join(words), self._what(run, before), run.history,
            loss(run.last("test_loss")), kept_score(run), run.colour, ticked, run.words.note, run,
        )  # fmt: skip

    def _what(self, run: KeptRun, before: KeptRun | None) -> str:
        """What it does otherwise than the one that it went on from, or the one before."""
        if before is None:
            return _tr("first")
        first, then, words = self._found.get(run.number, (None, None, ""))
        if first is not before.experiment or then is not run.experiment:
            words = "; ".join(differences(before.experiment, run.experiment))
            self._found[run.number] = before.experiment, run.experiment, words
        if run.origin is not None:
            start = _tr("from run {number}, epoch {epoch}")
            start = start.format(number=run.origin.number, epoch=epochs(run.origin.epoch))
            words = f"{words}; {start}" if words else start
        return words or _tr("the same again")

    def _beside(self, run: BesideRun, present: KeptRun) -> Row:
        seen, key = run.snapshot, ("beside", run.place)
        found = differences(present.experiment, run.document.experiment)
        numbers, below = (NONE, NONE), _tr("in lockstep")
        if seen is not None:
            numbers = loss(seen.test.loss), score(seen)
            below += " · " + _tr("epoch {epoch}").format(epoch=whole(seen.epoch))
        return Row(
            key, run.name, below, "; ".join(found) or _tr("nothing yet"), seen.history if seen else {},
            *numbers, present.colour + run.place, self._ticks.get(key, True),
        )  # fmt: skip


def run_name(run: KeptRun) -> str:
    """What a run is called."""
    return run.words.name or _tr("Run {number}").format(number=run.number)


def kept_score(run: KeptRun) -> str:
    """How well it did in the end: the accuracy for classes, R² for numbers."""
    if "test_accuracy" in run.history:
        return percent(run.last("test_accuracy"), 1)
    return fixed(run.last("test_r2"), 3) if "test_r2" in run.history else NONE


def _tr(text: str) -> str:
    return QCoreApplication.translate("Runs", text)
