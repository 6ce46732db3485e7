"""The pages of a workspace, of which one is in front; each is made when it is first opened."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from playground.training.snapshot import Snapshot
from widgets.pages.entry import PageEntry
from widgets.pages.page import Page
from widgets.preferences import Preferences
from widgets.space_key import leave_space_key
from widgets.workspace import Workspace

HOME = "design"
"""The page that is there from the start: files show its picture, and questions of the network lead there."""


class PageStack(QStackedWidget):
    """Shows one page, and gives it the notices of the workspace and its newest snapshot.

    Signals:
        opened: another page came to the front; its name.
        offers_changed: the page in front offers something else.
    """

    opened = Signal(str)
    offers_changed = Signal()

    def __init__(
        self, entries: Sequence[PageEntry], workspace: Workspace, preferences: Preferences, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._workspace, self._preferences = workspace, preferences
        self._modules = {entry.name: f"widgets.pages.{entry.name}.page" for entry in entries}
        self._gives_way = self._plain = False
        self.made: dict[str, Page] = {}
        """Those that were opened so far, by name."""
        self.front = ""
        """The name of the page in front."""

    @property
    def page(self) -> Page:
        """The page in front."""
        return self.made[self.front]

    def begin(self) -> None:
        """Make the first page, and bring that to the front which was there at the last end."""
        self._make(HOME)
        last = self._preferences.text("page")
        self.open(last if last in self._modules else HOME)

    def open(self, name: str) -> None:
        """Bring a page to the front."""
        if name == self.front:
            return
        page = self.made.get(name) or self._make(name)
        self.front = name
        workspace = self._workspace
        for note in (workspace.notice, workspace.past_notice, workspace.filing.waiting):
            hidden = note.isHidden()
            page.head.addWidget(note)
            note.setHidden(hidden)
        workspace.past_notice.scrubber.setVisible(not page.has_line_of_time)
        self.setCurrentWidget(page)
        self._preferences.keep_text("page", name)
        self._workspace.link.looking.at_maps(page.has_maps)
        if (latest := self._workspace.link.latest) is not None:
            page.show_snapshot(latest)
        self.opened.emit(name)

    def make_room(self, on: bool) -> None:
        """Let all pages give way to a panel beside them, or have their whole room back."""
        self._gives_way = on
        for page in self.made.values():
            page.give_way(on)

    def simplify(self, on: bool) -> None:
        """Let all pages show what beginners need, or all again."""
        self._plain = on
        for page in self.made.values():
            page.simplify(on)

    def hand(self, name: str, thing: object) -> None:
        """Bring a page to the front, and let it show something."""
        self.open(name)
        self.page.take(thing)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show a snapshot on the page in front."""
        self.page.show_snapshot(snapshot)

    def keep(self) -> None:
        """Keep the layout of every page."""
        for page in self.made.values():
            page.keep(self._preferences)

    def end(self) -> None:
        """Let nothing work for any page any more."""
        for page in self.made.values():
            page.end()

    def minimumSizeHint(self) -> QSize:
        """Nothing: the window says how small it may be, and pages give way."""
        return QSize(0, 0)

    def _make(self, name: str) -> Page:
        page = page_class(self._modules[name])(self._workspace, self)
        page.resize(self.size())
        page.restore(self._preferences)
        page.give_way(self._gives_way)
        page.simplify(self._plain)
        page.offers_changed.connect(self.offers_changed)
        leave_space_key(page)
        self.addWidget(page)
        self.made[name] = page
        return page


def page_class(module: str) -> type[Page]:
    """The page that a module holds."""
    found = vars(import_module(module)).values()
    (kind,) = (
        each
        for each in found
        if isinstance(each, type) and issubclass(each, Page) and each.__module__ == module
    )
    return kind
