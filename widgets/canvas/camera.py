"""How the canvas is looked at: which zoom, and which point of it is at the corner of the view."""

from __future__ import annotations

from dataclasses import field

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QTransform

from playground.record import record

LOWEST, HIGHEST = 0.2, 4.0
ROOMIEST = 1.25
"""How far a small network is enlarged to fill the view."""
MARGIN = 14.0


@record
class Camera:
    """screen = world · zoom + shift."""

    zoom: float = 1.0
    shift: QPointF = field(default_factory=QPointF)

    @classmethod
    def fitting(cls, bounds: QRectF, view: QSizeF) -> Camera:
        """The camera that shows all of it, in the middle."""
        across = (view.width() - 2 * MARGIN) / max(bounds.width(), 1)
        down = (view.height() - 2 * MARGIN) / max(bounds.height(), 1)
        return cls.centred(bounds, view, min(max(min(across, down), LOWEST), ROOMIEST))

    @classmethod
    def centred(cls, bounds: QRectF, view: QSizeF, zoom: float) -> Camera:
        """The camera that has the middle of it in the middle of the view, on whole pixels."""
        middle = bounds.center() * zoom
        return cls(zoom, QPointF(round(view.width() / 2 - middle.x()), round(view.height() / 2 - middle.y())))

    @property
    def transform(self) -> QTransform:
        """From the layout to the screen."""
        return QTransform(self.zoom, 0, 0, self.zoom, self.shift.x(), self.shift.y())

    def to_world(self, point: QPointF) -> QPointF:
        """The point of the layout at a point of the screen."""
        return (point - self.shift) / self.zoom

    def to_screen(self, point: QPointF) -> QPointF:
        """The point of the screen where a point of the layout is."""
        return point * self.zoom + self.shift

    def rect_to_screen(self, rect: QRectF) -> QRectF:
        """The rectangle of the screen that shows one of the layout."""
        return self.transform.mapRect(rect)

    def zoomed(self, factor: float, around: QPointF) -> Camera:
        """Nearer or farther, with one point of the screen staying where it is."""
        zoom = min(max(self.zoom * factor, LOWEST), HIGHEST)
        return Camera(zoom, around - (around - self.shift) * (zoom / self.zoom))

    def moved(self, by: QPointF) -> Camera:
        """Shifted by so many pixels of the screen."""
        return Camera(self.zoom, self.shift + by)
