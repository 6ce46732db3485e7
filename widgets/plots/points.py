"""The samples on a map: filled dots for training, rings for test, to be seen on any colour."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from widgets.colouring import Floats
from widgets.quick import draw_stamps

RADIUS = 3.0
STAMP = 11.0
"""The side of the picture of a point."""
MANY = 200
"""Points from which on they are drawn by pictures."""
PALE_FROM, DARK_TO = 165, 65
"""Lightness (of 255) from which a colour needs a dark edge, and below which it needs but a soft one."""
LIGHT, SOFT, DARK = QColor(255, 255, 255, 225), QColor(255, 255, 255, 130), QColor(16, 18, 23, 225)


@dataclass(frozen=True, eq=False)
class Points:
    """Places (n, 2) and the colour of each."""

    places: Floats = field(default_factory=lambda: np.empty((0, 2)))
    colours: list[str] = field(default_factory=list)


def paint_points(
    painter: QPainter,
    points: Points,
    to_pixels: Callable[[Floats], Floats],
    filled: bool,
    quick: bool = False,
) -> None:
    """Draw points at the pixels (n, 2) that `to_pixels` makes of their places (n, 2).

    Many may be drawn `quick`, from small pictures and to the next pixel, where that is for a screen.
    """
    draw = _draw_dot if filled else _draw_ring
    if quick and len(points.colours) >= MANY:
        names = sorted(set(points.colours))
        which = np.array([names.index(name) for name in points.colours])
        stamps = _stamps(names, draw, painter.device().devicePixelRatioF())
        draw_stamps(painter, to_pixels(points.places), stamps, which)
        return
    colours = {name: QColor(name) for name in set(points.colours)}
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for (x, y), name in zip(to_pixels(points.places).tolist(), points.colours, strict=True):
        draw(painter, QPointF(x, y), colours[name])


def _stamps(names: list[str], draw: Callable[[QPainter, QPointF, QColor], None], ratio: float) -> QPixmap:
    """A point of each colour, beside one another."""
    side = round(STAMP * ratio)
    stamps = QPixmap(side * len(names), side)
    stamps.setDevicePixelRatio(ratio)
    stamps.fill(Qt.GlobalColor.transparent)
    with QPainter(stamps) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, name in enumerate(names):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            draw(painter, QPointF((number + 0.5) * side, side / 2) / ratio, QColor(name))
    return stamps


def _draw_dot(painter: QPainter, center: QPointF, colour: QColor) -> None:
    """A coloured dot with a light edge, a dark one when it is pale itself, a soft one when it is dark."""
    lightness = colour.lightness()
    edge = DARK if lightness > PALE_FROM else SOFT if lightness < DARK_TO else LIGHT
    painter.setPen(QPen(edge, 1.0))
    painter.setBrush(colour)
    painter.drawEllipse(center, RADIUS, RADIUS)


def _draw_ring(painter: QPainter, center: QPointF, colour: QColor) -> None:
    """A ring lighter than the map between two thin dark ones; a single soft one where the colour is dark."""
    if colour.lightness() < DARK_TO:
        painter.setPen(QPen(SOFT, 1.0))
    else:
        painter.setPen(QPen(DARK, 2.8))
        painter.drawEllipse(center, RADIUS, RADIUS)
        painter.setPen(QPen(colour.lighter(150), 1.3))
    painter.drawEllipse(center, RADIUS, RADIUS)
