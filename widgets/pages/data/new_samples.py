"""What predicting samples of a file has in common, whatever kind of sample."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QWidget

from playground.files import names
from widgets import saving
from widgets.pages.data.samples import SampleRows


class NewSamples(QObject):
    """Reads samples that have no targets, and writes them with predictions, off the window's thread.

    Signals:
        message: what was done, for the status bar.
        problem: why it could not be.
    """

    message = Signal(str)
    problem = Signal(str)

    def __init__(self, samples: SampleRows, parent: QWidget) -> None:
        super().__init__(parent)
        self._samples, self._window = samples, parent

    def _table_for(self, source: Path) -> Path | None:
        """Ask where the table of what is predicted of a file or a folder goes."""
        name = _tr("{name} predicted").format(name=source.name.partition(".")[0])
        suggestion = source.parent / names.suggest(name, ".csv")
        kinds = {f"{_tr('Table')} (*.csv)": ".csv"}
        return saving.file_to_save(self._window, _tr("Save the predictions"), suggestion, kinds)


def _tr(text: str) -> str:
    return QCoreApplication.translate("NewSamples", text)
