"""A row of small boxes with numbers under their names: what the pointer is at."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.plots.output_meaning import ReadOutField
from widgets.theme import current, themes

HEIGHT = 42
GAP = 6
PADDING = 8
CAPTION_PIXELS = 11


class ReadOut(QWidget):
    """Boxes of equal width, one for each field."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields: list[ReadOutField] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        themes.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """One row."""
        return QSize(200, HEIGHT)

    def show_fields(self, fields: list[ReadOutField]) -> None:
        """Show these fields."""
        if fields != self.fields:
            self.fields = fields
            self.setAccessibleName(", ".join(f"{field.caption} {field.text}" for field in fields))
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the boxes."""
        theme, count = current(), max(len(self.fields), 1)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            caption, bold = QFont(self.font()), QFont(self.font())
            caption.setPixelSize(CAPTION_PIXELS)
            bold.setWeight(QFont.Weight.DemiBold)
            width = (self.width() - GAP * (count - 1)) / count
            for index, field in enumerate(self.fields):
                box = QRectF(index * (width + GAP), 0, width, self.height()).adjusted(0.5, 0.5, -0.5, -0.5)
                painter.setPen(QPen(QColor(theme.border), 1))
                painter.setBrush(QColor(theme.canvas))
                painter.drawRoundedRect(box, 6, 6)
                inside = box.adjusted(PADDING, 5, -PADDING / 2, -5)
                self._write(painter, inside, caption, theme.muted, field.caption, Qt.AlignmentFlag.AlignTop)
                colour = field.colour or theme.text
                self._write(painter, inside, bold, colour, field.text, Qt.AlignmentFlag.AlignBottom)

    def _write(
        self, painter: QPainter, area: QRectF, font: QFont, colour: str, text: str, edge: Qt.AlignmentFlag
    ) -> None:
        painter.setFont(font)
        painter.setPen(QColor(colour))
        shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, edge | Qt.AlignmentFlag.AlignLeft, shown)
