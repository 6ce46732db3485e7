"""The line of time of a run: its moments, the changes on the way, and where one looks."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QLineF, QPointF, QRectF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from playground.numbers.writing import epochs
from playground.record import record
from widgets import theme
from widgets.spoken import SpokenSlider

STOPS = 400
"""Places of the line, at least: whole epochs, or as many parts of each as that takes."""

INSET = 12
GROOVE, HANDLE, DOT = 4.0, 7.0, 3.0
AXIS = 18
"""How far below its top the line is drawn."""
REACH = 5
"""Pixels around a change in which it is told."""
SMALL = 11


@record
class PlacedChange:
    """Something that was changed at an epoch, in a word for the line and in whole lines to be read."""

    epoch: float
    word: str
    lines: tuple[str, ...]


class TimeLine(SpokenSlider):
    """From the first moment that is kept of a run to its end.

    Keys move by an epoch, Page up and down by a tenth; Enter goes on from there, Escape comes back.

    Signals:
        looked: the epoch that is to be looked at.
        left: to look at the present again.
        accepted: to go on from there.
    """

    looked = Signal(float)
    left = Signal()
    accepted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = lambda: self.tr("epoch {epoch}").format(epoch=epochs(self._epoch(self.value())))
        self.first, self.end, self._parts = 0.0, 0.0, 1
        self.colour = ""
        self._moments: Sequence[float] = ()
        self._changes: Sequence[PlacedChange] = ()
        self._dragged = False
        self.setAccessibleName(self.tr("Go back"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setProperty("role", "time")
        self.setRange(0, STOPS)
        self.valueChanged.connect(lambda stop: self.looked.emit(self._epoch(stop)))

    # --- what is shown ----------------------------------------------------------------------------------

    def show_run(
        self, first: float, end: float, moments: Sequence[float], changes: Sequence[PlacedChange], colour: str
    ) -> None:
        """Show a run: its kept moments, and what was changed on the way."""
        shown = (first, end, tuple(moments), tuple(changes), colour)
        if shown == (self.first, self.end, self._moments, self._changes, self.colour):
            return
        self.first, self.end, self._moments, self._changes, self.colour = shown
        self._parts = max(1, math.ceil(STOPS / max(end - first, 1)))
        stops = max(1, math.ceil((end - first) * self._parts))
        if stops != self.maximum():
            with QSignalBlocker(self):
                self.setRange(0, stops)
        self.setSingleStep(self._parts)
        self.setPageStep(max(1, stops // 10))
        self.setEnabled(end > first)
        self.update()

    def show_epoch(self, epoch: float) -> None:
        """Stand at an epoch, unless it is dragged."""
        if not self._dragged:
            with QSignalBlocker(self):
                self.setValue(round((epoch - self.first) * self._parts))
            self.update()

    def _epoch(self, stop: int) -> float:
        return self.end if stop >= self.maximum() else min(self.first + stop / self._parts, self.end)

    def _x(self, epoch: float) -> float:
        share = (epoch - self.first) / (self.end - self.first) if self.end > self.first else 1.0
        return INSET + share * (self.width() - 2 * INSET)

    # --- drawing ----------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """As wide as may be."""
        return QSize(300, 46)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line."""
        now = theme.current()
        colour = QColor(self.colour if self.isEnabled() and self.colour else now.disabled)
        at = self._x(self._epoch(self.value()))
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            for left, right, fill in ((INSET, self.width() - INSET, now.outline), (INSET, at, colour.name())):
                painter.setBrush(QColor(fill))
                groove = QRectF(left, AXIS - GROOVE / 2, max(right - left, 0), GROOVE)
                painter.drawRoundedRect(groove, GROOVE / 2, GROOVE / 2)
            painter.setBrush(colour)
            for moment in self._moments:
                painter.drawEllipse(QPointF(self._x(moment), AXIS), DOT, DOT)
            self._paint_words(painter, at)
            painter.setPen(QPen(QColor(now.focus), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(now.text))
            painter.drawEllipse(QPointF(at, AXIS), HANDLE, HANDLE)

    def _paint_words(self, painter: QPainter, at: float) -> None:
        """The epoch below the handle, and the words of changes that have room, the last first."""
        now, font = theme.current(), QFont(self.font())
        font.setPixelSize(SMALL)
        painter.setFont(font)
        metrics = QFontMetrics(font)
        bold = QFont(font)
        bold.setWeight(QFont.Weight.DemiBold)
        taken = [self._write(painter, bold, at, epochs(self._epoch(self.value())), now.text, [])]
        for change in reversed(self._changes):
            x = self._x(change.epoch)
            painter.setPen(QPen(QColor(now.warning), 1.6))
            painter.drawLine(QLineF(x, AXIS - 9, x, AXIS + 9))
            word = metrics.elidedText(change.word, Qt.TextElideMode.ElideRight, 110)
            taken.append(self._write(painter, font, x, word, now.warning, taken))

    def _write(
        self, painter: QPainter, font: QFont, x: float, word: str, colour: str, taken: list[QRectF]
    ) -> QRectF:
        """Write a word below a place, if it is free; returns what it takes."""
        width = QFontMetrics(font).horizontalAdvance(word) + 2
        left = min(max(x - width / 2, 0), self.width() - width)
        area = QRectF(left, AXIS + 11, width, 16)
        if any(area.adjusted(-4, 0, 4, 0).intersects(other) for other in taken):
            return QRectF()
        painter.setFont(font)
        painter.setPen(QColor(colour))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, word)
        return area

    # --- the pointer and keys ---------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a drag at the pointer."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._dragged = True
            self._go_to(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag along; or tell what was changed where the pointer is."""
        x = event.position().x()
        if self._dragged:
            self._go_to(x)
            return
        near = [change for change in self._changes if abs(self._x(change.epoch) - x) <= REACH]
        lines = [line for change in near for line in change.lines]
        QToolTip.showText(event.globalPosition().toPoint(), "\n".join(lines), self)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a drag; one keeps looking."""
        self._dragged = False

    def _go_to(self, x: float) -> None:
        share = (x - INSET) / max(self.width() - 2 * INSET, 1)
        self.setValue(round(min(max(share, 0), 1) * (self.end - self.first) * self._parts))
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, go on from there, or come back; Space is the window's, where it trains."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accepted.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() == Qt.Key.Key_Space:
            event.ignore()
        else:
            super().keyPressEvent(event)
            self.update()
