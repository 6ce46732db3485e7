"""The earlier moment that the window looks at, and the ways from there: back to now, or on from it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand

from playground.experiment import Experiment
from playground.numbers.writing import epochs
from playground.training import branching
from playground.training.aside import Aside
from playground.training.kept_run import KeptRuns
from playground.training.looking_back import Back
from playground.training.session import TrainingSession
from playground.training.snapshot import Snapshot
from widgets.document import Document

Place = tuple[int, float]
"""The number of a run, and an epoch of it."""


class Past(QObject):
    """Asks for earlier moments, one at a time, and lets only those snapshots pass that were asked for.

    Whatever is edited while an earlier moment is seen goes on from there, as a run of its own.

    Signals:
        changed: another moment is looked at, or the present again.
        left: another moment is no longer looked at; what is to be said of that, if anything.
    """

    changed = Signal()
    left = Signal(str)

    def __init__(
        self, document: Document, session: TrainingSession, shows: Callable[[Experiment], object]
    ) -> None:
        """`shows` is called with an experiment before the document shows it, as training knows it already."""
        super().__init__(document)
        self._document, self._session, self._shows = document, session, shows
        self.looking: Place | None = None
        """What was asked for; None for the present."""
        self.seen: Back | None = None
        """What is seen."""
        self.kept = KeptRuns()
        """All runs, as they were when last seen."""
        self._asked, self._answered = 0, 0
        self._next: Place | None = None
        self._then = False
        document.before_edit = self._settle

    def listen(self) -> None:
        """See what happens to the document."""
        self._document.opened.connect(self._begin)
        self._document.changed.connect(self._see_experiment)

    def _begin(self) -> None:
        """Another document is open."""
        self._forget()
        self._asked = self._answered = 0
        self.kept = KeptRuns()
        self.changed.emit()

    # --- what is asked for ------------------------------------------------------------------------------

    def look(self, number: int, epoch: float) -> None:
        """Look at a moment of a run; the end of the present one is the present."""
        present = self.kept.run(self.kept.present)
        if present is not None and number == present.number and epoch >= present.epoch:
            self.come_back()
            return
        first = self.looking is None
        self.looking, self._then = (number, epoch), False
        if first:
            self._session.pause()
        if self._asked > self._answered:
            self._next = self.looking  # when the moment before is there
        else:
            self._ask(number, epoch)
        self.changed.emit()

    def _ask(self, number: int, epoch: float) -> None:
        self._next = None
        self._asked += 1
        asked = self._asked
        self._session.ask(lambda run: branching.look_back(run, number, epoch, asked))

    def come_back(self, words: str = "") -> None:
        """Look at the present again."""
        if self.looking is not None:
            self._ask_back()
            self._leave(words)

    def _ask_back(self) -> None:
        self._asked += 1
        asked = self._asked
        self._session.ask(lambda run: branching.come_back(run, asked))

    def go_on(self) -> None:
        """Go on from the moment that is looked at, as soon as it is there."""
        if self.looking is not None:
            self._then = True
            self._go_on_when_there()

    # --- what is seen -----------------------------------------------------------------------------------

    def takes(self, snapshot: Snapshot) -> bool:
        """Whether a snapshot is of the moment that is looked at now; the document then shows it."""
        newest = snapshot.asked == self._asked
        self._answered = max(self._answered, snapshot.asked)
        if (self.looking is None or snapshot.back is None) and not newest:
            return False
        if self.looking is None and snapshot.back is not None:
            return False  # it was asked to come back by an edit of the present
        self.kept = snapshot.kept
        if snapshot.back is not None:
            self._see(snapshot)
        elif self.looking is not None:
            self._leave("")  # the moment cannot be had, or something was asked of the present
        return True

    def _see(self, snapshot: Snapshot) -> None:
        self.seen = snapshot.back
        if snapshot.experiment is not self._document.experiment:
            self._shows(snapshot.experiment)
            self._document.show_past(snapshot.experiment)
        if self._next is not None and self._answered == self._asked:
            self._ask(*self._next)
        self.changed.emit()
        self._go_on_when_there()

    # --- ways from there --------------------------------------------------------------------------------

    def _settle(self) -> None:
        """Go on from what is seen, as it is about to be edited."""
        if self.looking is not None and self.seen is not None:
            self._document.undo_stack.push(_GoOn(self, self.seen, self._document))

    def _go_on_when_there(self) -> None:
        seen = self.seen
        if self._then and seen is not None and seen.arrived and self._answered == self._asked:
            self._settle()

    def exchange(self, aside: Aside, experiment: Experiment) -> None:
        """Let the moment that is looked at, or what lies aside once it was exchanged, be the present."""
        self._asked += 1
        asked = self._asked
        self._session.ask(lambda run: branching.go_on(run, aside, experiment, asked))
        self._forget()
        self._shows(experiment)
        self._document.put(experiment)
        self.changed.emit()

    def _leave(self, words: str) -> None:
        self._forget()
        present = self._document.present
        if present is not self._document.experiment:
            self._shows(present)
            self._document.show_present()
        self.changed.emit()
        self.left.emit(words)

    def _forget(self) -> None:
        self.looking = self.seen = self._next = None
        self._then = False

    def _see_experiment(self, experiment: Experiment) -> None:
        """An edit was taken back or done again, which is of the present."""
        if self.looking is not None and self._document.present is experiment:
            self._ask_back()
            self._forget()
            self.changed.emit()


class _GoOn(QUndoCommand):
    """Goes on from the moment that was looked at when it was made."""

    def __init__(self, past: Past, seen: Back, document: Document) -> None:
        words = past.tr("Go on from epoch {epoch} of run {number}")
        super().__init__(words.format(epoch=epochs(seen.goal), number=seen.number))
        self._past, self._aside = past, Aside()
        self._before, self._after = document.present, document.experiment

    def redo(self) -> None:
        self._past.exchange(self._aside, self._after)

    def undo(self) -> None:
        self._past.exchange(self._aside, self._before)
