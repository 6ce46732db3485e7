"""The menu of recent files; those that do not answer are marked and cannot be chosen."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from widgets.presence import Presence
from widgets.recent_files import entry


class RecentMenu(QMenu):
    """Recent files, the latest first.

    Signals:
        chosen: the file to open.
        cleared: the person wants the files forgotten.
    """

    chosen = Signal(Path)
    cleared = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("Open &recent"))
        self.setToolTipsVisible(True)
        self.menuAction().setMenuRole(QAction.MenuRole.NoRole)
        self._entries: dict[Path, QAction] = {}

    def show_paths(self, paths: Sequence[Path]) -> None:
        """List these files."""
        self.clear()
        self._entries = {path: QAction(entry(path), self) for path in paths}
        for path, action in self._entries.items():
            action.setToolTip(str(path))
            action.setMenuRole(QAction.MenuRole.NoRole)  # whatever a file is called
            action.triggered.connect(lambda _checked=False, path=path: self.chosen.emit(path))
            self.addAction(action)
        self.addSeparator()
        clear = self.addAction(self.tr("&Clear"))
        clear.setMenuRole(QAction.MenuRole.NoRole)
        clear.triggered.connect(self.cleared)
        self.setEnabled(bool(paths))

    def mark(self, path: Path, presence: Presence) -> None:
        """Say whether a file is there."""
        if (action := self._entries.get(path)) is not None:
            action.setText(entry(path, presence))
            action.setEnabled(presence is Presence.THERE)
