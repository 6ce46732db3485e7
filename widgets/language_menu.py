"""The choice of a language in the menu View."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QActionGroup

from playground.languages.catalogue import languages
from widgets.actions import Actions
from widgets.languages import SYSTEM, shown_language
from widgets.notice import Notice
from widgets.preferences import Preferences


class LanguageMenu(QObject):
    """Lets a person choose a language, and says where one cannot be shown."""

    def __init__(self, actions: Actions, preferences: Preferences, notice: Notice, parent: QObject) -> None:
        super().__init__(parent)
        self._preferences, self._notice = preferences, notice
        group = QActionGroup(self)
        for name in (SYSTEM, *languages()):
            group.addAction(actions[f"language_{name}"]).setChecked(preferences.language == name)

    def calls(self) -> dict[str, Callable[[], object]]:
        """What its actions do, by their names."""
        return {f"language_{name}": lambda name=name: self.choose(name) for name in (SYSTEM, *languages())}

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
