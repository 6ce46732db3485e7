"""Reading a table off the window's thread: how it is written, and all of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject

from playground.data.graphs.files.joining import joined
from playground.data.tables import reading
from playground.data.tables.problem import Cancelled
from playground.data.tables.reading import Reading
from playground.data.tables.table import Table
from widgets.dialogs.reader import SourceReader
from widgets.dialogs.tables.plan import TablePlan


@dataclass(frozen=True)
class Guessed:
    """How a table is probably written, and the sheets of its workbook."""

    reading: Reading
    sheets: tuple[str, ...]


class TableReader(SourceReader):
    """Reads one source again and again, as it is told how."""

    def __init__(self, source: Path | str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.source = source
        self.edges: Path | None = None
        """The table that has the edges, where the rows are nodes."""

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

        def work(report: Callable[[float], None], cancelled: Callable[[], bool]) -> TablePlan:
            table = reading.read(self.source, how, report, cancelled)
            if self.edges is not None:
                table = self._joined(table, self.edges, cancelled)
            return TablePlan.of(table, before)

        self.watch(work, done, failed)

    def take_edges(self, path: Path) -> None:
        """Take the rows for nodes, whose edges another table has; it is read again then."""
        self.edges = path

    def _joined(self, table: Table, path: Path, cancelled: Callable[[], bool]) -> Table:
        def report(_: float) -> None:
            if cancelled():
                raise Cancelled

        edges = reading.read(path, reading.guess(path), None, cancelled)
        return joined(table, edges, False, report)
