"""What is new: a page of the manual, of which a quiet word tells once after an update."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QStatusBar, QToolButton

from playground.version import VERSION
from widgets.handbook.desk import HandbookDesk
from widgets.preferences import Preferences
from widgets.welcome import Welcome

PAGE = "news"
KEPT = "version"
"""Under which name the version of the last start is kept."""


class WhatIsNew(QObject):
    """Opens the page, and tells of it where the program is newer than it was at the last start."""

    def __init__(
        self, preferences: Preferences, handbook: HandbookDesk, welcome: Welcome, status: QStatusBar
    ) -> None:
        super().__init__(status)
        self._preferences, self._handbook, self._welcome = preferences, handbook, welcome
        self.word = QToolButton()
        self.word.setText(self.tr("What is new"))
        self.word.setToolTip(
            self.tr("The program is newer than it was: version {version}.").format(version=VERSION)
        )
        self.word.setProperty("role", "link")
        self.word.clicked.connect(self.open)
        self.word.hide()
        status.addPermanentWidget(self.word)
        welcome.news_asked.connect(self.open)

    def tell(self) -> None:
        """Tell of it after an update, once; never at the very first start."""
        before = self._preferences.text(KEPT)
        self._preferences.keep_text(KEPT, VERSION)
        was_here = bool(before) or self._preferences.layout("geometry") is not None
        if was_here and _numbers(before) < _numbers(VERSION):
            self.word.show()
            self._welcome.tell_news(True)

    def open(self) -> None:
        """Open the page; there is nothing to be told then."""
        self.word.hide()
        self._welcome.tell_news(False)
        self._handbook.turn_to(PAGE)


def _numbers(version: str) -> tuple[int, ...]:
    """The parts of a version in the order of which one is newer; the first of all where it is none."""
    parts = version.split(".")
    return tuple(map(int, parts)) if all(part.isdecimal() and part.isascii() for part in parts) else ()
