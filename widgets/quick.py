"""Drawing hundreds of lines or stamps at once, from an array in place of as many objects of Python."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QImage, QPaintEngine, QPainter, QPixmap, QPolygonF
from shiboken6 import VoidPtr, wrapInstance

Floats = NDArray[np.floating]


def draw_lines(painter: QPainter, ends: Floats) -> None:
    """Draw lines (n, 4), each from x, y to x, y, read from where NumPy has them: a QLineF is these four."""
    ends = np.ascontiguousarray(ends, np.float64)
    if len(ends):
        painter.drawLines(wrapInstance(ends.ctypes.data, QLineF), len(ends))


def polygon_of(places: Floats) -> QPolygonF:
    """The polygon through places (n, 2)."""
    found = QPolygonF()
    found.resize(len(places))
    if len(places):
        held = VoidPtr(found.data(), 16 * len(places), True)
        np.frombuffer(held, np.float64).reshape(-1, 2)[:] = places
    return found


def draw_part(painter: QPainter, place: QRectF, image: QImage, source: QRectF) -> None:
    """Draw a part of an image into a place; SVG, which knows whole images only, is given that part alone."""
    if painter.paintEngine().type() is not QPaintEngine.Type.SVG:
        painter.drawImage(place, image, source)
        return
    part = source.toAlignedRect() & image.rect()
    across, up = place.width() / source.width(), place.height() / source.height()
    whole = QRectF(
        place.left() + (part.left() - source.left()) * across,
        place.top() + (part.top() - source.top()) * up,
        part.width() * across,
        part.height() * up,
    )
    painter.save()
    painter.setClipRect(place, Qt.ClipOperation.IntersectClip)
    painter.drawImage(whole, image.copy(part))
    painter.restore()


def draw_stamps(
    painter: QPainter, middles: Floats, stamps: QPixmap, which: NDArray[np.intp] | int = 0
) -> None:
    """Draw small square pictures around places (n, 2), in their order.

    The pictures lie beside one another in `stamps`; `which` (n,) are their numbers.
    """
    if not len(middles):
        return
    rows, ratio, side = np.empty((len(middles), 10)), stamps.devicePixelRatio(), stamps.height()
    rows[:, :2] = middles
    rows[:, 2] = np.multiply(which, side)
    rows[:, 3:] = (0, side, side, 1 / ratio, 1 / ratio, 0, 1)
    first = wrapInstance(rows.ctypes.data, QPainter.PixmapFragment)  # ten numbers, as a row is
    painter.drawPixmapFragments(first, len(rows), stamps)


def joined(places: Floats) -> Floats:
    """The lines (n, 4) that join places (…, points, 2) in turn, but for those that are not finite."""
    ends = np.concatenate([places[..., :-1, :], places[..., 1:, :]], axis=-1).reshape(-1, 4)
    return ends[np.isfinite(ends).all(axis=1)]


def alone(places: Floats) -> Floats:
    """Those of places (n, 2) that no line leads to, as the ones beside them are not finite."""
    there = np.isfinite(places).all(axis=1)
    beside = np.zeros(len(there), bool)
    beside[1:] |= there[:-1]
    beside[:-1] |= there[1:]
    return places[there & ~beside]
