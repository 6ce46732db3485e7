"""Reading a table off the window's thread, with its progress; what is no longer wanted is cancelled."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QObject, QTimer, Signal

from playground.data.graphs.files.joining import joined
from playground.data.tables import reading
from playground.data.tables.problem import Cancelled
from playground.data.tables.reading import Reading
from playground.data.tables.table import Table
from playground.value import InvalidValue
from widgets.background import Background
from widgets.dialogs.tables.plan import TablePlan
from widgets.sentences import sentence

LOOK = 100
"""Milliseconds between two looks at how far it is."""

TELLING = 0.05
"""The share from which the time that is left can be told."""


@dataclass(frozen=True)
class Guessed:
    """How a table is probably written, and the sheets of its workbook."""

    reading: Reading
    sheets: tuple[str, ...]


class TableReader(QObject):
    """Reads one source again and again, as it is told how.

    Signals:
        progressed: how far it is, 0 to 1, and how many seconds are left; −1 while that is unknown.
        ended: nothing is under way any more.
    """

    progressed = Signal(float, float)
    ended = Signal()

    def __init__(self, source: Path | str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.source = source
        self.edges: Path | None = None
        """The table that has the edges, where the rows are nodes."""
        self._background = Background(self)
        self._number = 0
        self._share, self._begun = 0.0, 0.0
        self._timer = QTimer(self, interval=LOOK)
        self._timer.timeout.connect(self._tell)

    @property
    def busy(self) -> bool:
        """Whether something is under way."""
        return self._timer.isActive()

    def guess(self, done: Callable[[Guessed], object], failed: Callable[[str], object]) -> None:
        """Find out how the source is written."""
        source = self.source
        self.run(lambda: Guessed(reading.guess(source), reading.sheets(source)), done, failed)

    def read(
        self,
        how: Reading,
        before: TablePlan | None,
        done: Callable[[TablePlan], object],
        failed: Callable[[str], object],
    ) -> None:
        """Read all of it, in place of whatever is under way."""
        number = self._number + 1

        def report(share: float) -> None:
            if self._number == number:
                self._share = share

        def work() -> TablePlan:
            table = reading.read(self.source, how, report, lambda: self._number != number)
            if self.edges is not None:
                table = self._joined(table, self.edges, lambda: self._number != number)
            return TablePlan.of(table, before)

        self.run(work, done, failed)

    def take_edges(self, path: Path) -> None:
        """Take the rows for nodes, whose edges another table has; it is read again then."""
        self.edges = path

    def _joined(self, table: Table, path: Path, cancelled: Callable[[], bool]) -> Table:
        def report(_: float) -> None:
            if cancelled():
                raise Cancelled

        edges = reading.read(path, reading.guess(path), None, cancelled)
        return joined(table, edges, False, report)

    def run(
        self, work: Callable[[], object], done: Callable[..., object], failed: Callable[[str], object]
    ) -> None:
        """Do something else that takes its time, in place of whatever is under way."""
        self._number += 1
        number = self._number
        self._share, self._begun = 0.0, monotonic()
        self._timer.start()

        def finish(say: Callable[[], object]) -> None:
            if self._number == number:
                self._timer.stop()
                say()
                self.ended.emit()

        def refused(error: Exception) -> None:
            if not isinstance(error, InvalidValue | Cancelled):
                finish(lambda: None)
                raise error
            words = sentence(error.text) if isinstance(error, InvalidValue) else ""
            finish(lambda: failed(words))

        self._background.run(work, lambda result: finish(lambda: done(result)), refused)

    def cancel(self) -> None:
        """Stop what is under way."""
        self._number += 1
        self._timer.stop()

    def close(self) -> None:
        """Stop it, and do nothing more."""
        self.cancel()
        self._background.close()

    def _tell(self) -> None:
        spent = monotonic() - self._begun
        left = spent * (1 - self._share) / self._share if self._share > TELLING else -1.0
        self.progressed.emit(self._share, left)
