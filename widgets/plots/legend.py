"""The names of a plot's curves, in the colours of the curves."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.theme import current

HEIGHT = 18
SPACE = 14.0
MARK = 13.0
"""The width of a stroke of the curve's colour, and the gap behind it."""


class Legend(QWidget):
    """One line of names, flush right; those that do not fit are left out, the last first."""

    def __init__(self, font: QFont, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.names: list[tuple[str, str]] = []
        self.setFont(font)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As wide as there is room for."""
        return QSize(0, HEIGHT)

    def show_names(self, names: list[tuple[str, str]]) -> None:
        """Show names, each with its colour."""
        if names != self.names:
            self.names = names
            self.setAccessibleName(", ".join(name for name, _ in names))
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the names."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self.paint(painter, QRectF(self.rect()))

    def paint(self, painter: QPainter, area: QRectF) -> None:
        """Draw the names into an area, a short stroke before each where there is room for that."""
        marked = self._width(self.names, SPACE, MARK) <= area.width()
        space, mark = (SPACE, MARK) if marked else (SPACE * 0.7, 0.0)
        names, count = self.names, len(self.names)
        while count and self._width(names, space, mark) > area.width():
            count -= 1
            names = [*self.names[:count], ("…", current().muted)]
        painter.setFont(self.font())
        x = area.right() - self._width(names, space, mark)
        for name, colour in names:
            width = QFontMetricsF(self.font()).horizontalAdvance(name)
            painter.fillRect(QRectF(x, area.center().y() - 0.5, max(mark - 4, 0), 2), QColor(colour))
            painter.setPen(QColor(colour))
            text = QRectF(x + mark, area.top(), width + 1, area.height())
            painter.drawText(text, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
            x += mark + width + space

    def _width(self, names: list[tuple[str, str]], space: float, mark: float) -> float:
        metrics = QFontMetricsF(self.font())
        return sum(metrics.horizontalAdvance(name) + mark + space for name, _ in names) - space
