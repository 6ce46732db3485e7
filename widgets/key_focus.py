"""The focus is shown to those who come by a key: a click says itself where it is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget


def by_key(event: QFocusEvent) -> bool:
    """Whether the focus came by a key, so that the person must see where it is."""
    reason = Qt.FocusReason
    return event.reason() in (reason.TabFocusReason, reason.BacktabFocusReason, reason.ShortcutFocusReason)


class KeyFocus(QWidget):
    """Knows whether the focus came by a key, and is drawn anew when it comes and goes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.focused_by_key = False
        """Whether the focus came by a key and is to be seen."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Remember how the focus came."""
        super().focusInEvent(event)
        self.focused_by_key = by_key(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The focus is gone."""
        super().focusOutEvent(event)
        self.focused_by_key = False
        self.update()
