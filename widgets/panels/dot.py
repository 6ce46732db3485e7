"""The light of the status line."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from widgets import theme


class Dot(QWidget):
    """A round light; its colour is one of the theme's, by name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colour = "outline"
        self.setFixedSize(8, 8)

    def show_colour(self, colour: str) -> None:
        """Shine in another colour."""
        if colour != self._colour:
            self._colour = colour
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the light."""
        colour = QColor(getattr(theme.current(), self._colour))
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(colour)
            painter.setBrush(colour)
            painter.drawEllipse(self.rect().adjusted(0, 0, -1, -1))
