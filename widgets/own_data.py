"""A person's own data: files, folders and cells become a dataset, by way of a dialog that looks at them."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget

from playground.folders import home
from playground.value import InvalidValue
from widgets.document import Document
from widgets.gesture import new_gesture
from widgets.preferences import Preferences
from widgets.presence import one_that_answers

if TYPE_CHECKING:
    from playground.data import Dataset, OwnPictures, OwnTable, TableSeries
    from playground.data.pictures.sizing import Sizing

Source: TypeAlias = Path | tuple[Path, ...] | str
"""A file or a folder, several of them, or the text of cells."""

FOLDER = "data/folder"
"""Where preferences keep the folder of the last data."""


class OwnData(QObject):
    """Opens tables and pictures; what reads them and what shows them is imported when there are some.

    Signals:
        message: a sentence for the status bar.
    """

    message = Signal(str)

    def __init__(self, document: Document, preferences: Preferences, window: QWidget) -> None:
        super().__init__(window)
        self._document, self._preferences, self._window = document, preferences, window
        self._sources: dict[str, Source] = {}
        self._edges: dict[str, Path] = {}
        self._dialog: QDialog | None = None

    def ask(self) -> None:
        """Ask for a file of data, and look at it."""
        from playground.data.pictures.opening import FILES
        from playground.data.tables.reading import SUFFIXES
        from widgets.dialogs import questions

        if path := questions.data_to_open(self._window, self._folder(), SUFFIXES, FILES):
            self.open(path)

    def ask_for_folder(self) -> None:
        """Ask for a folder of pictures, and look at it."""
        from widgets.dialogs import questions

        if path := questions.folder_to_open(self._window, self._folder()):
            self.open(path)

    def open(self, source: Source, edges: Path | None = None, sizing: Sizing | None = None) -> None:
        """Look at what is there; when it is taken, that is one step of undo.

        With a table of edges the rows are the nodes of a graph.  Pictures are looked at in the size of a
        `sizing`, or in the one that is usual for them.
        """
        from playground.data.pictures.opening import is_pictures

        self.close()
        if isinstance(source, tuple) or (isinstance(source, Path) and is_pictures(source)):
            self._look_at_pictures(source, sizing)
        elif not (isinstance(source, Path) and self._read_text(source)):
            self._look_at_table(source, edges)

    def _look_at_table(self, source: Path | str, edges: Path | None) -> None:
        from widgets.dialogs.tables.dialog import TableDialog

        dialog = TableDialog(source, self._window)
        reader = dialog.reader
        dialog.taken.connect(lambda dataset, _reading: self._take(dataset, source, reader.edges))
        self._show(dialog)
        if edges is not None:
            dialog.edges.setText(edges.name)
            dialog.reader.take_edges(edges)
        dialog.begin()

    def _look_at_pictures(self, source: Path | tuple[Path, ...], sizing: Sizing | None) -> None:
        from widgets.dialogs.pictures.dialog import PicturesDialog

        dialog = PicturesDialog(source, self._window, sizing)
        dialog.taken.connect(lambda dataset: self._take(dataset, source))
        self._show(dialog)
        dialog.begin()

    def _show(self, dialog: QDialog) -> None:
        self._dialog = dialog
        dialog.finished.connect(self._forget)
        dialog.open()

    def _folder(self) -> Path:
        last = self._preferences.text(FOLDER)
        return one_that_answers([Path(last)] if last else [], home())

    def close(self) -> None:
        """Close the dialog, if one is open; nothing comes of it."""
        if self._dialog is not None:
            self._dialog.reject()

    def _forget(self) -> None:
        self._dialog = None

    def source(self, key: str) -> Source | None:
        """What the samples of this key were read from, where that was since the program began."""
        return self._sources.get(key)

    def edges(self, key: str) -> Path | None:
        """The table of edges that was read with the nodes of this key."""
        return self._edges.get(key)

    def _read_text(self, path: Path) -> bool:
        """Learn from a text that is no table; whether it is one."""
        from playground.data.datasets.own_text import OwnText
        from playground.data.prose import read

        with suppress(InvalidValue):  # the dialog says why it cannot be read
            if (text := read(path)) is not None:
                self._learn(OwnText(text=text), path.name)
                return True
        return False

    def _take(
        self, dataset: OwnTable | TableSeries | OwnPictures, source: Source, edges: Path | None = None
    ) -> None:
        if edges is not None:
            self._edges[dataset.key] = edges
        if not isinstance(source, str):
            self._sources[dataset.key] = source
            first = source if isinstance(source, Path) else source[0]
            self._preferences.keep_text(FOLDER, str(first.parent))
        self._learn(dataset, dataset.name or self.tr("cells"))

    def _learn(self, dataset: Dataset, name: str) -> None:
        after = self._document.experiment.with_dataset(dataset)
        self._document.edit(after, self.tr("Open {name}").format(name=name), new_gesture())
        self.message.emit(self.tr("Opened {name}.").format(name=name))
