"""The welcome: the start page over the window, and the recent files there and in their menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMainWindow

from widgets.filing import Filing
from widgets.links import Links
from widgets.preferences import Preferences
from widgets.presence import PresenceOfFiles
from widgets.recent_menu import RecentMenu
from widgets.space_key import leave_space_key

if TYPE_CHECKING:
    from widgets.start_page import StartPage


class Welcome(QObject):
    """Offers examples and recent files.

    Signals:
        left: the person wants what is behind the start page.
        laboratory_chosen: the person wants a laboratory, of this kind.
        tour_asked: the person wants to be shown around.
        beginner_asked: the person wants the beginner's view, or no more.
        news_asked: the person wants to know what is new.
    """

    left = Signal()
    laboratory_chosen = Signal(str)
    tour_asked = Signal()
    beginner_asked = Signal()
    news_asked = Signal()

    def __init__(self, window: QMainWindow, filing: Filing, links: Links, preferences: Preferences) -> None:
        super().__init__(window)
        self._window, self._filing, self._links, self._preferences = window, filing, links, preferences
        self._presence = PresenceOfFiles(self)
        self._tells_news = False
        self._beginner = False
        self.page: StartPage | None = None
        """Made when it is first shown."""
        self.menu = RecentMenu(window)
        self.menu.chosen.connect(filing.open_file)
        self.menu.cleared.connect(self._forget_recent)
        self.menu.aboutToShow.connect(lambda: self._presence.ask(preferences.recent))
        self._presence.told.connect(self.menu.mark)
        filing.recent_changed.connect(self._show_recent)
        filing.opened.connect(self.hide)
        self._show_recent()

    @property
    def shown(self) -> bool:
        """Whether the start page is in front."""
        return self.page is not None and self.page.isVisible()

    def show(self) -> None:
        """Offer examples and recent files over the panels."""
        if self.page is None:
            self.page = self._make()
        self._show_recent()
        self.page.set_shows_at_start(self._preferences.shows_start_page)
        self.page.show_beginner(self._beginner)
        self.page.news.setVisible(self._tells_news)
        self.place()
        self.page.show()
        self.page.raise_()
        self.page.setFocus()

    def tell_news(self, tells: bool) -> None:
        """Say on the start page that there is something new, or no longer."""
        self._tells_news = tells
        if self.page is not None:
            self.page.news.setVisible(tells)

    def show_beginner(self, on: bool) -> None:
        """Offer the beginner's view, or say that it is shown."""
        self._beginner = on
        if self.page is not None:
            self.page.show_beginner(on)

    def hide(self) -> None:
        """Show the panels again."""
        if self.page is not None:
            self.page.hide()
        self.left.emit()

    def place(self) -> None:
        """Cover all that is below the menus."""
        if self.page is not None:
            window = self._window
            top = window.menuWidget().height()
            self.page.setGeometry(0, top, window.width(), window.height() - top)

    def _make(self) -> StartPage:
        from widgets.start_page import StartPage, example_cards

        page = StartPage(example_cards(), self._window)
        page.example_chosen.connect(self._filing.open_example)
        page.file_chosen.connect(self._filing.open_file)
        page.open_asked.connect(self._filing.open)
        page.link_given.connect(self._links.open)
        page.labs.chosen.connect(self._open_laboratory)
        page.tour_asked.connect(self._show_around)
        page.beginner_asked.connect(self.beginner_asked)
        page.news.clicked.connect(self.news_asked)
        page.closed.connect(self.hide)
        page.show_at_start_changed.connect(self._keep_whether_shown)
        self._presence.told.connect(page.mark_recent)
        leave_space_key(page)
        return page

    def _show_around(self) -> None:
        self.hide()
        self.tour_asked.emit()

    def _open_laboratory(self, kind: str) -> None:
        self.hide()
        self.laboratory_chosen.emit(kind)

    def _keep_whether_shown(self, shows: bool) -> None:
        self._preferences.shows_start_page = shows

    def _show_recent(self) -> None:
        recent = self._preferences.recent
        self.menu.show_paths(recent)
        if self.page is not None:
            self.page.set_recent(recent)
        self._presence.ask(recent)

    def _forget_recent(self) -> None:
        self._preferences.clear_recent()
        self._show_recent()
