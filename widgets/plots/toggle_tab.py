"""A tab that shows and hides something beside others, rather than in their place."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFocusEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from widgets.key_focus import by_key
from widgets.theme import current, themes

HEIGHT = 32
UNDERLINE = 2


class ToggleTab(QAbstractButton):
    """A word, underlined while it is on."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.offered = True
        """Whether what it shows is there to be shown."""
        self._focused_by_key = False
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        themes.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """As wide as the word."""
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 2, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the word and the line."""
        theme = current()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            bright = self.isChecked() or self.underMouse()
            painter.setPen(QColor(theme.text if bright else theme.muted))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
            if self.isChecked():
                line = QRectF(0, self.height() - UNDERLINE, self.width(), UNDERLINE)
                painter.fillRect(line, QColor(theme.accent))
            if self._focused_by_key:
                painter.setPen(QPen(QColor(theme.focus), 1))
                painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 5.5, -0.5, -5.5), 4, 4)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the focus is when it came by a key."""
        self._focused_by_key = by_key(event)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The focus is gone."""
        self._focused_by_key = False
        super().focusOutEvent(event)
