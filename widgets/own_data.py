"""A person's own data: files and cells become a dataset, by way of the dialog that looks at them first."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget

from playground.value import InvalidValue
from widgets.dialogs import questions
from widgets.document import Document
from widgets.gesture import new_gesture
from widgets.preferences import Preferences
from widgets.presence import one_that_answers

if TYPE_CHECKING:
    from playground.data import Dataset, OwnTable, TableSeries

FOLDER = "data/folder"
"""Where preferences keep the folder of the last table."""


class OwnData(QObject):
    """Opens tables; what reads them and what shows them is imported when one is there.

    Signals:
        message: a sentence for the status bar.
    """

    message = Signal(str)

    def __init__(self, document: Document, preferences: Preferences, window: QWidget) -> None:
        super().__init__(window)
        self._document, self._preferences, self._window = document, preferences, window
        self._sources: dict[str, Path] = {}
        self._dialog: QDialog | None = None

    def ask(self) -> None:
        """Ask for a file of data, and look at it."""
        from playground.data.tables.reading import SUFFIXES

        last = self._preferences.text(FOLDER)
        folder = one_that_answers([Path(last)] if last else [], Path.home())
        if path := questions.data_to_open(self._window, folder, SUFFIXES):
            self.open(path)

    def open(self, source: Path | str, edges: Path | None = None) -> None:
        """Look at a file or at cells; when they are taken, that is one step of undo.

        With a table of edges the rows are the nodes of a graph.
        """
        from widgets.dialogs.tables.dialog import TableDialog

        self.close()
        if isinstance(source, Path) and self._read_text(source):
            return
        dialog = self._dialog = TableDialog(source, self._window)
        dialog.finished.connect(self._forget)
        dialog.taken.connect(lambda dataset, _reading: self._take(dataset, source))
        dialog.open()
        if edges is not None:
            dialog.edges.setText(edges.name)
            dialog.reader.take_edges(edges)
        dialog.begin()

    def close(self) -> None:
        """Close the dialog, if one is open; nothing comes of it."""
        if self._dialog is not None:
            self._dialog.reject()

    def _forget(self) -> None:
        self._dialog = None

    def source(self, key: str) -> Path | None:
        """The file that the samples of this key were read from, where that was since the program began."""
        return self._sources.get(key)

    def _read_text(self, path: Path) -> bool:
        """Learn from a text that is no table; whether it is one."""
        from playground.data.datasets.own_text import OwnText
        from playground.data.prose import read

        with suppress(InvalidValue):  # the dialog says why it cannot be read
            if (text := read(path)) is not None:
                self._learn(OwnText(text=text), path.name)
                return True
        return False

    def _take(self, dataset: OwnTable | TableSeries, source: Path | str) -> None:
        if isinstance(source, Path):
            self._sources[dataset.key] = source
            self._preferences.keep_text(FOLDER, str(source.parent))
        self._learn(dataset, dataset.name or self.tr("cells"))

    def _learn(self, dataset: Dataset, name: str) -> None:
        after = self._document.experiment.with_dataset(dataset)
        self._document.edit(after, self.tr("Open {name}").format(name=name), new_gesture())
        self.message.emit(self.tr("Opened {name}.").format(name=name))
