"""The base of a page: a place for panels below the run bar, with docks and a layout of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QAction, QUndoStack
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from playground.training.snapshot import Snapshot
from playground.value import Kind
from widgets.motion import motion
from widgets.preferences import Preferences
from widgets.workspace import Workspace


class Page(QMainWindow):
    """One of the pages that share run bar, menus and status bar; made when it is first opened.

    A subclass stands in the module `page` of its folder.

    Signals:
        offers_changed: what its actions do, what it would undo, or whether it runs by itself is another now.
    """

    offers_changed = Signal()

    has_maps: ClassVar[bool] = False
    """Whether it shows what neurons make of the data, which takes time to work out."""

    has_run_bar: ClassVar[bool] = True
    """Whether the training is run from here; where it is not, its actions are the page's own, or rest."""

    has_line_of_time: ClassVar[bool] = False
    """Whether one goes back along a line of its own here."""

    def __init__(self, workspace: Workspace, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowFlags(Qt.WindowType.Widget)
        motion.changed.connect(self._suit_motion)
        self._suit_motion(motion.reduced)
        self.workspace = workspace
        self.meant: Callable[[], Kind | type[Kind] | None] = lambda: None
        """What it is about now, of which the handbook has a page; None is the page itself."""
        self.head = QVBoxLayout()
        """Where notices are put while this page is in front."""
        self.head.setSpacing(6)
        self.showing: Callable[[], str] = str
        """Which of the things of this page is in front, by its name; "" where there is but one."""
        self.give_way: Callable[[bool], object] = _nothing
        """Gives way to a panel beside the page, or has its whole room back."""
        self.simplify: Callable[[bool], object] = _nothing
        """Shows what beginners need, or all again."""
        self.place_of: Callable[[str], QRect | None] = _nowhere
        """Where a place of a lesson is on the screen; None while it is nowhere to be seen."""

    def _suit_motion(self, reduced: bool) -> None:
        self.setAnimated(not reduced)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show a snapshot of the run in front; the page is in front, or just comes there."""

    def take(self, thing: object) -> None:
        """Show something that belongs here, such as what a file held."""

    @property
    def undo_stack(self) -> QUndoStack:
        """What undo and redo act on while this page is in front."""
        return self.workspace.document.undo_stack

    @property
    def running(self) -> bool | None:
        """Whether something of its own runs; None where that is the training."""
        return None

    def calls(self) -> dict[str, Callable[[], object]]:
        """What actions of the window do while this page is in front.

        Of those that belong to pages alone the ones it does not name are disabled; any other may be named.
        """
        return {"reset_layout": self.reset_layout}

    def view_actions(self) -> Sequence[QAction]:
        """What the menu View offers at its top while this page is in front."""
        return ()

    def keys(self) -> dict[str, str]:
        """Keys of this page that are no actions of the window, with what they do."""
        return {}

    def take_focus(self) -> None:
        """Let the keyboard act on what matters most here."""
        self.setFocus()

    def reset_layout(self) -> None:
        """Put everything back to its place."""

    def restore(self, preferences: Preferences) -> None:
        """Put everything where it was at the last end, or for the first time where it belongs."""

    def keep(self, preferences: Preferences) -> None:
        """Keep the layout for the next start."""

    def end(self) -> None:
        """Let nothing work for this page any more; the window closes."""


def _nothing(_on: bool) -> None:
    """A page that stays as it is."""


def _nowhere(_place: str) -> None:
    """A page on which lessons point at nothing."""
