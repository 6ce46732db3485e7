"""The beginner's view: fewer controls, larger text, and sentences; remembered for the next start."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from widgets import theme
from widgets.actions import Actions
from widgets.preferences import Preferences

KEPT = "beginner"
"""Under this name preferences keep whether it is shown."""


class Simplified(Protocol):
    """A part of the window that shows beginners less."""

    def simplify(self, on: bool) -> None:
        """Show what beginners need, or all again."""


class BeginnersView(QObject):
    """Whether the window shows what beginners need, and the action that switches it.

    It is a way of looking: no experiment, no file and no run is touched.
    """

    def __init__(self, actions: Actions, preferences: Preferences, parent: QObject) -> None:
        super().__init__(parent)
        self._action, self._preferences = actions["beginner"], preferences
        self._parts: tuple[Simplified, ...] = ()
        self._take_focus: Callable[[], object] = lambda: None

    @property
    def on(self) -> bool:
        """Whether it is shown."""
        return self._preferences.text(KEPT) == "on"

    def begin(self, parts: Iterable[Simplified], take_focus: Callable[[], object]) -> None:
        """Show these parts as was chosen, and as it is chosen from now on.

        `take_focus` gives the keyboard to what matters most where it was on something that is hidden.
        """
        self._parts, self._take_focus = tuple(parts), take_focus
        self._action.setChecked(self.on)
        theme.themes.enlarge(self.on)
        if self.on:
            self._tell()

    def toggle(self) -> None:
        """Show the other view."""
        self.show(not self.on)

    def show(self, on: bool) -> None:
        """Show this view, or the whole window again."""
        self._preferences.keep_text(KEPT, "on" if on else "off")
        self._action.setChecked(on)
        held = QApplication.focusWidget()
        theme.themes.enlarge(on)
        self._tell()
        if isinstance(held, QWidget) and not held.isVisible():
            self._take_focus()

    def _tell(self) -> None:
        for part in self._parts:
            part.simplify(self.on)
