"""A curve that is drawn many times a second.

Qt is slow at joining the pieces of a wide line, and at drawing it through a scaling transform: this one
is drawn in pixels and piece by piece, several times faster, and looks the same.
"""

from __future__ import annotations

from itertools import pairwise

import pyqtgraph as pg
from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QPainter, QPen, QTransform
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget


class Line(pg.PlotCurveItem):
    """A curve without fill or gaps; `joined` draws it as one line of the right width, as files want it."""

    def __init__(self) -> None:
        super().__init__(antialias=True)
        self.joined = False

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget) -> None:
        """Draw the curve, without the transform of the view."""
        x, y = self.getData()
        if x is None or len(x) < 2:
            return
        to_pixels = painter.worldTransform()
        x = (x * to_pixels.m11() + to_pixels.dx()).tolist()
        y = (y * to_pixels.m22() + to_pixels.dy()).tolist()
        pen = QPen(self.opts["pen"])
        pen.setCosmetic(False)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setWorldTransform(QTransform())
        if self.joined:
            enlarged = to_pixels.m11() * self.getViewBox().viewPixelSize()[0]
            pen.setWidthF(pen.widthF() * enlarged)
            painter.setPen(pen)
            painter.drawPolyline([QPointF(*place) for place in zip(x, y, strict=True)])
        else:
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)  # others overlap, and a level line looks dotted
            painter.setPen(pen)
            places = zip(x, y, strict=True)
            painter.drawLines([QLineF(*start, *end) for start, end in pairwise(places)])
        painter.setWorldTransform(to_pixels)
