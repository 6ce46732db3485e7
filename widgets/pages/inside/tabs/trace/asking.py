"""Asks for the trace of a step as training goes on: no more often than it can be read, and never twice."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from playground.analysis.inspections.trace import Tracing
from playground.analysis.inspections.trace.samples import Around
from playground.analysis.inspections.trace.source import StepSource
from playground.analysis.inspections.trace.trace import Trace, traced
from playground.text import Text
from playground.training.moment import Moment
from playground.training.run import Run
from playground.training.snapshot import Snapshot, State
from playground.value import InvalidValue
from widgets.background import Background
from widgets.training_link import TrainingLink

PAUSE = 180
"""Milliseconds between two traces while training runs."""


@dataclass(frozen=True, eq=False)
class Traced:
    """A trace and what stands around it; or why there is none."""

    trace: Trace | None = None
    around: Around | None = None
    source: StepSource | None = None
    problem: Text | None = None


def _copied(run: Run) -> tuple[StepSource, Moment] | Text | None:
    """What is to be looked at, on the training thread."""
    trainer = run.learner.learning
    return run.learner.problem if trainer is None else (StepSource.of(trainer), Moment.of(trainer))


def _looked(copied: tuple[StepSource, Moment] | Text | None, tracing: Tracing) -> Traced:
    """The trace of a copy, on a thread of its own."""
    if not isinstance(copied, tuple):
        return Traced(problem=copied)
    source, moment = copied
    around = Around.of(source, moment, tracing.side)
    try:
        return Traced(traced(source, tracing), around, source)
    except InvalidValue as problem:
        return Traced(None, around, source, problem.text)


class TraceAsker(QObject):
    """Keeps up with training and with what is asked.

    Signals:
        found: what there is to show (`Traced`).
    """

    found = Signal(object)

    def __init__(self, link: TrainingLink, tracing: Tracing, parent: QObject) -> None:
        super().__init__(parent)
        self._link, self._tracing = link, tracing
        self._background = Background(self)
        self._seen: tuple[object, ...] = ()
        self._asked: tuple[object, ...] = ()
        self._busy = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self._ask)

    def look(self, tracing: Tracing) -> None:
        """Trace another step from now on."""
        self._tracing = tracing
        self._ask()

    def see(self, snapshot: Snapshot) -> None:
        """There may be something new."""
        self._seen = (snapshot.run, snapshot.epoch, snapshot.step, snapshot.experiment, snapshot.message)
        if self._seen == self._asked[:-1]:
            return
        if snapshot.state is not State.RUNNING:
            self._rest.stop()
            self._ask()
        elif not self._rest.isActive():
            self._rest.start(PAUSE)

    def _ask(self) -> None:
        of = self._tracing.with_(written="numbers")
        if self._busy or not self._seen or (*self._seen, of) == self._asked:
            return
        self._busy, self._asked = True, (*self._seen, of)
        self._background.follow(
            self._link.session.answer(_copied),
            lambda copied: self._background.run(lambda: _looked(copied, of), self._take),
        )

    def _take(self, found: Traced) -> None:
        self._busy = False
        self.found.emit(found)
        if not self._rest.isActive():
            self._ask()

    def end(self) -> None:
        """Ask no more."""
        self._rest.stop()
        self._background.close()
