"""The choice in the menu File of what Windows opens with this program."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from widgets.opens_here import OpensHere
from widgets.workspace import Workspace


class OpensHereMenu(QObject):
    """Lets a person choose it, and says what came of it."""

    def __init__(self, action: QAction, workspace: Workspace, parent: QObject) -> None:
        super().__init__(parent)
        self._action, self._workspace = action, workspace
        self._here = OpensHere()
        action.setChecked(self._here.on)
        self.calls: Mapping[str, Callable[[], object]] = {"opens_here": self._choose}
        """What its action does, by its name."""

    def _choose(self) -> None:
        """Let files and links open with this program, or no longer."""
        wanted = self._action.isChecked()
        if self._here.set_on(wanted):
            words = self.tr("Files and links open with this program now.") if wanted else ""
            self._workspace.message.emit(words)
        else:
            self._action.setChecked(not wanted)
            self._workspace.notice.say(self.tr("Windows did not let this be written."))
