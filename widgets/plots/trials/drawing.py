"""Pens and dots that all views of trials draw with."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from widgets.colouring import Floats
from widgets.quick import draw_lines, draw_stamps
from widgets.viridis import viridis

ROOM = 2
"""Pixels around a dot in its stamp."""
THINNER = ((400, 1.0), (1600, 0.6), (6400, 0.35))
LEAST_COVER = 20
BRIGHTEST = 232
"""The colour of the best in viridis; those above are hard to see on a light ground."""


def faint(colour: str, opacity: int) -> QColor:
    """A colour through which others are seen."""
    result = QColor(colour)
    result.setAlpha(opacity)
    return result


def cover(usual: int, count: int) -> int:
    """How much of 255 each of many things covers: less, in steps, the more lie over one another."""
    return next((int(usual * part) for most, part in THINNER if count <= most), LEAST_COVER)


def dots(painter: QPainter, places: Floats, colour: QColor, diameter: float) -> None:
    """Draw dots around places (n, 2), all alike; thousands of them are stamped."""
    places = places[np.isfinite(places).all(axis=1)]
    side, ratio = round(diameter + ROOM), painter.device().devicePixelRatioF()
    stamp = QPixmap(round(side * ratio), round(side * ratio))
    stamp.setDevicePixelRatio(ratio)
    stamp.fill(Qt.GlobalColor.transparent)
    with QPainter(stamp) as inner:
        inner.setRenderHint(QPainter.RenderHint.Antialiasing)
        inner.setPen(Qt.PenStyle.NoPen)
        inner.setBrush(colour)
        inner.drawEllipse(QRectF((side - diameter) / 2, (side - diameter) / 2, diameter, diameter))
    draw_stamps(painter, places, stamp)


def drawn_dots(painter: QPainter, places: Floats, colour: QColor, diameter: float) -> None:
    """The same as shapes, for files."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    for x, y in places[np.isfinite(places).all(axis=1)].tolist():
        painter.drawEllipse(QPointF(x, y), diameter / 2, diameter / 2)


def stairs(painter: QPainter, places: Floats, colour: str, width: float) -> None:
    """Draw a line through places (n, 2) that goes level to the next, and then up or down."""
    level = np.concatenate([places[:-1], np.column_stack([places[1:, 0], places[:-1, 1]])], axis=1)
    upright = np.concatenate([np.column_stack([places[1:, 0], places[:-1, 1]]), places[1:]], axis=1)
    painter.setPen(QPen(QColor(colour), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.SquareCap))
    draw_lines(painter, np.concatenate([level, upright]))


def shades(goodness: Floats) -> NDArray[np.uint8]:
    """Colours (n, 3) from the worst, 0, to the best, 1."""
    steps = np.nan_to_num(np.clip(goodness, 0, 1)) * BRIGHTEST
    return viridis()[steps.astype(np.intp)]
