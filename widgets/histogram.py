"""A small histogram: a bar for each category, or for each part of a column's range."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter


def paint_histogram(
    painter: QPainter, area: QRectF, counts: Sequence[int], colours: Sequence[str], widest: float
) -> None:
    """Draw a bar of its colour for each count, from the left, each as wide as there is room or `widest`."""
    if not counts or not max(counts):
        return
    step = min(widest, area.width() / len(counts))
    painter.setPen(Qt.PenStyle.NoPen)
    for place, (count, colour) in enumerate(zip(counts, colours, strict=True)):
        height = area.height() * count / max(counts)
        painter.setBrush(QColor(colour))
        left, top = area.left() + place * step, area.bottom() - height
        painter.drawRect(QRectF(left, top, max(1.0, step - 1), height))
