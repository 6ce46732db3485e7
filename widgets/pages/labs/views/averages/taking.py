"""Numbers of a person's own for the averages: the loss of the present run, or a column of a table."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from playground.data.tables.problem import TableProblem
from playground.data.tables.reading import SUFFIXES, guess, read
from playground.data.tables.table import Table
from playground.labs.averages.noisy_series import LARGEST, MOST_VALUES, Floats, GivenSeries
from widgets.background import Background
from widgets.dialogs import questions
from widgets.sentences import sentence


class NumbersOfOnesOwn(QObject):
    """Reads them, and asks for the column where there are several.

    Signals:
        taken: a `GivenSeries`.
        refused: a sentence on why there is none.
    """

    taken = Signal(object)
    refused = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self._background = Background(self)
        self.menu = QMenu(parent)
        """The columns to choose from."""

    def ask(self) -> None:
        """Ask for a table, and read it."""
        if path := questions.data_to_open(self._window, Path(), SUFFIXES):
            self.read(path)

    def read(self, path: Path) -> None:
        """Take the numbers of a table, off the window's thread."""
        self._background.run(lambda: read(path, guess(path)), self._offer, self._refuse)

    def take(self, name: str, values: Floats) -> None:
        """Take the last of these numbers, gaps passed over."""
        known = values[np.isfinite(values) & (np.abs(values) <= LARGEST)][-MOST_VALUES:]
        if not len(known):
            self.refused.emit(self.tr("There are no numbers yet."))
            return
        self.taken.emit(GivenSeries(name=name[:200], given=tuple(known.tolist())))

    def close(self) -> None:
        """Read no more."""
        self._background.close()

    def _offer(self, table: Table) -> None:
        columns = [column for column in table if not column.coded and column.kind != "date"]
        if len(columns) == 1:
            self.take(columns[0].name, columns[0].values)
        elif not columns:
            self.refused.emit(self.tr("There is no column of numbers in it."))
        else:
            self.menu.clear()
            for column in columns:
                action = self.menu.addAction(column.name.replace("&", "&&"))
                action.triggered.connect(lambda _=False, column=column: self.take(column.name, column.values))
            self.menu.popup(self._window.mapToGlobal(QPoint(12, 36)))

    def _refuse(self, error: Exception) -> None:
        if not isinstance(error, TableProblem):
            raise error
        self.refused.emit(sentence(error.text))
