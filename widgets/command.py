"""What an action of the window is, before Qt has it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QKeySequence

Keys = QKeySequence.StandardKey


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
