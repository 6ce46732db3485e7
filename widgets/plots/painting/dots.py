"""Painted points as they are drawn: many of them quickly, as they change with every move of the pointer."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from playground.data.datasets.painted import Painted
from widgets.colouring import Colouring, Floats, label_colouring
from widgets.plots.output_meaning import class_names
from widgets.plots.points import RADIUS, Points, paint_points
from widgets.theme import current

ROOM = int(RADIUS) + 5
"""From the middle of a dot to the edge of its picture."""
RING = RADIUS + 2


def colouring_of(painted: Painted) -> Colouring:
    """How the points are coloured: as the output's map colours its samples."""
    return label_colouring(class_names(painted.task), painted.targets)


def class_dots(painted: Painted) -> list[str]:
    """The colour of each class."""
    return colouring_of(painted).point_colours(np.arange(len(painted.names)), current())


def paint_dots(painter: QPainter, pixels: Floats, colours: Sequence[str]) -> None:
    """Draw a dot of its colour at each of the pixels (n, 2)."""
    ratio = painter.device().devicePixelRatioF()
    for corner, colour in zip(_corners(pixels, ratio), colours, strict=True):
        painter.drawImage(corner, _dot(colour, ratio))


def paint_rings(painter: QPainter, pixels: Floats) -> None:
    """Mark points at pixels (n, 2) as chosen."""
    ratio = painter.device().devicePixelRatioF()
    ring = _ring(ratio)
    for corner in _corners(pixels, ratio):
        painter.drawImage(corner, ring)


def _corners(pixels: Floats, ratio: float) -> list[QPointF]:
    """Where small pictures begin that have their middles at pixels, to the pixel of the screen."""
    corners = np.round((pixels - ROOM) * ratio) / ratio
    return [QPointF(x, y) for x, y in corners.tolist()]


@cache
def _dot(colour: str, ratio: float) -> QImage:
    picture = _blank(ratio)
    with QPainter(picture) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = np.full((1, 2), float(ROOM))
        paint_points(painter, Points(middle, [colour]), lambda places: places, filled=True)
    return picture


@cache
def _ring(ratio: float) -> QImage:
    picture = _blank(ratio)
    with QPainter(picture) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for pen in (QPen(QColor(16, 18, 23), 2.4), QPen(QColor(255, 255, 255), 1.2)):
            painter.setPen(pen)
            painter.drawEllipse(QPointF(ROOM, ROOM), RING, RING)
    return picture


def _blank(ratio: float) -> QImage:
    side = round(2 * ROOM * ratio)
    picture = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    return picture
