"""The gradient of every sample as an arrow, the mean of the batch, and where such means scatter."""

from __future__ import annotations

from math import degrees

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF

from playground.labs.batch_noise.samples import Floats, scatter
from playground.labs.batch_noise.walk import BatchMoment
from widgets.figures.columns import Columns
from widgets.figures.ground import lay
from widgets.pages.labs.entries import entry_colour
from widgets.plots.figure import Figure
from widgets.theme import current

ROOM = 0.9
"""The share of the way to the nearer edge that the longest arrow takes."""
DEVIATIONS = 2.0
HEAD = 6.0
FAINT, STRONG, TINT = 70, 190, 34
LINE = 16
LEAST = 1e-12
"""Shorter arrows are not made longer than this would be."""


class GradientArrows(Figure):
    """All arrows begin in the middle; they point downhill, where a step goes."""

    def __init__(self) -> None:
        super().__init__(self.tr("Gradient of each sample"))
        self._moment: BatchMoment | None = None

    def minimumSizeHint(self) -> QSize:
        """Room for a few arrows."""
        return QSize(150, 110)

    def show_moment(self, moment: BatchMoment) -> None:
        """Show the gradients before a step."""
        self._moment = moment
        self.update()

    def columns(self) -> Columns:
        """The two slopes of each sample, and whether it is in the batch."""
        if self._moment is None:
            return {}
        slopes = self._moment.slopes
        chosen = np.zeros(len(slopes))
        chosen[self._moment.batch] = 1
        return {"slope 1": slopes[:, 0], "slope 2": slopes[:, 1], "in batch": chosen}

    # --- painting ---------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        with QPainter(self) as painter:
            self.paint_figure(painter)

    def paint_figure(self, painter: QPainter) -> None:
        """Draw the arrows, the means on top."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lay(painter, self.rect(), current().panel)
        if self._moment is None:
            return
        theme, moment = current(), self._moment
        ways, batch, whole = -moment.slopes, QColor(entry_colour(0)), QColor(theme.text)
        scale = self._scale(ways)
        chosen = set(moment.batch.tolist())
        for number, way in enumerate(ways):
            colour = QColor(batch if number in chosen else theme.muted)
            colour.setAlpha(STRONG if number in chosen else FAINT)
            self._paint_arrow(painter, way * scale, colour, 1.2)
        self._paint_scatter(painter, ways, len(moment.batch), scale)
        self._paint_arrow(painter, ways.mean(axis=0) * scale, whole, 3.0)
        self._paint_arrow(painter, ways[moment.batch].mean(axis=0) * scale, batch, 3.0)
        self._paint_names(painter, batch, whole)

    def _scale(self, ways: Floats) -> float:
        """Pixels a unit, so that all arrows have room."""
        across, up = np.maximum(np.abs(ways).max(axis=0), LEAST).tolist()
        return ROOM * min(self.width() / across, self.height() / up) / 2

    def _middle(self) -> QPointF:
        return QPointF(self.width() / 2, self.height() / 2)

    def _paint_arrow(self, painter: QPainter, way: Floats, colour: QColor, width: float) -> None:
        begin = self._middle()
        end = begin + QPointF(float(way[0]), -float(way[1]))
        pen = QPen(colour, width)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawLine(begin, end)
        length = float(np.hypot(*way))
        if length < HEAD:
            return
        head = HEAD * (0.6 + 0.2 * width)
        along = QPointF(float(way[0]), -float(way[1])) / length * head
        across = QPointF(-along.y(), along.x()) * 0.5
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPolygon(QPolygonF([end + along * 0.35, end - along + across, end - along - across]))

    def _paint_scatter(self, painter: QPainter, ways: Floats, size: int, scale: float) -> None:
        """An ellipse of two standard deviations of means of so many."""
        found, far = scatter(ways, size), DEVIATIONS * scale
        middle = ways.mean(axis=0) * scale
        colour, tint = QColor(entry_colour(0)), QColor(entry_colour(0))
        tint.setAlpha(TINT)
        painter.save()
        painter.translate(self._middle() + QPointF(float(middle[0]), -float(middle[1])))
        painter.rotate(-degrees(found.turned))
        painter.setPen(QPen(colour, 1, Qt.PenStyle.DashLine))
        painter.setBrush(tint)
        painter.drawEllipse(QPointF(0, 0), found.longer * far, found.shorter * far)
        painter.restore()

    def _paint_names(self, painter: QPainter, batch: QColor, whole: QColor) -> None:
        painter.setFont(self.small_font())
        height = QFontMetricsF(self.small_font()).height()
        names = (
            (self.tr("one sample"), QColor(current().muted)),
            (self.tr("mean of the batch"), batch),
            (self.tr("mean of all"), whole),
            (self.tr("95 % of such means"), batch),
        )
        for place, (name, colour) in enumerate(names):
            painter.setPen(colour)
            line = QRectF(4, 2 + place * LINE, self.width() - 8, height)
            painter.drawText(line, Qt.AlignmentFlag.AlignLeft, name)
