"""The samples on a map: filled dots for training, rings for test, to be seen on any colour."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from widgets.plots.colouring import Floats

RADIUS = 3.0
LIGHT, DARK = QColor(255, 255, 255, 235), QColor(16, 18, 23, 225)


@dataclass(frozen=True, eq=False)
class Points:
    """Places (n, 2) and the colour of each."""

    places: Floats = field(default_factory=lambda: np.empty((0, 2)))
    colours: list[str] = field(default_factory=list)


def paint_points(
    painter: QPainter, points: Points, to_pixels: Callable[[Floats], Floats], filled: bool
) -> None:
    """Draw points at the pixels (n, 2) that `to_pixels` makes of their places (n, 2)."""
    draw = _draw_dot if filled else _draw_ring
    colours = {name: QColor(name) for name in set(points.colours)}
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for (x, y), name in zip(to_pixels(points.places).tolist(), points.colours, strict=True):
        draw(painter, QPointF(x, y), colours[name])


def _draw_dot(painter: QPainter, center: QPointF, colour: QColor) -> None:
    """A coloured dot with a light edge, or a dark one when it is pale itself."""
    painter.setPen(QPen(DARK if colour.lightness() > 165 else LIGHT, 1.0))
    painter.setBrush(colour)
    painter.drawEllipse(center, RADIUS, RADIUS)


def _draw_ring(painter: QPainter, center: QPointF, colour: QColor) -> None:
    """A coloured ring, lighter than the map, between two thin dark ones (or light ones when it is dark)."""
    dark = colour.lightness() < 90
    painter.setPen(QPen(LIGHT if dark else DARK, 2.8))
    painter.drawEllipse(center, RADIUS, RADIUS)
    painter.setPen(QPen(colour if dark else colour.lighter(150), 1.3))
    painter.drawEllipse(center, RADIUS, RADIUS)
