"""The choice of less motion, in the menu View."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from widgets.actions import Actions
from widgets.motion import motion
from widgets.preferences import Preferences


class MotionChoice(QObject):
    """Reduces motion when the person says so, and keeps that."""

    def __init__(self, actions: Actions, preferences: Preferences, parent: QObject) -> None:
        super().__init__(parent)
        self._action, self._preferences = actions["reduced_motion"], preferences
        self._action.setChecked(motion.reduced)
        motion.changed.connect(self._action.setChecked)

    def calls(self) -> dict[str, Callable[[], object]]:
        """What its action does, by its name."""
        return {"reduced_motion": self._choose}

    def _choose(self) -> None:
        self._preferences.reduced_motion = self._action.isChecked()
        motion.choose(self._action.isChecked())
