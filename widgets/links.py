"""Links of TensorFlow Playground: opened as experiments, and made of them.

What reads and writes them is imported when one is there: the window opens without it.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from playground.experiment import Experiment
from playground.files.display import Display
from playground.files.experiment_file import SavedExperiment
from playground.files.problem import FileProblem
from widgets.document import Document
from widgets.filing import Filing
from widgets.sentences import sentence


class Links(QObject):
    """Opens links as documents without a file, and copies the document's.

    Signals:
        opened: a link is open, which says this (`Display`) about the picture.
        message: a sentence for the status bar.
        problem: a sentence on what went wrong.
    """

    opened = Signal(Display)
    message = Signal(str)
    problem = Signal(str)

    def __init__(self, document: Document, filing: Filing, window: QWidget) -> None:
        super().__init__(window)
        self._document, self._filing, self._window = document, filing, window

    def open(self, link: str) -> None:
        """Open a link, once unsaved work is cared for."""
        from playground.files import tf_playground

        try:
            experiment, display = tf_playground.parse(link), tf_playground.display(link)
        except FileProblem as problem:
            self.problem.emit(sentence(problem.text))
            return
        self._filing.leave(lambda: self._show(experiment, display))

    def _show(self, experiment: Experiment, display: Display) -> None:
        self._filing.show(SavedExperiment(experiment), name=self.tr("TF Playground"))
        self.opened.emit(display)

    def ask(self) -> None:
        """Ask for a link, suggesting what was copied, and open it."""
        from playground.files import tf_playground
        from widgets.dialogs import questions

        copied = QGuiApplication.clipboard().text()
        if text := questions.link_to_open(self._window, copied if tf_playground.is_link(copied) else ""):
            self.open(text)

    def copy(self) -> None:
        """Put the experiment on the clipboard as a link, where one can express it."""
        from playground.files import tf_playground

        try:
            text = tf_playground.link(self._document.experiment)
        except FileProblem as problem:
            self.problem.emit(sentence(problem.text))
            return
        QGuiApplication.clipboard().setText(text)
        self.message.emit(self.tr("Copied the link."))
