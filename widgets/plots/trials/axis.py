"""An axis of a view of trials: which numbers or names it reaches over, and where on it they stand."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from PySide6.QtCore import QLineF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from playground.numbers.writing import short
from widgets.colouring import Floats
from widgets.plots.ticks import linear_limits, linear_ticks, log_limits, log_ticks
from widgets.theme import current

LEFT, ABOVE, BELOW, NAME, RIGHT = 42, 8, 20, 16, 12
"""Pixels at the left for numbers, above, below for numbers, for the name of x, and at the right."""
UP, ACROSS = 40, 70
"""About so many pixels there are between two numbers."""
TEXT = 16


@dataclass(frozen=True)
class TrialAxis:
    """Its ends are powers of ten where it is logarithmic; with names there is a lane for each."""

    title: str = ""
    low: float = 0.0
    high: float = 1.0
    logarithmic: bool = False
    names: tuple[str, ...] = ()

    @classmethod
    def over(
        cls, title: str, values: Floats, logarithmic: bool = False, names: tuple[str, ...] = ()
    ) -> TrialAxis:
        """The axis that holds these values, and no more."""
        if names:
            return cls(title, -0.5, len(names) - 0.5, names=names)
        heights = _heights(values, logarithmic)
        heights = heights[np.isfinite(heights)]
        if not len(heights):
            return cls(title, 0.0, 1.0, logarithmic)
        low, high = float(heights.min()), float(heights.max())
        if not high > low:
            low, high = low - 0.5, high + 0.5
        return cls(title, low, high, logarithmic)

    def rounded(self, parts: int) -> TrialAxis:
        """With round numbers at its ends, for about so many parts."""
        if self.names:
            return self
        limits = (
            log_limits(self.low, self.high)
            if self.logarithmic
            else linear_limits(self.low, self.high, max(parts, 1))
        )
        return replace(self, low=limits[0], high=limits[1])

    def shares(self, values: Floats) -> Floats:
        """Where values stand: 0 at the lower end, 1 at the upper one, NaN where they have no place."""
        heights: Floats = (_heights(values, self.logarithmic) - self.low) / (self.high - self.low)
        return heights

    def value(self, share: float) -> float:
        """What stands at a share of it."""
        height = self.low + share * (self.high - self.low)
        return float(10.0**height) if self.logarithmic else height

    def ticks(self, parts: int) -> list[tuple[float, str]]:
        """Shares and what is written there; of an axis that is rounded."""
        if self.names:
            return [((place + 0.5) / len(self.names), name) for place, name in enumerate(self.names)]
        limits, parts = (self.low, self.high), max(parts, 2)
        found = log_ticks(limits, parts) if self.logarithmic else linear_ticks(limits, parts)
        return [((place - self.low) / (self.high - self.low), text) for place, text in found]

    def ends(self) -> tuple[str, str]:
        """What stands at its ends."""
        if self.names:
            return self.names[0], self.names[-1]
        return short(self.value(0), 2), short(self.value(1), 2)


@dataclass(frozen=True)
class TrialGrid:
    """Two axes in a rectangle of a widget."""

    area: QRectF
    x: TrialAxis
    y: TrialAxis

    @classmethod
    def within(cls, size: QSizeF, x: TrialAxis, y: TrialAxis) -> TrialGrid:
        """All of a widget but for what is written, with round numbers at the ends of the axes."""
        below = BELOW + (NAME if x.title else 0)
        width, height = max(size.width() - LEFT - RIGHT, 10), max(size.height() - ABOVE - below, 10)
        area = QRectF(LEFT, ABOVE, width, height)
        return cls(area, x.rounded(int(width / ACROSS)), y.rounded(int(height / UP)))

    def places(self, x: Floats, y: Floats) -> Floats:
        """Pixels (…, 2) of points; what is far outside stands just outside."""
        across = self.area.left() + self.x.shares(x) * self.area.width()
        up = self.area.bottom() - np.clip(self.y.shares(y), -1, 2) * self.area.height()
        return np.stack(np.broadcast_arrays(across, up), axis=-1)

    def paint(self, painter: QPainter) -> None:
        """Draw level lines, and what is written at the axes."""
        shown, area = current(), self.area
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for share, text in self.y.ticks(int(area.height() / UP)):
            y = area.bottom() - share * area.height()
            painter.setPen(QPen(QColor(shown.border), 1))
            painter.drawLine(QLineF(area.left(), y, area.right(), y))
            painter.setPen(QColor(shown.muted))
            words = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, LEFT - 6)
            painter.drawText(QRectF(0, y - TEXT / 2, LEFT - 6, TEXT), right, words)
        painter.setPen(QColor(shown.muted))
        centre, parts = Qt.AlignmentFlag.AlignCenter, int(area.width() / ACROSS)
        room = area.width() / max(len(self.x.names), 1) if self.x.names else ACROSS
        for share, text in self.x.ticks(parts):
            x = area.left() + share * area.width()
            words = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(room))
            painter.drawText(QRectF(x - room / 2, area.bottom() + 3, room, TEXT), centre, words)
        painter.drawText(QRectF(area.left(), area.bottom() + BELOW, area.width(), TEXT), centre, self.x.title)


def _heights(values: Floats, logarithmic: bool) -> Floats:
    if not logarithmic:
        return np.where(np.isfinite(values), values, np.nan)
    there = np.isfinite(values) & (values > 0)
    return np.log10(values, where=there, out=np.full(np.shape(values), np.nan))
