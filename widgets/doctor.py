"""The doctor: looks a few times a second at what was measured of the run in front, and says what is wrong."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from playground.experiment import Experiment
from playground.training.snapshot import Snapshot, State
from widgets.background import Background

if TYPE_CHECKING:
    from playground.analysis.diagnosis import Tried
    from playground.analysis.diagnosis.trouble import Finding

PAUSE = 300
"""Milliseconds between two looks."""
FIRST = 1500
"""Milliseconds until the first of all, so that the window and its first result are there before."""
DIAGNOSIS = "playground.analysis.diagnosis"
"""What finds troubles, which is loaded at the first look."""


class Doctor(QObject):
    """Diagnoses off the window's thread.

    Attributes:
        findings: what was found last; None before the first look at a run.

    Signals:
        found: other findings than before, a tuple, or None.
    """

    found = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.findings: tuple[Finding, ...] | None = None
        self._waiting: Snapshot | None = None
        self._seen: tuple[object, ...] = ()
        self._run = 0
        self._busy = False
        self._of: Experiment | None = None
        self._tried: Tried = {}
        self._background: Background | None = None
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._look)

    def see(self, snapshot: Snapshot) -> None:
        """Look at a snapshot as soon as it is time to."""
        if snapshot.run != self._run:
            self._run = snapshot.run
            self._tell(None)
        self._waiting = snapshot
        if not self._timer.isActive():
            self._timer.start(PAUSE if DIAGNOSIS in sys.modules else FIRST)

    @property
    def is_due(self) -> bool:
        """Whether it is going to look, or looks."""
        return self._timer.isActive() or self._busy

    def end(self) -> None:
        """Look no more."""
        self._timer.stop()
        self._waiting = None
        if self._background is not None:
            self._background.close()

    def _look(self) -> None:
        shown = self._waiting
        if shown is None or self._busy:
            return
        if shown.vitals is None or shown.state is State.BLOCKED:  # why it cannot train is told elsewhere
            self._seen = ()
            self._tell(None)
            return
        seen = (shown.run, id(shown.vitals), id(shown.experiment), shown.epoch)
        if seen == self._seen:
            return
        self._seen, self._busy = seen, True
        self._background = self._background or Background(self)
        if shown.experiment is not self._of:
            self._of, self._tried = shown.experiment, {}
        tried = self._tried
        self._background.run(lambda: _diagnosed(shown, tried), lambda found: self._answer(shown, found))

    def _answer(self, shown: Snapshot, found: tuple[Finding, ...]) -> None:
        self._busy = False
        if shown.run == self._run:
            self._tell(found)
        if self._waiting is not shown and not self._timer.isActive():
            self._timer.start(PAUSE)

    def _tell(self, findings: tuple[Finding, ...] | None) -> None:
        if findings != self.findings:
            self.findings = findings
            self.found.emit(findings)


def _diagnosed(shown: Snapshot, tried: Tried) -> tuple[Finding, ...]:
    """What is wrong at one moment; what finds it is loaded at the first look."""
    from playground.analysis.diagnosis import diagnose
    from playground.analysis.diagnosis.record import Record

    record = Record.shown(shown)
    return () if record is None else diagnose(record, tried)
