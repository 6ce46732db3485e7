"""The page Labs: all laboratories in a gallery, or one of them with its own undo, keys and files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from playground.files import laboratory_file, names
from playground.files.laboratory_file import SavedLaboratory
from playground.files.problem import FileProblem
from playground.labs import Laboratory
from playground.value import InvalidValue
from widgets import saving
from widgets.docks import MARGIN
from widgets.forms import drop_typed
from widgets.pages.labs.gallery import LabGallery
from widgets.pages.labs.room import LabRoom
from widgets.pages.page import Page
from widgets.preferences import Preferences
from widgets.sentences import said, sentence
from widgets.space_key import leave_space_key
from widgets.workspace import Workspace

GALLERY = ""
"""What is in front while all are shown."""


class LabsPage(Page):
    """Laboratories are made when they are first opened, and stay as they were left, from start to start."""

    has_run_bar = False

    def __init__(self, workspace: Workspace, parent: QWidget) -> None:
        super().__init__(workspace, parent)
        self.meant = lambda: None if self.room is None else self.room.kind
        self.rooms: dict[str, LabRoom] = {}
        """Those that were opened so far, by kind."""
        self._kept: Callable[[str], str] = lambda _: ""
        self._nothing_to_undo = QUndoStack(self)
        self.showing = lambda: "" if self.room is None else self.room.kind.tag()
        self.gallery = LabGallery()
        self.gallery.chosen.connect(self.open)
        self.places = QStackedWidget()
        self.places.addWidget(self.gallery)
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(MARGIN + 4, 10, MARGIN + 4, 4)
        column.setSpacing(8)
        column.addLayout(self.head)
        column.addWidget(self.places, 1)
        self.setCentralWidget(centre)

    # --- going about ------------------------------------------------------------------------------------

    @property
    def room(self) -> LabRoom | None:
        """The laboratory in front; None while all are shown."""
        shown = self.places.currentWidget()
        return shown if isinstance(shown, LabRoom) else None

    def take(self, thing: object) -> None:
        """Open a laboratory by its kind, or one from a file."""
        if isinstance(thing, str):
            self.open(thing)
        elif isinstance(thing, tuple):
            self._open_saved(*thing)

    def open(self, kind: str) -> LabRoom:
        """Bring the laboratory of a kind to the front."""
        room = self.rooms.get(kind) or self._make(kind)
        self.places.setCurrentWidget(room)
        self.offers_changed.emit()
        if self.isVisible():
            self.take_focus()
        return room

    def show_all(self) -> None:
        """Show the gallery."""
        self.places.setCurrentWidget(self.gallery)
        self.offers_changed.emit()
        self.take_focus()

    def _make(self, kind: str) -> LabRoom:
        room = LabRoom(self._as_left(kind), self.workspace)
        room.left.connect(self.show_all)
        room.save_asked.connect(self.save)
        room.offers_changed.connect(self.offers_changed)
        leave_space_key(room)
        self.places.addWidget(room)
        self.rooms[kind] = room
        return room

    def _as_left(self, kind: str) -> Laboratory:
        """The settings at the last end; the usual ones where there are none that can be."""
        usual = next(member for member in Laboratory.members() if member.tag() == kind).usual()
        try:
            kept = laboratory_file.from_json(self._kept(kind).encode())
        except FileProblem:
            return usual
        return kept if type(kept) is type(usual) else usual

    # --- files ------------------------------------------------------------------------------------------

    def _open_saved(self, saved: SavedLaboratory, path: Path) -> None:
        room = self.open(saved.laboratory.tag())
        room.view.set_running(False)
        drop_typed(room.form)
        room.document.open(saved.laboratory, path)
        try:
            room.view.restore(saved.memory)
        except InvalidValue as problem:
            self.workspace.notice.say(f"{path.name}: {sentence(problem.text)}")
            return
        self.workspace.message.emit(self.tr("Opened {name}.").format(name=path.name))

    def save(self) -> None:
        """Save the laboratory in front in its file, asking for one if there is none."""
        if (room := self.room) is not None and room.document.path is not None:
            self._write(room, room.document.path)
        else:
            self.save_as()

    def save_as(self) -> None:
        """Ask where to save the laboratory in front."""
        if (room := self.room) is None:
            return
        kinds = {f"{self.tr('Laboratories')} (*{names.SUFFIX})": names.SUFFIX}
        suggestion = Path(names.suggest(said(room.kind), names.SUFFIX))
        if path := saving.file_to_save(self, self.tr("Save the laboratory"), suggestion, kinds):
            self._write(room, path)

    def _write(self, room: LabRoom, path: Path) -> None:
        room.view.set_running(False)
        saved = SavedLaboratory(room.document.value, room.view.memory())

        def done() -> None:
            room.document.path = path
            self.workspace.filing.remember(path)
            self.workspace.message.emit(self.tr("Saved {name}.").format(name=path.name))

        saving.write(self, path, lambda: laboratory_file.dumps(saved), done)

    # --- what a page does -------------------------------------------------------------------------------

    @property
    def undo_stack(self) -> QUndoStack:
        """That of the laboratory in front."""
        return self._nothing_to_undo if self.room is None else self.room.document.undo_stack

    @property
    def running(self) -> bool | None:
        """Whether the laboratory in front runs by itself."""
        return self.room is not None and self.room.view.running

    def calls(self) -> dict[str, Callable[[], object]]:
        """What the actions of training and files do here."""
        if (room := self.room) is None:
            return super().calls()
        return super().calls() | {
            "run": room.run_or_pause,
            "step_batch": room.take_step,
            "reset": room.view.reset,
            "save": self.save,
            "save_as": self.save_as,
        }

    def keys(self) -> dict[str, str]:
        """Those of the laboratory in front."""
        return {} if self.room is None else self.room.view.keys()

    def take_focus(self) -> None:
        """Let the keyboard act on the first card, or on the laboratory."""
        (self.gallery.cards[0] if self.room is None else self.room.view).setFocus()

    def reset_layout(self) -> None:
        """Show the gallery: panels here have no other places."""
        self.show_all()

    def restore(self, preferences: Preferences) -> None:
        """Know what was left at the last end; it is read when it is opened."""
        self._kept = lambda kind: preferences.text(f"labs/{kind}")

    def keep(self, preferences: Preferences) -> None:
        """Keep the settings and what was painted, for the next start."""
        for kind, room in self.rooms.items():
            preferences.keep_text(f"labs/{kind}", laboratory_file.to_json(room.document.value).decode())

    def end(self) -> None:
        """Let nothing be worked out any more."""
        for room in self.rooms.values():
            room.view.end()
