"""Repeating runs from the window: begins it on its thread, watches it, and ends it."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from playground.analysis.repeats.repetition import Repetition
from playground.analysis.repeats.worker import RepeatWorker
from playground.experiment import Experiment
from playground.training.seed_run import RepeatedRun
from playground.training.snapshot import Snapshot, State
from widgets.document import Document
from widgets.training_link import TrainingLink

LOOK = 200
"""Milliseconds between two looks at how far it is."""


@dataclass(frozen=True, eq=False)
class Repeated:
    """A run that is to be repeated: what people call it, which colour it has, and what it learns."""

    name: str
    colour: int
    experiment: Experiment


class Repeating(QObject):
    """One repetition at a time, of one run or several; the document keeps what comes of it.

    Attributes:
        worker: what repeats, or did; None where nothing was, or what there is comes from a file.

    Signals:
        changed: there is something new of it, or it began, waits or ended.
    """

    changed = Signal()

    def __init__(self, document: Document, link: TrainingLink, parent: QObject) -> None:
        super().__init__(parent)
        self._document = document
        self._runs: tuple[Repeated, ...] = ()
        self.worker: RepeatWorker | None = None
        self._session = link.session
        self._busy = threading.Event()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK)
        self._timer.timeout.connect(self._look)
        link.painted.connect(self._see_front)
        document.opened.connect(self._forget)

    @property
    def under_way(self) -> bool:
        """Whether there is more to come."""
        return self.worker is not None and not self.worker.ended

    @property
    def found(self) -> tuple[RepeatedRun, ...]:
        """What there is so far of each run; nothing where none was repeated."""
        return self._document.repeated

    def begin(self, runs: Sequence[Repeated], seeds: int) -> None:
        """Repeat these over so many seeds; what was before is forgotten."""
        self._forget()
        self._runs = tuple(runs)
        repetitions = [Repetition(run.name, run.experiment, seeds, self._session.choice) for run in runs]
        self.worker = RepeatWorker(repetitions, self._busy.is_set)
        self.worker.start()
        self._timer.start()
        self._look()

    def pause_or_go_on(self) -> None:
        """Wait after the slice under way, or work again."""
        if self.worker is not None:
            (self.worker.go_on if self.worker.paused else self.worker.pause)()
            self.changed.emit()

    def cancel(self) -> None:
        """End; what is done already stays."""
        if self.worker is not None:
            self.worker.cancel()
            self._look()

    def _forget(self) -> None:
        """End; what there is then is what the document has."""
        if self.worker is not None:
            self.worker.cancel()
        self.worker, self._runs = None, ()
        self._timer.stop()
        self.changed.emit()

    def _see_front(self, snapshot: Snapshot) -> None:
        if snapshot.state is State.RUNNING:
            self._busy.set()
        else:
            self._busy.clear()

    def _look(self) -> None:
        self._keep()
        if not self.under_way:
            self._timer.stop()
        self.changed.emit()

    def _keep(self) -> None:
        """Let the document have what is done by now."""
        if self.worker is None:
            return
        found = tuple(
            RepeatedRun(run.name, run.colour, repetition.done)
            for run, repetition in zip(self._runs, self.worker.repetitions, strict=True)
        )
        if [run.done for run in found] != [run.done for run in self._document.repeated]:
            self._document.repeated = found
            if any(run.done for run in found):
                self._document.mark_trained()
