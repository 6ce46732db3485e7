"""Taking samples elsewhere, with what the network says of each: as cells, or into a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from playground.files import names
from widgets import saving
from widgets.pages.data.samples import SampleRows
from widgets.pages.data.writing_out import as_text
from widgets.sentences import counted

MOST_COPIED = 100_000
"""Rows that go to the clipboard at most; a file takes all."""


class TakingOut(QObject):
    """Writes rows off the window's thread.

    Signals:
        message: what was done, for the status bar.
    """

    message = Signal(str)

    def __init__(self, samples: SampleRows, parent: QWidget) -> None:
        super().__init__(parent)
        self._samples, self._window = samples, parent

    def copy(self, rows: NDArray[np.int64]) -> None:
        """Copy these rows, or as many as the clipboard takes."""
        rows = rows[:MOST_COPIED]

        def done(text: bytes) -> None:
            QGuiApplication.clipboard().setText(text.decode())
            self.message.emit(counted("Copied {count} row.", "Copied {count} rows.", len(rows)))

        if len(rows):
            self._samples.in_background(self._text_of(rows, "\t"), done)

    def save(self) -> None:
        """Ask for a file, and write the rows that are shown with what the network says of them."""
        arrangement = self._samples.arrangement
        if arrangement is None:
            return
        suggestion = Path(names.suggest(self.tr("predictions"), ".csv"))
        kinds = {f"{self.tr('Table')} (*.csv)": ".csv"}
        if path := saving.file_to_save(self._window, self.tr("Save the rows"), suggestion, kinds):
            saving.write(self._window, path, self._text_of(arrangement.rows, ","))

    def _text_of(self, rows: NDArray[np.int64], delimiter: str) -> Callable[[], bytes]:
        sheet, verdict = self._samples.sheet, self._samples.verdict
        assert sheet is not None
        return lambda: as_text(sheet, verdict, rows, delimiter)
