"""Links of experiments, our own and those of TensorFlow Playground: opened, and made.

What reads and writes them is imported when one is there: the window opens without it.
"""

from __future__ import annotations

from collections.abc import Callable

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


def is_link(text: str) -> bool:
    """Whether a text has a link of an experiment in it."""
    from playground.files import share_link, tf_playground

    return share_link.is_link(text) or tf_playground.is_link(text)


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
        from playground.files import share_link, tf_playground

        try:
            if share_link.is_link(link):
                ours = share_link.parse(link)
                self._filing.leave(lambda: self._filing.show(SavedExperiment(ours)))
                return
            experiment, display = tf_playground.parse(link), tf_playground.display(link)
        except FileProblem as problem:
            self.problem.emit(sentence(problem.text))
            return
        self._filing.leave(lambda: self._show_of_playground(experiment, display))

    def _show_of_playground(self, experiment: Experiment, display: Display) -> None:
        self._filing.show(SavedExperiment(experiment), name=self.tr("TF Playground"))
        self.opened.emit(display)

    def ask(self) -> None:
        """Ask for a link, suggesting what was copied, and open it."""
        from widgets.dialogs import questions

        copied = QGuiApplication.clipboard().text()
        if text := questions.link_to_open(self._window, copied if is_link(copied) else ""):
            self.open(text)

    def copy(self) -> None:
        """Put the experiment on the clipboard as a link of TensorFlow Playground, where one can say it."""
        from playground.files import tf_playground

        self._copy(tf_playground.link)

    def share(self) -> None:
        """Put the experiment on the clipboard as a link of our own."""
        from playground.files import share_link

        self._copy(share_link.link)

    def _copy(self, link: Callable[[Experiment], str]) -> None:
        try:
            text = link(self._document.experiment)
        except FileProblem as problem:
            self.problem.emit(sentence(problem.text))
            return
        QGuiApplication.clipboard().setText(text)
        self.message.emit(self.tr("Copied the link."))
