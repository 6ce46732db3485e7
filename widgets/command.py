"""What an action of the window is, before Qt has it."""

from __future__ import annotations

import sys
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence

Keys = QKeySequence.StandardKey

REDO = "Ctrl+Shift+Z"

ROLES = {"about": QAction.MenuRole.AboutRole, "quit": QAction.MenuRole.QuitRole}
"""What macOS has in the menu of the program; by itself it would take there what is only called like that."""


@dataclass(frozen=True)
class Command:
    """An action: its name in the program, its menu, its text and what it does in a sentence."""

    name: str
    menu: str
    text: str
    tip: str
    keys: str | Keys | None = None
    icon: str = ""
    checkable: bool = False
    group_ends: bool = False
    submenu: str = ""


def shortcuts(keys: str | Keys, platform: str = sys.platform) -> list[QKeySequence]:
    """The keys of an action, as people of a system expect them; the first is the one that is shown."""
    if platform == "darwin" and keys == "F11":  # which shows the desktop there
        return [QKeySequence("Ctrl+Meta+F")]
    if (
        platform == "darwin" and keys == Keys.Delete
    ):  # the key that is called so is what others call Backspace
        return [QKeySequence(Qt.Key.Key_Backspace), QKeySequence(Qt.Key.Key_Delete)]
    if platform == "win32" and keys == REDO:
        return [QKeySequence(REDO), QKeySequence("Ctrl+Y")]
    return [QKeySequence(keys)]
