"""Where the handbook lies: one window of it, which is made when it is first asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from widgets.workspace import Workspace

if TYPE_CHECKING:
    from widgets.handbook.meant import Meant
    from widgets.handbook.window import Handbook


class HandbookDesk(QObject):
    """Opens the handbook at what a person means."""

    def __init__(self, workspace: Workspace, window: QWidget) -> None:
        super().__init__(window)
        self._workspace, self._window = workspace, window
        self.shown: Handbook | None = None
        """The window while it is open."""

    def open(self, otherwise: Meant) -> None:
        """Open it at what has the keyboard, or `otherwise` at what the page is about."""
        from widgets.handbook.meant import meant_at

        self.turn_to(meant_at(QApplication.focusWidget()) or otherwise)

    def turn_to(self, meant: Meant) -> None:
        """Open it at this."""
        if self.shown is None:
            self._make()
        self.shown.open_at(meant)
        self.shown.show()
        self.shown.activateWindow()

    def close(self) -> None:
        """Close it; the window closes."""
        if self.shown is not None:
            self.shown.close()

    def _make(self) -> None:
        from widgets.handbook.window import Handbook

        self.shown = Handbook(self._workspace.document, self._window)
        self.shown.laboratory_chosen.connect(lambda kind: self._workspace.handed.emit("labs", kind))
        self.shown.destroyed.connect(self._forget)

    def _forget(self) -> None:
        self.shown = None
