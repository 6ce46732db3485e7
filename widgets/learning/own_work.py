"""A person's own work while a lesson has the window: put aside, kept for recovery, and brought back."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject

from playground.experiment import Experiment
from playground.files.autosave import Autosave
from playground.files.experiment_file import SavedExperiment
from playground.files.fingerprint import Found
from playground.training.checkpoint import Checkpoint
from widgets.background import Background
from widgets.keeper import matching
from widgets.training_link import shown
from widgets.workspace import Workspace

logger = logging.getLogger(__name__)

Known = tuple[Experiment, Checkpoint]
Made = Callable[[], object]


@dataclass(frozen=True)
class _Work:
    """A document as it was."""

    saved: SavedExperiment
    path: Path | None
    name: str
    on_disk: Found
    modified: bool


class Held:
    """What must not be lost, whoever has the window: the work that is aside, and its file for recovery."""

    def __init__(self, folder: Path) -> None:
        self.work: _Work | None = None
        self.autosave = Autosave(folder)


class OwnWork(QObject):
    """Holds the document that was open before a lesson.

    The documents of lessons are lent: nobody is asked to save them, and none is kept for recovery, while the
    own work is, in a file of its own.
    """

    def __init__(self, workspace: Workspace, parent: QObject, held: Held | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.held = held or Held(workspace.filing.keeper.folder)
        self._asks = False
        self._background = Background(self)

    @property
    def is_aside(self) -> bool:
        """Whether there is work that waits to be brought back."""
        return self.held.work is not None

    def put_aside(self, then: Callable[[], object]) -> None:
        """Put the open document aside, unless one is already, or it is lent; then go on."""
        document = self._workspace.document
        if self._asks:
            return
        if self.held.work is not None or document.lent:
            then()
            return
        self._asks = True
        number = document.number
        link = self._workspace.link
        link.past.come_back()
        link.session.pause()

        def done(known: Known | None) -> None:
            self._asks = False
            if document.number == number:
                self._take(known)
                then()

        self._background.follow(link.session.checkpoint(), done)

    def show(self, saved: SavedExperiment, name: str) -> None:
        """Open what a lesson works with."""
        self._workspace.filing.show(saved, name=name)
        self._workspace.document.lend()

    def bring_back(self, then: Callable[[Made | None], object]) -> None:
        """Open the own work again, once what was opened meanwhile is cared for.

        Then go on, with what opens instead what was made in the lesson; None where that is nothing.
        """
        work, document = self.held.work, self._workspace.document
        if work is None:
            then(None)
            return
        latest = shown(self._workspace.link)
        touched = document.undo_stack.index() > 0 or (latest is not None and latest.step > 0)
        made = self._made() if document.lent and touched else None

        def back() -> None:
            self._open(work)
            then(made)

        self._workspace.filing.leave(back)

    def _made(self) -> Made:
        """What opens the network of the lesson as it is now, once the own work is cared for."""
        workspace, document = self._workspace, self._workspace.document
        name = document.name
        saved = SavedExperiment(*matching(document.present, workspace.link.session.last_known))

        def opens() -> None:
            workspace.filing.show(saved, name=name)
            document.mark_trained()

        return lambda: workspace.filing.leave(opens)

    def close(self, keeps: bool) -> None:
        """End; what is aside lies for the next start where it shall outlive the program."""
        autosave = self.held.autosave
        self._do(autosave.leave if keeps else autosave.discard)
        self._background.close()

    def let_go(self) -> Held:
        """End, and give away what is held."""
        self._background.close()
        return self.held

    def _take(self, known: Known | None) -> None:
        document = self._workspace.document
        fingerprint = document.on_disk.fingerprint
        found = matching(document.present, known)
        saved = SavedExperiment(*found, fingerprint=fingerprint, repeated=document.repeated)
        name = "" if document.path else document.name
        work = self.held.work = _Work(saved, document.path, name, document.on_disk, document.modified)
        if work.modified:
            self._do(lambda: self.held.autosave.write(saved, work.path))

    def _open(self, work: _Work) -> None:
        workspace, document = self._workspace, self._workspace.document
        self.held.work = None
        workspace.filing.show(work.saved, work.path, work.name)
        document.on_disk = work.on_disk
        if work.modified:
            document.mark_trained()
            workspace.filing.keeper.keep(lambda kept: self._forget() if kept else None)
        else:
            self._forget()

    def _forget(self) -> None:
        if self.held.work is None:
            self._do(self.held.autosave.discard)

    def _do(self, work: Callable[[], object]) -> None:
        """Do something to the file for recovery, off the window's thread; what goes wrong is logged."""
        self._background.run(work, _nothing, _log)


def _nothing(_: object) -> None:
    pass


def _log(error: Exception) -> None:
    logger.warning("recovery files: %s", error)
