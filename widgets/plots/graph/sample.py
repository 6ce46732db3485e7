"""Paints a sample that is a graph: a node with the name of its kind in it, and a line for each edge."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from playground.data.graphs.sample_graph import SampleGraph
from widgets.theme import class_colours, current

LARGEST, ROOM = 11.0, 1.3
LETTERS = 2
"""Letters of a name that fit into a node."""


def paint_sample_graph(painter: QPainter, area: QRectF, shown: SampleGraph, font: QFont) -> None:
    """Draw it in the middle of an area, the names in a font."""
    theme, side = current(), min(area.width(), area.height())
    scale, middle = side / 2 / ROOM, area.center()
    points = [QPointF(middle.x() + scale * x, middle.y() - scale * y) for x, y in shown.positions.tolist()]
    radius = min(LARGEST, 0.5 * side / max(len(points), 1) ** 0.5 / 2)
    painter.setPen(QPen(QColor(theme.outline), 2))
    painter.drawLines([QLineF(points[first], points[second]) for first, second in shown.graph.edges.tolist()])
    colours = (theme.muted, *class_colours(max(len(shown.names), 2))[1:])
    painter.setFont(font)
    for point, kind in zip(points, shown.kinds.tolist(), strict=True):
        painter.setPen(QPen(QColor(theme.canvas), 1))
        painter.setBrush(QColor(colours[kind]))
        painter.drawEllipse(point, radius, radius)
        if shown.names:
            painter.setPen(QColor(theme.canvas))
            box = QRectF(QPointF(), QSizeF(4 * radius, 4 * radius))
            box.moveCenter(point)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, shown.names[kind][:LETTERS])
