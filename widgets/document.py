"""The document: the current experiment, its undo stack, and the file it belongs to.

Every edit replaces the whole frozen experiment by another, so that one undo command serves them all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from playground.experiment import Experiment
from playground.files.fingerprint import Found
from playground.training.aside import Aside
from playground.training.seed_run import RepeatedRun
from widgets.gesture import TRIAL
from widgets.listeners import let_go


class AtWork(Protocol):
    """Something that works beside the window until it is told to end."""

    def stop(self) -> None:
        """Let it end; nobody waits for that."""


class Document(QObject):
    """The experiment that is open.

    Signals:
        changed: the experiment is another one now (edit, undo, redo, or opened).
        opened: another experiment was opened in place of this one.
        tried: an edit that is not to be made here, but seen beside; what would come of it.
        title_changed: the file or the modified mark changed.
        search_changed: the plan of its search is another now.
    """

    changed = Signal(Experiment)
    opened = Signal()
    tried = Signal(Experiment)
    title_changed = Signal()
    search_changed = Signal()

    def __init__(self, experiment: Experiment | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.experiment = experiment or Experiment()
        self.aside = Aside()
        """Where training puts what the edit that is announced takes away, and finds it when it is undone."""
        self.gesture = -1
        """The gesture that the edit that is announced belongs to; −1 for one alone."""
        self.path: Path | None = None
        self.on_disk = Found()
        """What the file held when it was read or written last, and when that was."""
        self.repeated: tuple[RepeatedRun, ...] = ()
        """What came of repeating runs over seeds."""
        self.search: Mapping[str, Any] = {}
        """The plan of a search as files hold it (see `widgets.search_plan`)."""
        self.at_work: AtWork | None = None
        """The search that runs for this document, whichever window shows it."""
        self.number = 0
        """Which document this is: it rises whenever another one is opened in its place."""
        self.undo_stack = QUndoStack(self)
        self.undo_stack.setUndoLimit(500)
        self.undo_stack.cleanChanged.connect(self.title_changed)
        self.lent = False
        """Whether it belongs to a lesson: then nobody is asked to save it, until it has a file."""
        self.before_edit: Callable[[], object] = lambda: None
        """Called before something is done that undo takes back."""
        self._present: Experiment | None = None
        self._name = ""
        self._trained = False

    def let_go(self) -> None:
        """Tell nobody any more: what listened goes, and other things will listen to all of it anew."""
        let_go(self.changed, self.opened, self.tried, self.title_changed)

    @property
    def modified(self) -> bool:
        """Whether there is work that is not in the file."""
        return not self.lent and (self._trained or not self.undo_stack.isClean())

    @property
    def name(self) -> str:
        """What the document is called in the title."""
        return self.path.name if self.path else self._name or self.tr("Untitled")

    def edit(self, after: Experiment, text: str, gesture: int = -1) -> None:
        """Replace the experiment, undoably; edits of one gesture become one step of undo.

        Of the gesture `TRIAL` only `tried` tells.
        """
        if after == self.experiment:
            return
        if gesture == TRIAL:
            self.tried.emit(after)
        else:
            self.before_edit()
            self.undo_stack.push(_ReplaceExperiment(self, after, text, gesture, Aside()))

    def exchange(self, after: Experiment, aside: Aside, text: str) -> None:
        """Put another whole run, which lies aside, in the place of this one, undoably."""
        self.undo_stack.push(_ReplaceExperiment(self, after.model_copy(), text, -1, aside))

    def act(self, text: str, do: Callable[[], None], undo: Callable[[], None]) -> None:
        """Do something to the training that undo takes back, and redo does again."""
        self.before_edit()
        self.do(text, do, undo)

    def do(self, text: str, do: Callable[[], None], undo: Callable[[], None]) -> None:
        """Do something that leaves the training alone, undoably."""
        self.undo_stack.push(_Act(text, do, undo))

    def plan_search(self, after: Mapping[str, Any], text: str, gesture: int = -1) -> None:
        """Plan another search, undoably; training goes on as it does."""
        if after != self.search:
            self.undo_stack.push(_ReplaceSearch(self, after, text, gesture))

    def put_search(self, search: Mapping[str, Any]) -> None:
        """Show another plan without a step of undo (the undo stack calls this)."""
        self.search = search
        self.search_changed.emit()

    def put(self, experiment: Experiment, aside: Aside | None = None, gesture: int = -1) -> None:
        """Show another experiment without a step of undo (the undo stack calls this)."""
        self._present = None
        self.experiment, self.aside, self.gesture = experiment, aside or Aside(), gesture
        self.changed.emit(experiment)

    # --- looking back -----------------------------------------------------------------------------------

    @property
    def present(self) -> Experiment:
        """The experiment as it is now, whichever moment is looked at."""
        return self.experiment if self._present is None else self._present

    def show_past(self, experiment: Experiment) -> None:
        """Show what was learnt at an earlier moment."""
        self._present, self.experiment = self.present, experiment
        self.changed.emit(experiment)

    def show_present(self) -> None:
        """Show the present again."""
        self.experiment, self._present = self.present, None
        self.changed.emit(self.experiment)

    # --- files ------------------------------------------------------------------------------------------

    def open(
        self,
        experiment: Experiment,
        path: Path | None = None,
        name: str = "",
        on_disk: Found = Found(),  # noqa: B008 (it never changes)
        repeated: tuple[RepeatedRun, ...] = (),
        search: Mapping[str, Any] = MappingProxyType({}),
    ) -> None:
        """Begin anew with this experiment, which nothing can undo; `name` is for one without a file."""
        if self.at_work is not None:
            self.at_work.stop()
        self.undo_stack.clear()
        self._trained, self._present, self.lent = False, None, False
        self.number += 1
        self.path, self._name, self.on_disk = path, name, on_disk
        self.experiment, self.aside = experiment, Aside()
        self.repeated, self.search = repeated, search
        self.opened.emit()
        self.changed.emit(experiment)
        self.search_changed.emit()
        self.title_changed.emit()

    def mark_trained(self) -> None:
        """Training went on since the file was written."""
        if not self._trained:
            self._trained = True
            self.title_changed.emit()

    def lend(self) -> None:
        """Let what was opened belong to a lesson."""
        self.lent = True
        self.title_changed.emit()

    def mark_saved(self, path: Path, experiment: Experiment, on_disk: Found) -> None:
        """The document, as it was with this experiment, is in this file now."""
        self.path, self.on_disk = path, on_disk
        self._trained = self.lent = False
        if experiment == self.present:
            self.undo_stack.setClean()
        self.title_changed.emit()


class _ReplaceExperiment(QUndoCommand):
    def __init__(self, document: Document, after: Experiment, text: str, gesture: int, aside: Aside) -> None:
        super().__init__(text)
        self._document, self._gesture = document, gesture
        self._before, self._after, self._aside = document.present, after, aside

    def id(self) -> int:
        return self._gesture

    def redo(self) -> None:
        self._document.put(self._after, self._aside, self._gesture)

    def undo(self) -> None:
        self._document.put(self._before, self._aside)

    def mergeWith(self, other: QUndoCommand) -> bool:
        assert isinstance(other, _ReplaceExperiment)
        self._after = other._after
        self.setObsolete(self._after == self._before)
        return True


class _ReplaceSearch(QUndoCommand):
    def __init__(self, document: Document, after: Mapping[str, Any], text: str, gesture: int) -> None:
        super().__init__(text)
        self._document, self._gesture = document, gesture
        self._before, self._after = document.search, after

    def id(self) -> int:
        return self._gesture

    def redo(self) -> None:
        self._document.put_search(self._after)

    def undo(self) -> None:
        self._document.put_search(self._before)

    def mergeWith(self, other: QUndoCommand) -> bool:
        assert isinstance(other, _ReplaceSearch)
        self._after = other._after
        self.setObsolete(self._after == self._before)
        return True


class _Act(QUndoCommand):
    def __init__(self, text: str, do: Callable[[], None], undo: Callable[[], None]) -> None:
        super().__init__(text)
        self._do, self._undo = do, undo

    def redo(self) -> None:
        self._do()

    def undo(self) -> None:
        self._undo()
