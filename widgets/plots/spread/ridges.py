"""Histograms of one quantity: in front as bars, behind them one ridge an epoch, the oldest farthest away."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from playground.numbers.writing import figures, whole
from playground.training.chronicle import Histogram, Spread
from widgets.contrast import mixed
from widgets.plots.ticks import Limits, linear_limits, linear_ticks
from widgets.quick import polygon_of
from widgets.theme import Theme

LEFT, RIGHT, BELOW, ABOVE = 46.0, 14.0, 22.0, 8.0
BARS = 0.34
"""Which part of the height the bars take."""
TALLEST = 5.0
"""How many times as high as the step from one ridge to the next the highest is."""
EVERY = 52.0
"""Pixels between two numbers at an axis, about."""


@dataclass(frozen=True, eq=False)
class RidgePicture:
    """Where ridges, bars and axes of a spread lie in an area, and how they are painted."""

    spread: Spread
    area: QRectF
    font: QFont

    @cached_property
    def limits(self) -> Limits:
        """The ends of the x axis: all that was ever there, but for what only the first epochs had."""
        lows, highs = ([getattr(row, end) for row in self.spread] for end in ("low", "high"))
        return linear_limits(min(lows), max(highs), max(2, int(self._plot.width() // EVERY)))

    @cached_property
    def _plot(self) -> QRectF:
        return self.area.adjusted(LEFT, ABOVE, -RIGHT, -BELOW)

    @cached_property
    def bars(self) -> QRectF:
        """Where the bars of the present stand."""
        plot = QRectF(self._plot)
        plot.setTop(plot.bottom() - BARS * plot.height())
        return plot

    @cached_property
    def ridges(self) -> QRectF:
        """Where the ridges stand."""
        plot = QRectF(self._plot)
        plot.setBottom(self.bars.top() - 14)
        return plot

    def x(self, values: NDArray[np.float64] | float) -> NDArray[np.float64]:
        """From numbers to pixels."""
        low, high = self.limits
        return self._plot.left() + (np.asarray(values, float) - low) / (high - low) * self._plot.width()

    @cached_property
    def feet(self) -> NDArray[np.float64]:
        """The height at which each ridge stands, the oldest highest."""
        room, count = self.ridges, len(self.spread)
        if count < 2:
            return np.array([room.bottom()])
        top = room.top() + min(room.height() / 3, TALLEST * room.height() / count)
        return np.linspace(top, room.bottom(), count)

    def outline(self, row: Histogram, foot: float, height: float) -> QPolygonF:
        """A ridge: from one end to the other and back along its foot."""
        first, last = self.x(np.array([row.low, row.high])).tolist()
        count, step = len(row.counts), (last - first) / max(len(row.counts), 1)
        places = np.empty((count + 2, 2))
        places[1:-1, 0] = first + step * (np.arange(count) + 0.5)
        places[1:-1, 1] = foot - np.sqrt(row.counts / max(int(row.counts.max()), 1)) * height
        places[0], places[-1] = (first, foot), (last, foot)
        return polygon_of(places)

    # --- painting ---------------------------------------------------------------------------------------

    def paint(self, painter: QPainter, theme: Theme) -> None:
        """Draw it all."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.font)
        self._paint_axis(painter, theme)
        if len(self.spread) > 1:
            self._paint_ridges(painter, theme)
        self._paint_bars(painter, theme)

    def _paint_axis(self, painter: QPainter, theme: Theme) -> None:
        plot, metrics = self._plot, QFontMetricsF(self.font)
        for value, text in linear_ticks(self.limits, max(2, int(plot.width() // EVERY))):
            x = float(self.x(value))
            painter.setPen(QPen(QColor(theme.border), 1))
            painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()))
            painter.setPen(QColor(theme.muted))
            place = QRectF(x - 40, plot.bottom() + 4, 80, metrics.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_ridges(self, painter: QPainter, theme: Theme) -> None:
        feet, count = self.feet, len(self.spread)
        height = max(float(feet[0] - self.ridges.top()), 10.0)
        for place, (row, foot) in enumerate(zip(self.spread, feet.tolist(), strict=True)):
            fill, line = _colours(theme, place, count)
            painter.setBrush(fill)
            painter.setPen(line)
            painter.drawPolygon(self.outline(row, foot, height))
        self._paint_epochs(painter, theme)

    def _paint_epochs(self, painter: QPainter, theme: Theme) -> None:
        """At the left the epochs of the first, the last, and some between, that do not touch."""
        line = QFontMetricsF(self.font).height()
        painter.setPen(QColor(theme.muted))
        below = np.inf
        for row, foot in reversed(list(zip(self.spread, self.feet.tolist(), strict=True))):
            if foot <= below - line - 4:
                below = foot
                place = QRectF(self.area.left(), foot - line, LEFT - 6, line)
                painter.drawText(place, Qt.AlignmentFlag.AlignRight, whole(int(row.epoch)))

    def _paint_bars(self, painter: QPainter, theme: Theme) -> None:
        now, room = self.spread[-1], self.bars
        x, shares = self.x(now.edges), now.counts / max(int(now.counts.max()), 1)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.lines[1]))
        for left, right, share in zip(x[:-1].tolist(), x[1:].tolist(), shares.tolist(), strict=True):
            height = share * (room.height() - 4)
            gap = 1.0 if right - left > 4 else 0.0
            painter.drawRect(QRectF(left, room.bottom() - height, max(right - left - gap, 0.6), height))
        painter.setPen(QPen(QColor(theme.outline), 1))
        painter.drawLine(room.bottomLeft(), room.bottomRight())
        painter.setPen(QColor(theme.muted))
        count = QRectF(self.area.left(), room.top(), LEFT - 6, 16)
        painter.drawText(count, Qt.AlignmentFlag.AlignRight, whole(int(now.counts.max())))

    # --- pointing ---------------------------------------------------------------------------------------

    def at(self, point: QPointF) -> tuple[QRectF, Histogram, int] | None:
        """The bin at a point: where it is, of which epoch, and its number; None where there is none."""
        if not self._plot.contains(point):
            return None
        row = self.spread[-1]
        if point.y() < self.bars.top() and len(self.spread) > 1:
            row = self.spread[min(int(np.searchsorted(self.feet, point.y())), len(self.spread) - 1)]
        x = self.x(row.edges)
        place = int(np.searchsorted(x, point.x())) - 1
        if not 0 <= place < len(row.counts):
            return None
        return QRectF(x[place], point.y() - 4, x[place + 1] - x[place], 8), row, place


def words_of(row: Histogram, place: int) -> tuple[str, str, str, str]:
    """A bin in numbers: its epoch, its ends, and how many are in it."""
    low, high = row.edges[place : place + 2].tolist()
    return whole(int(row.epoch)), figures(low, 3), figures(high, 3), whole(int(row.counts[place]))


@cache
def _colours(theme: Theme, place: int, count: int) -> tuple[QColor, QPen]:
    """What the ridge at a place of so many is filled and drawn with, the more vividly the later it is."""
    age = place / (count - 1)
    fill, line = (
        mixed(theme.panel, theme.lines[1], share) for share in (0.12 + 0.38 * age, 0.45 + 0.55 * age)
    )
    return fill, QPen(line, 1)
