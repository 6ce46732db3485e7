"""A report of the run in front: asked for, told by the training thread, drawn here and written elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QTimer
from PySide6.QtWidgets import QWidget

from playground.animation.moments import at_rest
from playground.files import names
from playground.report.facts import ReportFacts, gather
from playground.report.page import page
from playground.training.observer import Observer
from playground.training.run import Run
from playground.training.snapshot import Snapshot
from widgets import saving
from widgets.background import Background
from widgets.film.portrait import Portrait
from widgets.languages import shown_language
from widgets.sentences import sentence
from widgets.workspace import Workspace


def ask_and_report(window: QWidget, workspace: Workspace) -> None:
    """Ask for a file, and write a report to it."""
    name = workspace.document.name
    suggestion = Path(names.suggest(Path(name).stem, ".html"))
    if path := saving.file_to_save(window, _tr("Save report"), suggestion, {"HTML (*.html)": ".html"}):
        Reporting(window, workspace, path, name).begin()


class Reporting(QObject):
    """One report on its way to a file."""

    def __init__(self, window: QWidget, workspace: Workspace, path: Path, name: str) -> None:
        super().__init__(window)
        self._window, self._workspace, self._path, self._name = window, workspace, path, name
        self._background = Background(self)
        self._painting = QTimer(self, interval=0)
        self._painting.timeout.connect(self._paint)

    def begin(self) -> None:
        """Ask the training thread; the rest comes about when it has answered."""
        name = self._name
        answer = self._workspace.link.session.answer(lambda run: _told(run, name))
        self._background.follow(answer, self._draw)

    def _draw(self, told: tuple[ReportFacts, Snapshot] | None) -> None:
        if told is None:
            self.deleteLater()
            return
        self._facts, moment = told
        self._portrait = Portrait(moment)
        self._pieces: Iterator[None] = self._portrait.pieces()
        self._painting.start()

    def _paint(self) -> None:
        if next(self._pieces, self) is self:
            self._painting.stop()
            self._write()

    def _write(self) -> None:
        facts, pictures, language = self._facts, self._portrait.pictures, shown_language.language
        words = _tr("Saved {name}.").format(name=self._path.name)
        saving.write(
            self._window,
            self._path,
            lambda: page(facts, pictures, sentence, language).encode(),
            lambda: self._workspace.message.emit(words),
        )
        self.deleteLater()


def _told(run: Run, name: str) -> tuple[ReportFacts, Snapshot] | None:
    """What the run in front has to tell, on the training thread."""
    trainer = run.learner.trainer
    if trainer is None:
        return None
    return gather(trainer, name), at_rest(Observer(trainer))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Report", text)
