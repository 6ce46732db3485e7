"""The dialog of pictures of one's own: their classes, some of them, and the size that they are brought to."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from playground.data import OwnPictures
from playground.data.pictures.album import Album
from playground.data.pictures.opening import Source, name_of
from playground.data.pictures.sizing import Sizing
from playground.numbers.writing import whole
from widgets.dialogs.parts import ProgressLine, choice, framed
from widgets.dialogs.pictures.reader import PicturesReader
from widgets.dialogs.pictures.sizing_form import SizingForm
from widgets.dialogs.pictures.wall import Wall
from widgets.labels import label, show_or_hide
from widgets.sentences import counted, sentence
from widgets.tab_order import ReadingOrder

SIZE = QSize(900, 600)


class PicturesDialog(ReadingOrder, QDialog):
    """Reads pictures and lets their size be chosen; nothing is changed before it is accepted.

    Signals:
        taken: the dataset that was made of them.
    """

    taken = Signal(OwnPictures)

    def __init__(self, source: Source, parent: QWidget | None = None, sizing: Sizing | None = None) -> None:
        """Begins with a sizing, or with the one that is usual for what is there."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Open pictures"))
        self.resize(SIZE if parent is None else SIZE.boundedTo(parent.size()))
        self.reader = PicturesReader(source, self)
        self.album: Album | None = None
        self.sizing = sizing
        self._make_parts(source)
        self._lay_out()
        self.form.edited.connect(self._read)
        self.progress.stop.clicked.connect(self._stop)
        self.buttons.accepted.connect(self._build)
        self.buttons.rejected.connect(self.reject)
        self.reader.progressed.connect(self.progress.show_share)
        self.reader.ended.connect(self._show_state)

    def begin(self) -> None:
        """Find out how the pictures are usually taken, and read them."""
        if self.sizing is None:
            self.reader.guess(self._read, self._show_none)
            self._show_state()
        else:
            self._read(self.sizing)

    def done(self, result: int) -> None:
        """Close, and stop what is under way."""
        self.reader.close()
        super().done(result)

    # --- assembly ---------------------------------------------------------------------------------------

    def _make_parts(self, source: Source) -> None:
        self.name = label(name_of(source), "heading")
        self.facts = label("", "muted")
        self.form = SizingForm()
        self.wall = Wall()
        self.remarks, self.problem = label("", "muted", wraps=True), label("", "error", wraps=True)
        self.progress = ProgressLine()
        self.buttons, self.ok = choice(self.tr("Learn from them"))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.name)
        head.addWidget(self.facts, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self.form)
        column.addWidget(framed(self.wall), 1)
        for widget in (self.remarks, self.problem, self.progress, self.buttons):
            column.addWidget(widget)

    # --- reading ----------------------------------------------------------------------------------------

    def _read(self, sizing: Sizing) -> None:
        """Read them so."""
        self._show_sizing(sizing)
        self.reader.read(sizing, self._show_album, self._show_none)
        self._show_state()

    def _show_sizing(self, sizing: Sizing) -> None:
        self.sizing = sizing
        self.form.show_sizing(sizing)

    def _stop(self) -> None:
        """Leave them as they were read before."""
        self.reader.cancel()
        if self.album is not None:
            self._show_sizing(self.album.sizing)
        self._refuse(self.tr("Reading was stopped.") if self.album is None else "")

    def _show_album(self, album: Album) -> None:
        self.album = album
        self.facts.setText(" · ".join(self._facts(album)))
        show_or_hide(self.problem, "")
        show_or_hide(self.remarks, "  ".join(map(sentence, album.remarks)))
        self.wall.classes.show_album(album)
        self._show_state()

    def _facts(self, album: Album) -> list[str]:
        facts = [
            counted("{count} picture", "{count} pictures", len(album.labels)),
            counted("{count} class", "{count} classes", len(album.class_names)),
        ]
        if album.sides is not None:
            train, validation, test = map(whole, np.bincount(album.sides, minlength=3).tolist())
            words = self.tr("{train} to train on, {validation} to validate, {test} to test with")
            facts.append(words.format(train=train, validation=validation, test=test))
        return facts

    def _show_none(self, words: str) -> None:
        """Say why they cannot be read so."""
        self.album = None
        self.facts.setText("")
        show_or_hide(self.remarks, "")
        self.wall.classes.show_album(None)
        self._refuse(words)

    def _refuse(self, words: str) -> None:
        show_or_hide(self.problem, words)
        self._show_state()

    def _show_state(self) -> None:
        busy = self.reader.busy
        self.progress.setVisible(busy)
        self.form.setEnabled(self.sizing is not None)
        self.ok.setEnabled(not busy and self.album is not None and not self.problem.text())

    def _build(self) -> None:
        """Make a dataset of them; when that cannot be, the dialog says why and stays."""
        if self.album is not None:
            self.reader.build(self.album, self._accept_dataset, self._refuse)
            self._show_state()

    def _accept_dataset(self, dataset: OwnPictures) -> None:
        self.taken.emit(dataset)
        self.accept()
