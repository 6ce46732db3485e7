"""How far a person came in each lesson, kept in the preferences at every step."""

from __future__ import annotations

from playground.lessons.progress import LessonProgress, ProgressBook
from widgets.preferences import Preferences

KEPT = "lessons"
"""Under which name it is kept."""


class LessonBook:
    """Knows and keeps it."""

    def __init__(self, preferences: Preferences) -> None:
        self._preferences = preferences
        self._book = ProgressBook.read(preferences.text(KEPT))

    def of(self, name: str) -> LessonProgress:
        """That in one lesson."""
        return self._book.of(name)

    def keep(self, name: str, progress: LessonProgress) -> None:
        """Keep it."""
        self._book = self._book.with_lesson(name, progress)
        self._preferences.keep_text(KEPT, self._book.written())
