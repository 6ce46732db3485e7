"""A trial as an experiment: its run with its weights beside those of the document, or its settings alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from playground.experiment import Experiment
from playground.files.experiment_file import SavedExperiment
from playground.files.problem import FileProblem
from playground.files.runs_table import runs_of
from playground.search.applying import apply
from playground.search.records import TrialRecord
from playground.training.kept_run import KeptRun
from playground.training.run import Run
from playground.training.snapshot import Snapshot
from playground.value import InvalidValue
from widgets.background import Background
from widgets.pages.search.searching import Searching
from widgets.sentences import sentence
from widgets.workspace import Workspace


class TrialOpening(QObject):
    """Whatever is opened is a step of undo, so that nothing of a person's own is lost."""

    def __init__(self, workspace: Workspace, searching: Searching) -> None:
        super().__init__(searching)
        self._workspace, self._searching = workspace, searching
        self._background = Background(self)
        self._awaited: int | None = None
        """The number of a run that is to come to the front once it is known."""
        workspace.link.painted.connect(self._see)

    def end(self) -> None:
        """Open no more."""
        self._background.close()

    def open(self, record: TrialRecord) -> None:
        """Bring the run of a trial to the front, with its weights; where none were kept, its experiment."""
        reader = self._searching.reader
        if reader is None:
            return
        name = self.tr("Trial {number}").format(number=record.number)

        def failed(error: Exception) -> None:
            if not isinstance(error, InvalidValue | FileProblem):
                raise error
            self._workspace.notice.say(f"{name}: {sentence(error.text)}")

        self._background.run(lambda: reader.opened(record), lambda saved: self._take(saved, name), failed)

    def use(self, record: TrialRecord) -> None:
        """Give the document the settings of a trial, undoably."""
        document = self._workspace.document
        try:
            after = apply(document.experiment, record.settings)
        except InvalidValue as problem:
            self._workspace.notice.say(sentence(problem.text))
            return
        self._put(after, self.tr("Use trial {number}").format(number=record.number))

    def _put(self, after: Experiment, text: str) -> None:
        if after == self._workspace.document.experiment:
            self._workspace.message.emit(self.tr("The experiment has these settings already."))
            return
        self._workspace.document.edit(after, text)
        self._workspace.page_asked.emit("design")

    def _take(self, saved: SavedExperiment, name: str) -> None:
        runs = runs_of(saved, Path(name))
        if not runs:
            words = self.tr(
                "{trial} has its settings here; its weights were not kept, train to get them again."
            )
            self._put(saved.experiment, self.tr("Open {trial}").format(trial=name))
            self._workspace.message.emit(words.format(trial=name))
            return
        self._take_in(runs[-1], name)

    def _take_in(self, kept: KeptRun, name: str) -> None:
        """Let the run be one of the document, and go on with it."""
        numbers: list[int] = []

        def take_in(run: Run) -> None:
            numbers[:] = [run.learner.ledger.take_in(kept)]
            self._awaited = numbers[0]

        def forget(run: Run) -> None:
            for number in numbers:
                run.learner.ledger.delete(number)

        self._do(self.tr("Open {trial}").format(trial=name), take_in, forget)

    def _do(self, text: str, do: Callable[[Run], None], undo: Callable[[Run], None]) -> None:
        session = self._workspace.link.session
        self._workspace.document.do(text, lambda: session.ask(do), lambda: session.ask(undo))

    def _see(self, snapshot: Snapshot) -> None:
        """Go on with the run that was taken in, once it is known here."""
        number, past = self._awaited, self._workspace.link.past
        if number is None or (run := past.kept.run(number)) is None:
            return
        self._awaited = None
        past.look(run.number, run.epoch)
        past.go_on()
        self._workspace.page_asked.emit("design")
