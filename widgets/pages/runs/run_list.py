"""The panel of the list of runs, and what can be done with each of them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QColor, QPixmap
from PySide6.QtWidgets import QMenu, QWidget

from playground.training.kept_run import COLOURS, KeptRun, RunWords
from playground.training.run import Run
from widgets.pages.runs.colours import run_colour
from widgets.pages.runs.rows import Key, Row, Rows, run_name
from widgets.pages.runs.table import RunsTable
from widgets.workspace import Workspace


class RunList(RunsTable):
    """The list, whose names, notes, colours and pins are edited undoably, and whose runs are looked at.

    Signals:
        shown: other runs are drawn, or they are called otherwise.
        note_asked: the note of the selected run is to be written.
    """

    shown = Signal()
    note_asked = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._made = Rows()
        self.rows: list[Row] = []
        self.ticked.connect(self._tick)
        self.renamed.connect(self._name)
        self.opened.connect(self.look_at)
        self.menu_asked.connect(self._offer)
        workspace.document.opened.connect(self._made.forget)

    def see(self) -> None:
        """Show all runs as they are now."""
        self.rows = self._made.rows(self._workspace.link.latest, self._workspace.runs.runs)
        self.show_rows(self.rows)

    @property
    def run(self) -> KeptRun | None:
        """The selected run; None where none is, or one beside the one in front."""
        return next((row.kept for row in self.selected), None)

    def row_before(self, number: int) -> KeptRun | None:
        """The kept run before one."""
        before = [row.kept for row in self.rows if row.kept is not None and row.kept.number < number]
        return before[0] if before else None

    # --- what can be done -------------------------------------------------------------------------------

    def _tick(self, key: Key, ticked: bool) -> None:
        self._made.tick(key, ticked)
        self.see()
        self.shown.emit()

    def _name(self, key: Key, text: str) -> None:
        run = self._run(key)
        if run is not None:
            plain = run_name(run.with_words(run.words.with_(name="")))
            name = "" if text.strip() == plain else text.strip()[:80]
            self.describe(run, self.tr("Rename run"), run.words.with_(name=name))

    def describe(self, run: KeptRun, text: str, words: RunWords) -> None:
        """Say something else of a run, undoably."""
        session, before, number = self._workspace.link.session, run.words, run.number

        def say(said: RunWords) -> Callable[[], None]:
            return lambda: session.ask(lambda each: each.learner.ledger.describe(number, said))

        if words != before:
            self._workspace.document.do(text, say(words), say(before))

    def delete(self) -> None:
        """Forget the selected runs that ended, undoably."""
        kept = self._workspace.link.past.kept
        runs = [row.kept for row in self.selected if row.kept and row.kept.number != kept.present]
        if not runs:
            self._workspace.message.emit(
                self.tr("The run under way stays; only one that ended can be deleted.")
            )
            return
        session = self._workspace.link.session

        def forget(each: Run) -> None:
            for run in runs:
                each.learner.ledger.delete(run.number)

        def put_back(each: Run) -> None:
            for run in runs:
                each.learner.ledger.put_back(run)

        text = (
            self.tr("Delete {run}").format(run=run_name(runs[0]))
            if len(runs) == 1
            else self.tr("Delete runs")
        )
        self._workspace.document.do(text, lambda: session.ask(forget), lambda: session.ask(put_back))

    def look_at(self, key: Key) -> None:
        """Look at the end of a run."""
        run = self._run(key)
        if run is not None:
            self._workspace.link.past.look(run.number, run.epoch)

    def go_on_with(self) -> None:
        """Let the end of the selected run be the present, undoably."""
        run, past = self.run, self._workspace.link.past
        if run is not None and run.number != past.kept.present:
            past.look(run.number, run.epoch)
            past.go_on()

    def pin(self) -> None:
        """Pin the selected run, or not any more."""
        if (run := self.run) is not None:
            pinned = not run.words.pinned
            text = self.tr("Pin run") if pinned else self.tr("Unpin run")
            self.describe(run, text, run.words.with_(pinned=pinned))

    def _run(self, key: Key) -> KeptRun | None:
        return next((row.kept for row in self.rows if row.key == key), None)

    # --- the menu ---------------------------------------------------------------------------------------

    def _offer(self, place: QPoint) -> None:
        menu = self.menu()
        menu.exec(place)
        menu.deleteLater()

    def menu(self) -> QMenu:
        """What can be done with the selected run."""
        menu, run = QMenu(self), self.run
        present = self._workspace.link.past.kept.present
        ended = run is not None and run.number != present
        for text, does, can in (
            (self.tr("Look at its end"), lambda: run and self.look_at(("kept", run.number)), ended),
            (self.tr("Go on with it"), self.go_on_with, ended),
            (self.tr("Rename") + "\tF2", self.rename, run is not None),
            (self.tr("Note"), self.note_asked.emit, run is not None),
            (self.tr("Unpin") if run and run.words.pinned else self.tr("Pin"), self.pin, run is not None),
        ):
            action = menu.addAction(text)
            action.triggered.connect(does)
            action.setEnabled(bool(can))
        colours = menu.addMenu(self.tr("Colour"))
        colours.setEnabled(run is not None)
        for index in range(COLOURS):
            action = colours.addAction(_swatch(run_colour(index)), self.tr("Colour {n}").format(n=index + 1))
            action.triggered.connect(lambda _checked=False, index=index: self._colour(index))
        menu.addSeparator()
        delete = menu.addAction(self.tr("Delete") + "\t" + self.tr("Del"))
        delete.triggered.connect(self.delete)
        delete.setEnabled(ended)
        return menu

    def _colour(self, index: int) -> None:
        if (run := self.run) is not None:
            self.describe(run, self.tr("Colour of a run"), run.words.with_(colour=index))


def _swatch(colour: str) -> QPixmap:
    result = QPixmap(12, 12)
    result.fill(Qt.GlobalColor.transparent)
    result.fill(QColor(colour))
    return result
