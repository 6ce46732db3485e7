"""Repeating runs from the window: begins it on its thread, watches it, and ends it."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from playground.analysis.repeats.repetition import Repetition
from playground.analysis.repeats.worker import RepeatWorker
from playground.experiment import Experiment
from playground.training.snapshot import Snapshot, State
from widgets.document import Document
from widgets.training_link import TrainingLink

LOOK = 200
"""Milliseconds between two looks at how far it is."""


@dataclass(frozen=True, eq=False)
class Repeated:
    """A run that is to be repeated: what people call it, its colour, and what it learns."""

    name: str
    colour: str
    experiment: Experiment


class Repeating(QObject):
    """One repetition at a time, of one run or several.

    Signals:
        changed: there is something new of it, or it began, waits or ended.
    """

    changed = Signal()

    def __init__(self, document: Document, link: TrainingLink, parent: QObject) -> None:
        super().__init__(parent)
        self.runs: tuple[Repeated, ...] = ()
        self.worker: RepeatWorker | None = None
        self._session = link.session
        self._busy = threading.Event()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK)
        self._timer.timeout.connect(self._look)
        link.painted.connect(self._see_front)
        document.opened.connect(self.forget)

    @property
    def under_way(self) -> bool:
        """Whether there is more to come."""
        return self.worker is not None and not self.worker.ended

    def begin(self, runs: Sequence[Repeated], seeds: int) -> None:
        """Repeat these over so many seeds; what was before is forgotten."""
        self.forget()
        self.runs = tuple(runs)
        repetitions = [Repetition(run.name, run.experiment, seeds, self._session.choice) for run in runs]
        self.worker = RepeatWorker(repetitions, self._busy.is_set)
        self.worker.start()
        self._timer.start()
        self.changed.emit()

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

    def forget(self) -> None:
        """End, and keep nothing."""
        self.cancel()
        if self.worker is not None:
            self.worker, self.runs = None, ()
            self.changed.emit()

    def _see_front(self, snapshot: Snapshot) -> None:
        if snapshot.state is State.RUNNING:
            self._busy.set()
        else:
            self._busy.clear()

    def _look(self) -> None:
        if not self.under_way:
            self._timer.stop()
        self.changed.emit()
