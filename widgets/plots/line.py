"""A curve that is drawn many times a second.

Qt is slow at joining the pieces of a wide line, and at drawing it through a scaling transform: this one
is drawn in pixels and piece by piece, several times faster, and looks the same.
"""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QTransform
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from widgets.quick import alone, draw_lines, joined

Floats = NDArray[np.floating]

TICK = 5.0
"""Height in pixels of a tick for a value that has no place on the axis."""
NOTHING: Floats = np.empty(0)
DASH = (1.0, 0.0)
"""What is drawn to both sides of a place that has none beside it."""


class Line(pg.GraphicsObject):
    """A curve with a gap where y is not a number, and ticks on a lane of their own.

    `joined` draws it as one line of the right width, as files want it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.joined = False
        self.x = self.y = self.ticks = NOTHING
        self._lane, self._raised = 0.0, 0.0
        self._pen = QPen()

    def show_curve(self, x: Floats, y: Floats, colour: str, width: float) -> None:
        """Show a curve through these places; a y that is not a number is a gap."""
        self.x, self.y = x, y
        self._pen = QPen(QColor(colour), width)
        self._pen.setCapStyle(Qt.PenCapStyle.FlatCap)  # others overlap, and a level line looks dotted
        self.prepareGeometryChange()
        self.update()

    def viewTransformChanged(self) -> None:
        """It fills what is seen between the axes."""
        self.prepareGeometryChange()

    def show_ticks(self, x: Floats, lane: float, raised: float = 0.0) -> None:
        """Put ticks at these places on a lane at this height, raised by so many pixels."""
        self.ticks, self._lane, self._raised = x, lane, raised
        self.update()

    def boundingRect(self) -> QRectF:
        """All that is seen between the axes, since ticks lie where the curve is not."""
        view = self.getViewBox()
        return QRectF() if view is None else view.viewRect()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget) -> None:
        """Draw the curve, without the transform of the view."""
        to_pixels = painter.worldTransform()
        pen = QPen(self._pen)
        enlarged = to_pixels.m11() * self.getViewBox().viewPixelSize()[0] if self.joined else 1.0
        pen.setWidthF(pen.widthF() * enlarged)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setWorldTransform(QTransform())
        painter.setPen(pen)
        self._paint_curve(painter, to_pixels)
        self._paint_ticks(painter, to_pixels, enlarged)
        painter.setWorldTransform(to_pixels)

    def _paint_curve(self, painter: QPainter, to_pixels: QTransform) -> None:
        x = self.x * to_pixels.m11() + to_pixels.dx()
        y = self.y * to_pixels.m22() + to_pixels.dy()
        places = np.stack([x, y], axis=1)
        single = alone(places)
        draw_lines(painter, np.hstack([single - DASH, single + DASH]))
        if not self.joined:
            draw_lines(painter, joined(places))
            return
        for run in _runs(places):
            painter.drawPolyline([QPointF(*place) for place in run])

    def _paint_ticks(self, painter: QPainter, to_pixels: QTransform, enlarged: float) -> None:
        """One tick a pixel at most."""
        if not len(self.ticks):
            return
        middle = self._lane * to_pixels.m22() + to_pixels.dy() - self._raised * enlarged
        top, bottom = middle - TICK / 2 * enlarged, middle + TICK / 2 * enlarged
        places = np.unique(np.round(self.ticks * to_pixels.m11() + to_pixels.dx()))
        ends = np.stack([places, np.full_like(places, top), places, np.full_like(places, bottom)], axis=1)
        draw_lines(painter, ends)


def _runs(places: Floats) -> list[list[list[float]]]:
    """The places of a curve, cut where one of them is not a number; those alone are left out."""
    there = np.isfinite(places).all(axis=1)
    parts = np.split(places, np.flatnonzero(np.diff(there)) + 1)
    return [part.tolist() for part in parts if len(part) > 1 and np.isfinite(part[0]).all()]
