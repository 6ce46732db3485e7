"""The samples on a map: filled for training, outlines for test, to be seen on any colour."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QPolygonF

from playground.record import record
from widgets.colouring import Floats
from widgets.quick import draw_stamps

RADIUS = 3.0
STAMP = 11.0
"""The side of the picture of a point."""
MANY = 200
"""Points from which on they are drawn by pictures."""
PALE_FROM, DARK_TO = 165, 65
"""Lightness (of 255) from which a colour needs a dark edge, and below which it needs but a soft one."""
Look = tuple[str, int]
"""The colour of a point, and the number of its shape."""
Draw = Callable[[QPainter, QPointF, QColor, int], None]
LIGHT, SOFT, DARK = QColor(255, 255, 255, 225), QColor(255, 255, 255, 130), QColor(16, 18, 23, 225)


def _polygon(corners: int, radius: float, turned: float = 0.0) -> QPolygonF:
    """A regular polygon around 0 with a corner at the top, or `turned` by so many degrees."""
    angles = np.radians(turned - 90 + 360 * np.arange(corners) / corners)
    return QPolygonF([QPointF(radius * np.cos(angle), radius * np.sin(angle)) for angle in angles])


SHAPES = (
    None,
    _polygon(4, 4.0, 45),
    _polygon(3, 4.6),
    _polygon(4, 4.4),
    _polygon(3, 4.6, 180),
    _polygon(5, 4.0),
    _polygon(6, 3.8, 30),
    _polygon(8, 3.6, 22.5),
)
"""What the points of one class look like, by its number; None is round.  All have about the same area."""


@record(eq=False)
class Points:
    """Places (n, 2), the colour of each and, where they are not all round, the number of its shape."""

    places: Floats = field(default_factory=lambda: np.empty((0, 2)))
    colours: list[str] = field(default_factory=list)
    shapes: list[int] = field(default_factory=list)

    @property
    def looks(self) -> list[Look]:
        """Colour and shape of each point."""
        shapes = self.shapes or [0] * len(self.colours)
        return [(name, shape % len(SHAPES)) for name, shape in zip(self.colours, shapes, strict=True)]


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
    looks = points.looks
    kinds = sorted(set(looks))
    if quick and len(looks) >= MANY:
        number = {look: place for place, look in enumerate(kinds)}
        stamps = _stamps(kinds, draw, painter.device().devicePixelRatioF())
        draw_stamps(painter, to_pixels(points.places), stamps, np.array([number[look] for look in looks]))
        return
    colours = {name: QColor(name) for name, _ in kinds}
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for (x, y), (name, shape) in zip(to_pixels(points.places).tolist(), looks, strict=True):
        draw(painter, QPointF(x, y), colours[name], shape)


def _stamps(kinds: list[Look], draw: Draw, ratio: float) -> QPixmap:
    """A point of each look, beside one another."""
    side = round(STAMP * ratio)
    stamps = QPixmap(side * len(kinds), side)
    stamps.setDevicePixelRatio(ratio)
    stamps.fill(Qt.GlobalColor.transparent)
    with QPainter(stamps) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, (name, shape) in enumerate(kinds):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            draw(painter, QPointF((number + 0.5) * side, side / 2) / ratio, QColor(name), shape)
    return stamps


def _draw_dot(painter: QPainter, center: QPointF, colour: QColor, shape: int) -> None:
    """A coloured dot with a light edge, a dark one when it is pale itself, a soft one when it is dark."""
    lightness = colour.lightness()
    edge = DARK if lightness > PALE_FROM else SOFT if lightness < DARK_TO else LIGHT
    painter.setPen(QPen(edge, 1.0))
    painter.setBrush(colour)
    _draw_outline(painter, center, shape)


def _draw_ring(painter: QPainter, center: QPointF, colour: QColor, shape: int) -> None:
    """A ring lighter than the map between two thin dark ones; a single soft one where the colour is dark."""
    if colour.lightness() < DARK_TO:
        painter.setPen(QPen(SOFT, 1.0))
    else:
        painter.setPen(QPen(DARK, 2.8))
        _draw_outline(painter, center, shape)
        painter.setPen(QPen(colour.lighter(150), 1.3))
    _draw_outline(painter, center, shape)


def _draw_outline(painter: QPainter, center: QPointF, shape: int) -> None:
    if (polygon := SHAPES[shape]) is None:
        painter.drawEllipse(center, RADIUS, RADIUS)
    else:
        painter.drawPolygon(polygon.translated(center))
