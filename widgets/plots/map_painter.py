"""Paints a map of the plane into a square: the map and its lines, the key beside it, and the samples."""

from __future__ import annotations

from dataclasses import field

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPen

from playground.record import record
from widgets.colouring import Floats
from widgets.kept_picture import KeptPicture
from widgets.plots.colour_bar import BAR_SPACE, GAP, paint_colour_bar
from widgets.plots.map_content import MapContent
from widgets.plots.points import Points, paint_points
from widgets.quick import draw_part
from widgets.theme import current

LINES = QPen(QColor(255, 255, 255, 190), 1.2)
ARM = 6
"""Half the length of the cross on a place."""


@record(eq=False)
class Drawing:
    """What is drawn: a map, or a `message` where there is none; samples; and lines (n, 4) from and to places.

    `discretize` shows which side of the border a place is on, and not how far from it.
    """

    content: MapContent | None = None
    message: str = ""
    training: Points = field(default_factory=Points)
    test: Points = field(default_factory=Points)
    segments: NDArray[np.float64] = field(default_factory=lambda: np.empty((0, 4)))
    discretize: bool = False


class MapPainter:
    """Paints drawings; key and samples are kept as a picture, since they seldom change."""

    def __init__(self) -> None:
        self._overlay = KeptPicture()

    def paint_map(self, painter: QPainter, square: QRectF, drawing: Drawing) -> None:
        """Draw the map and the lines, which change with every frame; or the message."""
        theme, content = current(), drawing.content
        if content is None:
            painter.fillRect(square, QColor(theme.canvas))
            painter.setPen(QColor(theme.muted))
            inside = square.adjusted(20, 20, -20, -20)
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(inside, flags, drawing.message)
            return
        pixels = content.pixels(theme, drawing.discretize)
        size = len(pixels)
        image = QImage(pixels.data, size, size, QImage.Format.Format_RGB32)
        draw_part(painter, square, image, QRectF(0.5, 0.5, size - 1, size - 1))  # the grid reaches the edges
        painter.setPen(LINES)
        ends = _pixels(square, content, drawing.segments.reshape(-1, 2)).reshape(-1, 4)
        painter.drawLines([QLineF(*line) for line in ends.tolist()])

    def paint_overlay(
        self, painter: QPainter, square: QRectF, drawing: Drawing, font: QFont, quick: bool = False
    ) -> None:
        """Draw the key and the samples, many of them as `quick` as a screen allows."""
        content, theme = drawing.content, current()
        if content is None:
            return
        bar = QRectF(square.right() + GAP, square.top(), BAR_SPACE - GAP, square.height())
        painter.setFont(font)
        paint_colour_bar(painter, bar, content.colouring.key(theme, drawing.discretize), theme)
        painter.setClipRect(square)
        for points, filled in ((drawing.test, False), (drawing.training, True)):
            paint_points(painter, points, lambda places: _pixels(square, content, places), filled, quick)
        painter.setClipping(False)

    def paint_kept_overlay(
        self, painter: QPainter, square: QRectF, drawing: Drawing, font: QFont, size: QSize
    ) -> None:
        """The same, from the picture, on something of this size."""
        content = drawing.content
        if content is None:
            return
        seen = (content.colouring, content.across, content.up, drawing.training, drawing.test)
        shown = (*seen, drawing.discretize, square, font)
        self._overlay.paint(
            painter,
            size,
            shown,
            lambda inner: self.paint_overlay(inner, square, drawing, font, quick=True),
        )


def paint_place(painter: QPainter, square: QRectF, content: MapContent, place: tuple[float, float]) -> None:
    """Draw a cross on a place."""
    ((x, y),) = _pixels(square, content, np.array([place])).tolist()
    paint_cross(painter, QPointF(x, y))


def paint_cross(painter: QPainter, middle: QPointF) -> None:
    """Draw a cross, to be seen on any colour."""
    x, y = middle.x(), middle.y()
    for pen in (QPen(QColor(0, 0, 0, 160), 3), QPen(QColor(255, 255, 255), 1.2)):
        painter.setPen(pen)
        painter.drawLine(QPointF(x - ARM, y), QPointF(x + ARM, y))
        painter.drawLine(QPointF(x, y - ARM), QPointF(x, y + ARM))


def _pixels(square: QRectF, content: MapContent, places: Floats) -> Floats:
    """The pixels (n, 2) of places (n, 2) of the plane."""
    share = content.shares(places)
    return np.array([square.left(), square.bottom()]) + share * [square.width(), -square.height()]
