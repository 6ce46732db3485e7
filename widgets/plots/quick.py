"""Drawing hundreds of lines or stamps at once, from an array in place of as many objects of Python."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from pyqtgraph.Qt.internals import PrimitiveArray
from PySide6.QtCore import QLineF
from PySide6.QtGui import QPainter, QPixmap

Floats = NDArray[np.floating]


class QuickLines:
    """Straight lines by the painter's pen; the memory they lie in is used again."""

    def __init__(self) -> None:
        self._lines = PrimitiveArray(QLineF, 4)

    def draw(self, painter: QPainter, ends: Floats) -> None:
        """Draw lines (n, 4), each from x, y to x, y."""
        if len(ends):
            self._lines.resize(len(ends))
            self._lines.ndarray()[:] = ends
            painter.drawLines(*self._lines.drawargs())


class QuickStamps:
    """Small square pictures at many places; they lie beside one another in one picture."""

    def __init__(self) -> None:
        self._fragments = PrimitiveArray(QPainter.PixmapFragment, 10)

    def draw(
        self, painter: QPainter, middles: Floats, stamps: QPixmap, which: NDArray[np.intp] | int = 0
    ) -> None:
        """Draw around places (n, 2), in their order, the stamps of these numbers (n,)."""
        if not len(middles):
            return
        self._fragments.resize(len(middles))
        rows, ratio, side = self._fragments.ndarray(), stamps.devicePixelRatio(), stamps.height()
        rows[:, :2] = middles
        rows[:, 2] = np.multiply(which, side)
        rows[:, 3:] = (0, side, side, 1 / ratio, 1 / ratio, 0, 1)
        painter.drawPixmapFragments(*self._fragments.drawargs(), stamps)


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
