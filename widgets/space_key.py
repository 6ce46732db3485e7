"""The key Space runs and pauses, so buttons take the focus only from those who come by Tab."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget


def leave_space_key(parent: QWidget) -> None:
    """A click on a button in here leaves the focus where it is, unless Tab led there."""
    for button in parent.findChildren(QAbstractButton):
        if button.focusPolicy() & Qt.FocusPolicy.ClickFocus:
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
