"""A label that shortens its text with an ellipsis where room is short, which Qt's own does not."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel


class ElidedLabel(QLabel):
    """One line of plain text that asks for the room of all of it and is content with that of an ellipsis."""

    def minimumSizeHint(self) -> QSize:
        """As wide as the ellipsis, where there is anything to be said."""
        width = self.fontMetrics().horizontalAdvance("…") if self.text() else 0
        return QSize(width, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what fits."""
        place = self.contentsRect()
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, place.width())
        with QPainter(self) as painter:
            self.style().drawItemText(
                painter,
                place,
                self.alignment(),
                self.palette(),
                self.isEnabled(),
                text,
                self.foregroundRole(),
            )
