"""The menu of recent files; those that are gone are marked and cannot be chosen."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget


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

    def show_paths(self, paths: Sequence[Path]) -> None:
        """List these files."""
        self.clear()
        for path in paths:
            missing = not path.exists()
            action = QAction(
                self.tr("{name} (missing)").format(name=path.name) if missing else path.name, self
            )
            action.setEnabled(not missing)
            action.setToolTip(str(path))
            action.triggered.connect(lambda _checked=False, path=path: self.chosen.emit(path))
            self.addAction(action)
        self.addSeparator()
        self.addAction(self.tr("&Clear")).triggered.connect(self.cleared)
        self.setEnabled(bool(paths))
