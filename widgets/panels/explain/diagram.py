"""A drawing of boxes and arrows on a page of the Explain tab: how a layer is made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets import theme
from widgets.theme import Theme

WIDE, HIGH = 300.0, 172.0
"""What drawings are laid out in; they are drawn as large as there is room for."""
HEAD = 4.5
ROUND = 9.0
"""The radius of the circle around a sign."""
Points = Sequence[tuple[float, float]]


class Pencil:
    """Draws boxes, signs and arrows in the colours of a theme."""

    def __init__(self, painter: QPainter, shown: Theme, font: QFont) -> None:
        self._painter, self.theme = painter, shown
        painter.setFont(font)

    def arrow(self, *points: tuple[float, float], dashed: bool = False, head: bool = True) -> None:
        """A line through points, with a head at its end."""
        style = Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine
        self._painter.setPen(QPen(QColor(self.theme.muted), 1.3, style))
        corners = [QPointF(*point) for point in points]
        self._painter.drawPolyline(corners)
        if head:
            self._head(corners[-2], corners[-1])

    def box(self, middle: tuple[float, float], text: str, wide: float = 34, high: float = 22) -> None:
        """A box with a word."""
        place = QRectF(QPointF(), QSizeF(wide, high))
        place.moveCenter(QPointF(*middle))
        self._painter.setPen(QPen(QColor(self.theme.accent), 1.2))
        self._painter.setBrush(QColor(self.theme.control))
        self._painter.drawRoundedRect(place, 5, 5)
        self._write(place, text, self.theme.text)

    def sign(self, middle: tuple[float, float], text: str) -> None:
        """A circle with a sign: what two lines come together by."""
        self._painter.setPen(QPen(QColor(self.theme.muted), 1.2))
        self._painter.setBrush(QColor(self.theme.card))
        self._painter.drawEllipse(QPointF(*middle), ROUND, ROUND)
        self.word(middle, text)

    def word(self, middle: tuple[float, float], text: str, muted: bool = False) -> None:
        """A word by itself."""
        place = QRectF(middle[0] - 60, middle[1] - 9, 120, 18)
        self._write(place, text, self.theme.muted if muted else self.theme.text)

    def bar(self, left: float, bottom: float, high: float) -> None:
        """A bar of a share, 8 wide."""
        self._painter.fillRect(QRectF(left, bottom - high, 8, high), QColor(self.theme.positive))

    def _write(self, place: QRectF, text: str, colour: str) -> None:
        self._painter.setPen(QColor(colour))
        self._painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)

    def _head(self, start: QPointF, end: QPointF) -> None:
        way = end - start
        length = max((way.x() ** 2 + way.y() ** 2) ** 0.5, 1e-9)
        along = way / length * HEAD
        side = QPointF(-along.y(), along.x()) * 0.7
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(QColor(self.theme.muted))
        self._painter.drawPolygon(QPolygonF([end, end - along + side, end - along - side]))


@dataclass(frozen=True)
class Diagram:
    """How a drawing is drawn, within `WIDE` × `HIGH`, and what it shows in a sentence."""

    draw: Callable[[Pencil], None]
    words: str


class DiagramPicture(QWidget):
    """Shows a drawing, as wide as the page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.diagram: Diagram | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(round(HIGH))

    def show_diagram(self, name: str, diagram: Diagram) -> None:
        """Show this drawing of something of that name."""
        self.diagram = diagram
        self.setAccessibleName(name)
        self.setAccessibleDescription(diagram.words)
        self.setToolTip(diagram.words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it in the middle."""
        if self.diagram is None:
            return
        scale = min(self.width() / WIDE, self.height() / HIGH, 1.0)
        font = QFont(self.font())
        font.setPixelSize(11)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.translate((self.width() - scale * WIDE) / 2, 0)
            painter.scale(scale, scale)
            self.diagram.draw(Pencil(painter, theme.current(), font))
