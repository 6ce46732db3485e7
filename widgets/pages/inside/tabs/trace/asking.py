"""Asks for the trace of a step as training goes on: no more often than it can be read, and never twice."""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter

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

PAUSE = 250
"""Milliseconds between two traces while training runs, at least."""

SHARE = 4
"""And at least so many times as long as the last one took, so that window and training go on meanwhile."""

AROUND = 1.5
"""Seconds between two looks at all samples while training runs."""


@dataclass(frozen=True, eq=False)
class Traced:
    """A trace and what stands around it; or why there is none."""

    trace: Trace | None = None
    around: Around | None = None
    source: StepSource | None = None
    problem: Text | None = None

    def around_of(self, source: StepSource, side: str) -> Around | None:
        """What stands around a trace of the same experiment and side; None of another."""
        if self.around is None or self.source is None or self.around.side != side:
            return None
        same = self.source.data is source.data and self.source.experiment == source.experiment
        return self.around if same else None


def _copied(run: Run) -> tuple[StepSource, Moment] | Text | None:
    """What is to be looked at, on the training thread."""
    trainer = run.learner.learning
    return run.learner.problem if trainer is None else (StepSource.of(trainer), Moment.of(trainer))


def _looked(
    copied: tuple[StepSource, Moment] | Text | None, tracing: Tracing, known: Traced | None
) -> Traced:
    """The trace of a copy, on a thread of its own; what stands around it may be known."""
    if not isinstance(copied, tuple):
        return Traced(problem=copied)
    source, moment = copied
    around = None if known is None else known.around_of(source, tracing.side)
    around = around or Around.of(moment, tracing.side)
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
        self._busy = self._running = False
        self._pause = PAUSE
        self._ready: Traced | None = None
        self._began = self._looked_around = 0.0
        self._known: Traced | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self._ask)

    def look(self, tracing: Tracing) -> None:
        """Trace another step from now on."""
        self._tracing = tracing
        self._ask()

    def see(self, snapshot: Snapshot) -> None:
        """There may be something new; and what was found is shown now, while training waits for the paint."""
        if self._ready is not None:
            ready, self._ready = self._ready, None
            self.found.emit(ready)
        self._seen = (snapshot.run, snapshot.epoch, snapshot.step, snapshot.experiment, snapshot.message)
        if self._seen == self._asked[:-1]:
            return
        self._running = snapshot.state is State.RUNNING
        if not self._running:
            self._rest.stop()
            self._ask()
        elif not (self._rest.isActive() or self._busy):
            self._rest.start(self._pause)

    def _ask(self) -> None:
        of = self._tracing.with_(written="numbers")
        if self._busy or not self._seen or (*self._seen, of) == self._asked:
            return
        self._busy, self._asked = True, (*self._seen, of)
        self._began = perf_counter()
        recent = self._running and self._began - self._looked_around < AROUND
        known = self._known if recent else None
        self._background.follow(
            self._link.session.answer(_copied),
            lambda copied: self._background.run(lambda: _looked(copied, of, known), self._take),
        )

    def _take(self, traced: Traced) -> None:
        self._busy = False
        if self._known is None or traced.around is not self._known.around:
            self._known, self._looked_around = traced, perf_counter()
        took = 1000 * (perf_counter() - self._began)
        self._pause = max(PAUSE, round(SHARE * took))
        if self._running:
            self._ready = traced
            self._rest.start(self._pause)
            return
        self.found.emit(traced)
        if not self._rest.isActive():
            self._ask()

    def end(self) -> None:
        """Ask no more."""
        self._rest.stop()
        self._background.close()
