"""The focus is shown to those who come by a key: a click says itself where it is."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFocusEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from widgets.theme import current


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

    def paint_focus(
        self, painter: QPainter, place: QRectF | None = None, thick: int = 1, rounding: float = 6
    ) -> None:
        """Draw a ring around a place, or all of it, when the keyboard led here."""
        if self.focused_by_key:
            ring, inset = QRectF(self.rect()) if place is None else place, thick / 2
            painter.setPen(QPen(QColor(current().focus), thick))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(ring.adjusted(inset, inset, -inset, -inset), rounding, rounding)

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
