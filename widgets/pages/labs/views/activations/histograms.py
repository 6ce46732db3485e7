"""How the activations of every layer are spread, a shape each side by side."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QPolygonF,
    QResizeEvent,
)

from playground.labs.activations.signal import LayerShares
from playground.numbers.writing import figures, percent
from widgets.contrast import mixed
from widgets.figures.columns import Columns
from widgets.plots.painted_figure import PaintedFigure
from widgets.plots.ticks import Limits, linear_limits, linear_ticks
from widgets.theme import current

LEFT, RIGHT, ABOVE, BELOW = 46, 10, 8, 34
FILLED = 0.92
"""The share of its room that the widest shape takes."""
SPIKE = 1.2
"""How many times the third largest share fits into the width."""
EVERY = 34
"""Pixels between two numbers at an axis, about."""
MOVES = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class LayerHistograms(PaintedFigure):
    """A shape for each layer: the wider it is at a height, the more activations are there."""

    def __init__(self) -> None:
        super().__init__(self.tr("Activations of every layer"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self._shown: LayerShares | None = None
        self._seen = 0
        self._pointed: int | None = None

    def minimumSizeHint(self) -> QSize:
        """Room for some layers."""
        return QSize(200, 120)

    def show_histograms(self, shown: LayerShares, seen: int) -> None:
        """Show so many layers of these."""
        self._shown, self._seen = shown, seen
        self.update()

    def columns(self) -> Columns:
        """The middle of every bin, and the share of each layer in it."""
        if self._shown is None:
            return {}
        edges, shares = self._shown.edges, self._shown.shares
        middles = {"activation": (edges[:-1] + edges[1:]) / 2}
        return middles | {f"layer {number}": row for number, row in enumerate(shares, 1)}

    # --- where things are -------------------------------------------------------------------------------

    @property
    def _area(self) -> QRectF:
        return QRectF(self.rect()).adjusted(LEFT, ABOVE, -RIGHT, -BELOW)

    @property
    def _limits(self) -> Limits:
        assert self._shown is not None
        edges = self._shown.edges
        return linear_limits(float(edges[0]), float(edges[-1]), max(2, int(self._area.height() // EVERY)))

    def _heights(self, values: np.ndarray) -> np.ndarray:
        low, high = self._limits
        area = self._area
        return area.bottom() - (np.asarray(values) - low) / (high - low) * area.height()

    # --- painting ---------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the menu in the corner below the numbers."""
        super().resizeEvent(event)
        self.menu_button.move(0, self.height() - self.menu_button.sizeHint().height())

    def paint(self, painter: QPainter) -> None:
        """Draw the shapes."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.small_font())
        if self._shown is None:
            return
        self._paint_axes(painter)
        room = self._area.width() / len(self._shown.shares)
        y = self._heights(self._shown.edges)
        for place, shares in enumerate(self._shown.shares[: self._seen]):
            if np.isfinite(shares).all():
                middle = self._area.left() + (place + 0.5) * room
                self._paint_shape(painter, shares, y, middle, FILLED * room / 2, place == self._pointed)

    def _paint_shape(
        self, painter: QPainter, shares: np.ndarray, y: np.ndarray, middle: float, half: float, strong: bool
    ) -> None:
        theme = current()
        there = np.flatnonzero(shares)
        if not len(there):
            return
        shown = slice(there[0], there[-1] + 1)
        widths = half * np.sqrt(np.minimum(shares[shown] / _full(shares), 1))
        heights = ((y[:-1] + y[1:]) / 2)[shown]
        right = [QPointF(middle + w, h) for w, h in zip(widths.tolist(), heights.tolist(), strict=True)]
        left = [QPointF(2 * middle - point.x(), point.y()) for point in reversed(right)]
        painter.setPen(QPen(QColor(theme.lines[1]), 1.6 if strong else 0.8))
        painter.setBrush(mixed(theme.panel, theme.lines[1], 0.6 if strong else 0.38))
        painter.drawPolygon(QPolygonF(right + left))

    def _paint_axes(self, painter: QPainter) -> None:
        theme, area, metrics = current(), self._area, QFontMetricsF(self.small_font())
        rows = max(2, int(area.height() // EVERY))
        for value, text in linear_ticks(self._limits, rows):
            y = float(self._heights(np.array(value)))
            painter.setPen(QPen(QColor(theme.outline if value == 0 else theme.border), 1))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(QColor(theme.muted))
            place = QRectF(0, y - 10, LEFT - 8, 20)
            painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
        self._paint_layers(painter, area, metrics.height())

    def _paint_layers(self, painter: QPainter, area: QRectF, line: float) -> None:
        assert self._shown is not None
        count = len(self._shown.shares)
        room = area.width() / count
        every = max(1, int(np.ceil(22 / room)))
        for number in range(1, count + 1):
            if number == 1 or number % every == 0:
                place = QRectF(area.left() + (number - 1) * room - 10, area.bottom() + 3, room + 20, line)
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, str(number))
        below = QRectF(area.left(), area.bottom() + 3 + line, area.width(), line)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, self.tr("layer"))

    # --- reading out ------------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell of the layer under the pointer."""
        if self._shown is not None:
            room = self._area.width() / len(self._shown.shares)
            self._point_to(int((event.position().x() - self._area.left()) // room))

    def leaveEvent(self, event: QEvent) -> None:
        """Tell of none."""
        self._point_to(-1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tell of the layer beside."""
        if (move := MOVES.get(Qt.Key(event.key()))) is None:
            super().keyPressEvent(event)
            return
        last = self._seen - 1
        self._point_to(last if self._pointed is None else min(max(self._pointed + move, 0), last))

    def _point_to(self, place: int) -> None:
        pointed = place if 0 <= place < self._seen else None
        if pointed != self._pointed:
            self._pointed = pointed
            words = "" if pointed is None else self._words(pointed)
            self.setToolTip(words)
            self.setAccessibleDescription(words)
            self.update()

    def _words(self, place: int) -> str:
        assert self._shown is not None
        edges, shares = self._shown.edges, self._shown.shares[place]
        if not np.isfinite(shares).all():
            return self.tr("Layer {number}: too large to be told").format(number=place + 1)
        top = int(shares.argmax())
        words = self.tr("Layer {number}: most, {share}, between {low} and {high}")
        low, high = (figures(float(edge), 3) for edge in edges[top : top + 2])
        return words.format(number=place + 1, share=percent(float(shares[top])), low=low, high=high)


def _full(shares: np.ndarray) -> float:
    """The share that is drawn at full width: a spike or two, as of all that are off, is cut off there."""
    third = np.partition(shares, -3)[-3]
    return float(third * SPIKE if third > 0 else shares.max())
