"""Runs that come from other files, and the list of runs as a table for other programs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from playground.files import experiment_file
from playground.files.names import suggest
from playground.files.problem import FileProblem
from playground.folders import home
from playground.training.kept_run import KeptRun
from playground.training.run import Run
from widgets.background import Background
from widgets.dialogs import questions
from widgets.labels import link_button
from widgets.pages.runs.run_list import RunList
from widgets.saving import file_to_save, write
from widgets.sentences import sentence
from widgets.workspace import Workspace


class Traffic(QObject):
    """Adds runs of other files, undoably, and writes the list."""

    def __init__(self, workspace: Workspace, runs: RunList) -> None:
        super().__init__(runs)
        self._workspace, self._runs = workspace, runs
        self._background = Background(self)
        self.add = link_button(_tr("Add runs…"), _tr("Lay runs of another file beside these."))
        self.save = link_button(_tr("CSV"), _tr("Save this list as a table."))
        self.add.clicked.connect(self._ask)
        self.save.clicked.connect(self._save)

    def head(self, size: QLabel) -> QWidget:
        """Both beside how much there is."""
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        for shown in (size, self.add, self.save):
            layout.addWidget(shown)
        return row

    def _ask(self) -> None:
        path = self._workspace.document.path
        file = questions.file_to_open(self._runs.window(), path.parent if path else home())
        if file is not None:
            self.add_from(file)

    def add_from(self, file: Path) -> None:
        """Add the runs of a file."""

        def failed(error: Exception) -> None:
            if not isinstance(error, FileProblem):
                raise error
            self._workspace.notice.say(f"{file.name}: {sentence(error.text)}")

        self._background.run(lambda: _read(file), lambda runs: self._take_in(file, runs), failed)

    def _take_in(self, file: Path, runs: Sequence[KeptRun]) -> None:
        if not runs:
            self._workspace.notice.say(
                _tr("{name} was never trained: it has no runs.").format(name=file.name)
            )
            return
        session, numbers = self._workspace.link.session, list[int]()

        def take_in(run: Run) -> None:
            numbers[:] = [run.learner.ledger.take_in(each) for each in runs]

        def forget(run: Run) -> None:
            for number in numbers:
                run.learner.ledger.delete(number)

        text = _tr("Add runs of {name}").format(name=file.name)
        self._workspace.document.do(text, lambda: session.ask(take_in), lambda: session.ask(forget))

    def _save(self) -> None:
        from playground.files import runs_table

        window, name = self._runs.window(), suggest(_tr("Runs"), ".csv")
        if path := file_to_save(
            window, _tr("Save the list of runs"), Path(name), {_tr("Table (*.csv)"): ".csv"}
        ):
            rows = [(row.kept, row.what) for row in reversed(self._runs.rows) if row.kept is not None]
            write(window, path, runs_table.to_bytes(rows))

    def end(self) -> None:
        """Work no more."""
        self._background.close()


def _read(file: Path) -> tuple[KeptRun, ...]:
    from playground.files import runs_table

    return runs_table.runs_of(experiment_file.load(file), file)


def _tr(text: str) -> str:
    return QCoreApplication.translate("RunTraffic", text)
