"""Rows of a file or of the clipboard, predicted by the network as it is now."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QGuiApplication

from playground.files.atomic import write_atomically
from playground.files.predictions import Predicted, predicted, to_bytes
from playground.files.problem import FileProblem
from playground.folders import home
from playground.numbers.writing import whole
from playground.text import Text
from playground.training.moment import Moment
from playground.value import InvalidValue
from widgets.dialogs import questions
from widgets.pages.data.new_samples import NewSamples
from widgets.sentences import sentence


class NewRows(NewSamples):
    """Rows, as of a table."""

    def of_file(self) -> None:
        """Ask for a file and for another to write to."""
        from playground.data.tables.reading import SUFFIXES

        path = questions.data_to_open(self._window, home(), SUFFIXES)
        out = path and self._table_for(path)
        if path is None or out is None:
            return
        self._predict(path, lambda found: write_atomically(out, to_bytes(found.frame)))

    def of_clipboard(self) -> None:
        """Predict the cells on the clipboard, and copy them with the predictions."""
        cells = QGuiApplication.clipboard().text()
        if not cells.strip():
            self.problem.emit(self.tr("There are no cells on the clipboard."))
            return
        self._predict(cells, lambda found: to_bytes(found.frame, "\t"))

    def _predict(self, source: Path | str, out: Callable[[Predicted], bytes | None]) -> None:
        moment = self._samples.moment
        if moment is not None:
            self.message.emit(self.tr("Predicting…"))
            self._samples.in_background(lambda: _worked_out(moment, source, out), self._tell)

    def _tell(self, outcome: tuple[Predicted, bytes | None] | Text) -> None:
        if isinstance(outcome, Text):
            self.problem.emit(sentence(outcome))
            return
        found, text = outcome
        if text is not None:
            QGuiApplication.clipboard().setText(text.decode())
        words = self.tr("Predicted {complete} of {rows} rows.")
        self.message.emit(words.format(complete=whole(found.complete), rows=whole(found.rows)))


def _worked_out(
    moment: Moment, source: Path | str, out: Callable[[Predicted], bytes | None]
) -> tuple[Predicted, bytes | None] | Text:
    """The rows with predictions, and what was made of them; or why that cannot be."""
    from playground.data.tables import reading

    try:
        found = predicted(moment, reading.read(source, reading.guess(source), keep=True))
        return found, out(found)
    except (InvalidValue, FileProblem) as problem:
        return problem.text
