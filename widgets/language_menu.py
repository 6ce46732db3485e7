"""The choice of a language in the menu View."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from playground.languages.catalogue import languages
from widgets.actions import Actions
from widgets.choice import offer
from widgets.languages import SYSTEM, shown_language
from widgets.notice import Notice
from widgets.preferences import Preferences


class LanguageMenu(QObject):
    """Lets a person choose a language, and says where one cannot be shown."""

    def __init__(self, actions: Actions, preferences: Preferences, notice: Notice, parent: QObject) -> None:
        super().__init__(parent)
        self._preferences, self._notice = preferences, notice
        names = (SYSTEM, *languages())
        self.calls = offer(actions, "language", names, preferences.language, self.choose, self)
        """What its actions do, by their names."""

    def choose(self, name: str) -> None:
        """Say all in a language, or the system's, now and at the next start, once the menu is closed."""
        self._preferences.language = name
        QTimer.singleShot(0, self, lambda: self.tell(shown_language.choose(name)))

    def tell(self, unreadable: str) -> None:
        """Say why the window stays in English, if a language cannot be read here."""
        if unreadable:
            words = self.tr(
                "No typeface of this system has the letters of {language}, so all stays in English."
            )
            self._notice.say(words.format(language=languages()[unreadable]), bad=False)
