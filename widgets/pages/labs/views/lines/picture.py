"""What is drawn of a plane that lines cut: the sides in colour, the lines with handles, and the points."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from playground.labs.lines import Lines
from playground.labs.lines.laboratory import ThresholdLine
from playground.labs.lines.perceptron import Floats, RuleLearning, heights
from widgets.pages.labs.entries import entry_colour
from widgets.pages.labs.painted_axes import PaintedAxes
from widgets.plots.points import Points, paint_points
from widgets.theme import current

GRID = 160
"""Places from below to above at which it is asked what is said there."""
SHADE = 60
"""How strongly, of 255, a side is coloured."""
HANDLE, REACH, ARROW = 6.0, 14.0, 46.0
"""Pixels of a handle, around it in which it is taken hold of, and along the arrow to its tip."""
SQUARE, RING = 9.0, 9.0

Held = tuple[int, bool]
"""A line, and whether it is turned and not moved."""


@dataclass(frozen=True, eq=False)
class LinesPicture:
    """Points with lines laid by hand or, with a `learning`, with that of the rule after so many mistakes."""

    lab: Lines
    learning: RuleLearning | None
    mistakes: int
    axes: PaintedAxes

    @classmethod
    def within(
        cls, width: int, height: int, lab: Lines, learning: RuleLearning | None, mistakes: int
    ) -> LinesPicture:
        """The picture in a widget of a size, a unit being as wide as it is high."""
        low, high = lab.points.seen
        area = PaintedAxes.within(width, height, (low, high), (low, high)).area
        least, middle = max(min(area.width(), area.height()), 1), (low + high) / 2
        x, y = ((high - low) / 2 * max(side, 1) / least for side in (area.width(), area.height()))
        axes = PaintedAxes(area, (middle - x, middle + x), (middle - y, middle + y))
        return cls(lab, learning, mistakes, axes)

    def said(self, places: Floats) -> Floats:
        """What is said of places (n, 2), 0 or 1; ½ on the line of the rule, and before it knows anything."""
        if self.learning is None:
            return self.lab.answers(places)[1]
        sides = np.sign(heights(places, self.learning.weights(self.mistakes)))
        return np.asarray(sides / 2 + 0.5, np.float64)

    @cached_property
    def ground(self) -> QImage:
        """The sides in the colours of their classes."""
        shown = current()
        x, y = np.meshgrid(np.linspace(*self.axes.x, 2 * GRID), np.linspace(*self.axes.y[::-1], GRID))
        said = self.said(np.column_stack([x.ravel(), y.ravel()])).reshape(x.shape)
        pixels = np.zeros((*x.shape, 4), np.uint8)
        for value, name in ((0.0, shown.negative), (1.0, shown.positive)):
            pixels[said == value] = (*QColor(name).getRgb()[:3], SHADE)
        height, width = x.shape
        return QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGBA8888).copy()

    # --- painting ---------------------------------------------------------------------------------------

    def paint(self, painter: QPainter) -> None:
        """Draw all of it."""
        painter.drawImage(self.axes.area, self.ground)
        self.axes.paint(painter)
        painter.setClipRect(self.axes.area)
        if self.learning is None:
            for place, line in enumerate(self.lab.used):
                self._paint_line(painter, line.weights, QPen(QColor(entry_colour(place)), 2.2))
                self._paint_handles(painter, place, line)
        self._paint_points(painter)
        if self.learning is not None:
            self._paint_learnt(painter, self.learning)
        painter.setClipping(False)

    def _paint_learnt(self, painter: QPainter, learning: RuleLearning) -> None:
        """The line before the last mistake, that after it, and the point."""
        shown, mistakes = current(), self.mistakes
        if mistakes > 1:
            before = QPen(QColor(shown.muted), 1.4, Qt.PenStyle.DashLine)
            self._paint_line(painter, learning.weights(mistakes - 1), before)
        self._paint_line(painter, learning.weights(mistakes), QPen(QColor(shown.accent), 2.4))
        if mistakes:
            point = learning.points[learning.mistakes[mistakes - 1].point]
            painter.setPen(QPen(QColor(shown.text), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(self.axes.pixel(*point.tolist()), RING, RING)

    def _paint_line(self, painter: QPainter, weights: Floats, pen: QPen) -> None:
        """The places where w₁ x + w₂ y + b is 0, from edge to edge."""
        w, b = weights[:2], float(weights[2])
        length = float((w * w).sum())
        if not length:
            return
        foot, along = -b * w / length, np.array([-w[1], w[0]]) / np.sqrt(length)
        far = 4 * (self.axes.x[1] - self.axes.x[0]) + float(np.abs(foot).max())
        painter.setPen(pen)
        start, end = (self.axes.pixel(*(foot + by * along).tolist()) for by in (-far, far))
        painter.drawLine(QLineF(start, end))

    def _paint_handles(self, painter: QPainter, place: int, line: ThresholdLine) -> None:
        middle, tip = self.handles(line)
        colour, shown, is_chosen = QColor(entry_colour(place)), current(), place == self.lab.shown
        painter.setPen(QPen(colour, 2))
        painter.drawLine(QLineF(middle, tip))
        painter.setPen(QPen(QColor(shown.text if is_chosen else shown.panel), 2 if is_chosen else 1))
        painter.setBrush(colour)
        painter.drawEllipse(middle, HANDLE, HANDLE)
        painter.drawRect(QRectF(tip.x() - SQUARE / 2, tip.y() - SQUARE / 2, SQUARE, SQUARE))

    def _paint_points(self, painter: QPainter) -> None:
        shown = current()
        places, signs = self.lab.drawn
        colours = [shown.positive if sign > 0 else shown.negative for sign in signs.tolist()]

        def to_pixels(points: Floats) -> Floats:
            pixels = [self.axes.pixel(x, y) for x, y in points.tolist()]
            return np.array([(pixel.x(), pixel.y()) for pixel in pixels])

        paint_points(painter, Points(places, colours), to_pixels, filled=True)

    # --- what can be taken hold of ----------------------------------------------------------------------

    def handles(self, line: ThresholdLine) -> tuple[QPointF, QPointF]:
        """The pixels of the middle of a line, and of the tip of its arrow."""
        middle, (x, y) = self.axes.pixel(line.x, line.y), line.weights[:2].tolist()
        return middle, middle + QPointF(x, -y) * ARROW

    def at(self, pixel: QPointF) -> Held | None:
        """What is taken hold of there, the chosen line before others; nothing of the rule's."""
        if self.learning is not None:
            return None
        for place in sorted(range(self.lab.lines), key=lambda each: each != self.lab.shown):
            for turns, handle in enumerate(self.handles(self.lab.used[place])):
                if (handle - pixel).manhattanLength() < REACH:
                    return place, bool(turns)
        return None
