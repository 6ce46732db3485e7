"""A bar for each layer: how separable it makes the classes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.theme import current, themes

ROW, BAR = 36, 5


@dataclass(frozen=True)
class ProbeBar:
    """A layer, its score on test samples in words and from 0 to 1, and that on training samples."""

    name: str
    text: str
    test: float
    train: float


class ProbeBars(QWidget):
    """Rows of a name and a number over a bar, with a tick where training stands; a click chooses a layer.

    Signals:
        chosen: the number of a row.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bars: Sequence[ProbeBar] = ()
        self.current = -1
        self.setAccessibleName(self.tr("Linear probes"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        themes.changed.connect(self.update)

    def show_bars(self, bars: Sequence[ProbeBar]) -> None:
        """Show these."""
        self.bars = bars
        self.setAccessibleDescription("; ".join(f"{bar.name} {bar.text}" for bar in bars))
        self.updateGeometry()
        self.update()

    def show_current(self, row: int) -> None:
        """Point out the layer that is seen."""
        if row != self.current:
            self.current = row
            self.update()

    def sizeHint(self) -> QSize:
        """As high as its rows."""
        return QSize(200, ROW * len(self.bars))

    def minimumSizeHint(self) -> QSize:
        """The same, narrower."""
        return QSize(140, self.sizeHint().height())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the layer below the pointer."""
        row = int(event.position().y() // ROW)
        if 0 <= row < len(self.bars):
            self.chosen.emit(row)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for place, bar in enumerate(self.bars):
                self._paint(painter, QRectF(0, place * ROW, self.width(), ROW), bar, place == self.current)

    def _paint(self, painter: QPainter, room: QRectF, bar: ProbeBar, seen: bool) -> None:
        theme, middle = current(), Qt.AlignmentFlag.AlignVCenter
        line = QRectF(room.left(), room.top(), room.width(), ROW - BAR - 8)
        painter.setPen(QColor(theme.text if seen else theme.muted))
        number = painter.fontMetrics().horizontalAdvance(bar.text) + 10
        words = painter.fontMetrics().elidedText(
            bar.name, Qt.TextElideMode.ElideRight, int(line.width() - number)
        )
        painter.drawText(line, middle | Qt.AlignmentFlag.AlignLeft, words)
        painter.drawText(line, middle | Qt.AlignmentFlag.AlignRight, bar.text)
        track = QRectF(room.left(), line.bottom(), room.width(), BAR)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.border))
        painter.drawRoundedRect(track, BAR / 2, BAR / 2)
        painter.setBrush(QColor(theme.test))
        reached = QRectF(track.left(), track.top(), max(bar.test * track.width(), BAR), BAR)
        painter.drawRoundedRect(reached, BAR / 2, BAR / 2)
        tick = QRectF(track.left() + bar.train * track.width() - 1, track.top() - 2, 2, BAR + 4)
        painter.fillRect(tick, QColor(theme.training))
