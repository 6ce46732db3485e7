"""The choice of how large all is drawn, in the menu View."""

from __future__ import annotations

from PySide6.QtCore import QObject

from widgets.actions import Actions
from widgets.choice import offer
from widgets.notice import Notice
from widgets.preferences import Preferences
from widgets.sizes import SIZES


class SizeMenu(QObject):
    """Keeps the size for the next start, and says so."""

    def __init__(self, actions: Actions, preferences: Preferences, notice: Notice, parent: QObject) -> None:
        super().__init__(parent)
        self._preferences, self._notice, self._now = preferences, notice, preferences.size
        self.calls = offer(actions, "size", SIZES, preferences.size, self.choose, self)
        """What its actions do, by their names."""

    def choose(self, size: int) -> None:
        """Keep a size."""
        self._preferences.size = size
        if size == self._now:
            self._notice.clear()
        else:
            self._notice.say(self.tr("The window has this size from its next start on."), bad=False)
