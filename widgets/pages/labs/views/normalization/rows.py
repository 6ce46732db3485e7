"""What each scaling makes of one column: its samples on a line, and how narrow the valley is then."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QResizeEvent

from playground.labs.normalization.laboratory import Scaled
from playground.numbers.writing import NONE, figures, whole
from widgets.figures.columns import Columns
from widgets.plots.painted_figure import PaintedFigure
from widgets.sentences import sentence
from widgets.theme import current

FROM, TO = -4.0, 8.0
"""What is seen of the scaled values; what lies beyond stands at the edge."""
SIDE, NUMBERS, FOOT, LINE = 6, 52, 20, 16
DOT, OUTSIDE = 2.6, 5.5
LEFT, RIGHT, MIDDLE = (
    Qt.AlignmentFlag.AlignLeft,
    Qt.AlignmentFlag.AlignRight,
    Qt.AlignmentFlag.AlignVCenter,
)


class ScalingRows(PaintedFigure):
    """A row for each scaling."""

    def __init__(self) -> None:
        super().__init__(self.tr("Every scaling"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._rows: Sequence[tuple[Scaled, int | None]] = ()
        self._outside = False

    def minimumSizeHint(self) -> QSize:
        """Room for short lines."""
        return QSize(220, 200)

    def show_rows(self, rows: Sequence[tuple[Scaled, int | None]], outside: bool) -> None:
        """Show what each makes of the inputs, with steps to the bottom; the last sample may be outside."""
        self._rows, self._outside = rows, outside
        told = (f"{sentence(row.name)}: κ {figures(row.weights.condition, 3)}" for row, _ in rows)
        self.setAccessibleDescription("; ".join(told))
        self.update()

    def columns(self) -> Columns:
        """The first column by each scaling."""
        return {sentence(row.name): row.inputs[:, 0] for row, _ in self._rows}

    # --- painting ---------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the menu in its corner."""
        super().resizeEvent(event)
        self.menu_button.move(0, 0)

    def paint(self, painter: QPainter) -> None:
        """Draw the rows."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.small_font())
        if not self._rows:
            return
        room = QRectF(self.rect()).adjusted(SIDE, LINE, -SIDE, -FOOT)
        self._paint_head(painter, room)
        height = room.height() / len(self._rows)
        for place, (row, steps) in enumerate(self._rows):
            band = QRectF(room.left(), room.top() + place * height, room.width(), height)
            self._paint_row(painter, band, row, steps)

    def _paint_head(self, painter: QPainter, room: QRectF) -> None:
        theme = current()
        for value in range(int(FROM), int(TO) + 1, 2):
            x = float(_places(room, np.array(value)))
            painter.setPen(QPen(QColor(theme.outline if value == 0 else theme.border), 1))
            painter.drawLine(QPointF(x, room.top()), QPointF(x, room.bottom()))
            painter.setPen(QColor(theme.muted))
            below = QRectF(x - 20, room.bottom() + 2, 40, FOOT - 2)
            painter.drawText(below, Qt.AlignmentFlag.AlignHCenter, str(value).replace("-", "−"))
        head = QRectF(room.left(), 0, room.width(), LINE)
        painter.drawText(head.adjusted(0, 0, -NUMBERS, 0), RIGHT | MIDDLE, self.tr("κ"))
        painter.drawText(head, RIGHT | MIDDLE, self.tr("steps"))

    def _paint_row(self, painter: QPainter, band: QRectF, row: Scaled, steps: int | None) -> None:
        theme, line = current(), QRectF(band.left(), band.top(), band.width(), LINE)
        after = NONE if steps is None else whole(steps)
        ground = QColor(theme.panel)
        name, condition = sentence(row.name), figures(row.weights.condition, 3)
        metrics = QFontMetricsF(self.small_font())
        painter.fillRect(QRectF(line.left(), line.top(), metrics.horizontalAdvance(name) + 6, LINE), ground)
        painter.fillRect(line.adjusted(line.width() - 2 * NUMBERS, 0, 0, 0), ground)
        painter.setPen(QColor(theme.text))
        painter.drawText(line, LEFT | MIDDLE, name)
        painter.drawText(line.adjusted(0, 0, -NUMBERS, 0), RIGHT | MIDDLE, condition)
        painter.drawText(line, RIGHT | MIDDLE, after)
        height = (line.bottom() + band.bottom()) / 2
        last = len(row.inputs) - 1
        painter.setPen(Qt.PenStyle.NoPen)
        for place, x in enumerate(_places(band, row.inputs[:, 0]).tolist()):
            led = self._outside and place == last
            colour = QColor(theme.warning if led else theme.lines[1])
            colour.setAlpha(255 if led else 150)
            painter.setBrush(colour)
            size = OUTSIDE if led else DOT
            painter.drawEllipse(QPointF(x, height), size, size)


def _places(room: QRectF, values: np.ndarray) -> np.ndarray:
    """Where values are from left to right."""
    return room.left() + np.clip((values - FROM) / (TO - FROM), 0, 1) * room.width()
