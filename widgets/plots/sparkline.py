"""A sparkline: a curve as small as a word, without axes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen


def paint_sparkline(
    painter: QPainter,
    area: QRectF,
    x: NDArray[np.floating],
    y: NDArray[np.floating],
    colour: str,
    ends: tuple[float, float] | None = None,
) -> None:
    """Draw a curve into an area, from its first x to its last and from one y to another.

    By default these are its least and its greatest.
    """
    there = np.isfinite(y)
    x, y = x[there], y[there]
    if len(x) < 2:
        return
    kept = np.unique(np.linspace(0, len(x) - 1, max(2, round(area.width()))).round().astype(int))
    left, height = _shares(x[kept], None), _shares(y[kept], ends)
    places = zip(area.left() + left * area.width(), area.bottom() - height * area.height(), strict=True)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colour), 1.4))
    painter.drawPolyline([QPointF(*place) for place in places])


def _shares(values: NDArray[np.floating], ends: tuple[float, float] | None) -> NDArray[np.floating]:
    """Where values lie between two ends, or the least and the greatest, from 0 to 1."""
    low, high = ends or (float(values.min()), float(values.max()))
    return (values - low) / (high - low) if high > low else np.zeros(len(values))
