"""Paints a graph: thin edges, which are kept as a picture, and on them nodes, which change every frame."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QLineF, QObject, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from widgets.colouring import Floats, Pixels
from widgets.kept_picture import KeptPicture
from widgets.plots.graph.content import UNLABELLED, GraphContent
from widgets.plots.graph.edges import EdgesPicture
from widgets.plots.graph.many import TRAIN, is_large, nodes_picture
from widgets.plots.graph.messages import paint_messages, paint_numbers
from widgets.theme import Theme

LARGEST, SMALLEST = 7.0, 1.6
ARROW = 5.0
FAINT = 0.55


def radius(count: int, zoom: float) -> float:
    """The radius of one of so many nodes."""
    return min(max(42 / max(count, 1) ** 0.5, SMALLEST), LARGEST) * min(zoom, 4.0) ** 0.5


@dataclass(frozen=True, eq=False)
class GraphDrawing:
    """What is to be painted.

    Attributes:
        pixels: (nodes, 2) where the nodes are seen, on a picture of that size.
        colours: (nodes,) of the nodes.
        lit: the node that stands out with its edges and neighbours.
        phase: how far messages have moved along their edges, 0 to 1.
        now: whether all of it must be there, however long that takes.
    """

    content: GraphContent
    pixels: Floats
    size: QSize
    radius: float
    colours: Pixels
    theme: Theme
    lit: int | None
    now: bool = False
    phase: float = 0.5

    @property
    def points(self) -> list[QPointF]:
        """Where the nodes are seen."""
        return [QPointF(x, y) for x, y in self.pixels.tolist()]


class GraphPainter(QObject):
    """Keeps the picture of the edges as long as it would be the same."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.large = EdgesPicture(self)
        self._edges = KeptPicture()

    def paint(self, painter: QPainter, drawing: GraphDrawing) -> None:
        """Paint all of it."""
        if is_large(drawing.content.drawn.graph):
            self._paint_large(painter, drawing)
            return
        points = drawing.points
        shown = (drawing.content.drawn.graph, drawing.pixels.tobytes(), drawing.theme)
        self._edges.paint(painter, drawing.size, shown, lambda inner: _paint_edges(inner, drawing))
        _light(painter, drawing, points)
        _paint_rings(painter, drawing, points)
        for colour in np.unique(drawing.colours).tolist():
            those = [points[node] for node in np.flatnonzero(drawing.colours == colour).tolist()]
            _dots(painter, those, drawing.radius, QColor(colour))
        _paint_crosses(painter, drawing, points)
        if drawing.lit is not None and (messages := drawing.content.messages) is not None:
            paint_numbers(painter, messages, drawing.lit, points, drawing.radius, drawing.theme)

    def _paint_large(self, painter: QPainter, drawing: GraphDrawing) -> None:
        ratio, theme, content = painter.device().devicePixelRatioF(), drawing.theme, drawing.content
        width, height = round(drawing.size.width() * ratio), round(drawing.size.height() * ratio)
        pixels, side = drawing.pixels * ratio, max(round(2 * drawing.radius * ratio), 1)
        edges = self.large.of(content.drawn.graph, pixels, width, height, theme.outline, drawing.now)
        nodes = nodes_picture(content, pixels, width, height, side, drawing.colours, theme)
        for picture in (edges, nodes):
            picture.setDevicePixelRatio(ratio)
        painter.drawImage(0, 0, edges)
        painter.drawImage(0, 0, nodes)
        if (lit := drawing.lit) is not None:
            ends = content.drawn.graph.neighbours(lit)
            points = [QPointF(*place) for place in drawing.pixels[ends].tolist()]
            painter.setPen(QPen(QColor(theme.accent), 1.5))
            middle = QPointF(*drawing.pixels[lit].tolist())
            painter.drawLines([QLineF(middle, point) for point in points])
            _dots(painter, [middle], drawing.radius + 3, QColor(theme.accent))


def _paint_edges(painter: QPainter, drawing: GraphDrawing) -> None:
    graph, pixels = drawing.content.drawn.graph, drawing.pixels
    colour = QColor(drawing.theme.outline)
    colour.setAlphaF(FAINT)
    painter.setPen(QPen(colour, 1))
    ends = np.concatenate([pixels[graph.edges[:, 0]], pixels[graph.edges[:, 1]]], axis=1)
    painter.drawLines([QLineF(*line) for line in ends.tolist()])
    if graph.directed:
        painter.drawLines(_arrows(ends, drawing.radius))


def _arrows(ends: Floats, size_of_node: float) -> list[QLineF]:
    """Two short strokes before the end of each edge."""
    start, end = ends[:, :2], ends[:, 2:]
    along = start - end
    length = np.hypot(*along.T)[:, np.newaxis]
    along = along / np.where(length > 0, length, 1)
    tip = end + along * (size_of_node + 2)
    across = np.column_stack([-along[:, 1], along[:, 0]])
    strokes = [np.concatenate([tip, tip + ARROW * (along + side * across)], axis=1) for side in (0.5, -0.5)]
    return [QLineF(*line) for line in np.concatenate(strokes).tolist()]


def _light(painter: QPainter, drawing: GraphDrawing, points: Sequence[QPointF]) -> None:
    """Draw the edges of a node, and rings about it and its neighbours, in the accent's colour."""
    lit, accent = drawing.lit, QColor(drawing.theme.accent)
    if lit is None:
        return
    if (messages := drawing.content.messages) is not None:
        _dots(painter, [points[lit]], drawing.radius + 3, accent)
        paint_messages(painter, messages, lit, points, drawing.radius, drawing.theme, drawing.phase)
        return
    neighbours = [points[other] for other in drawing.content.drawn.graph.neighbours(lit).tolist()]
    painter.setPen(QPen(accent, 2))
    painter.drawLines([QLineF(points[lit], other) for other in neighbours])
    _dots(painter, [points[lit]], drawing.radius + 5, accent)
    _dots(painter, neighbours, drawing.radius + 3.5, accent)


def _paint_rings(painter: QPainter, drawing: GraphDrawing, points: Sequence[QPointF]) -> None:
    """A ring of the colour of text about what is learnt from, a grey one about what has no label."""
    theme, sides = drawing.theme, drawing.content.drawn.sides
    _dots(painter, points, drawing.radius + 0.8, QColor(theme.outline))
    for side, colour in ((TRAIN, theme.text), (UNLABELLED, theme.muted)):
        those = [points[node] for node in np.flatnonzero(sides == side).tolist()]
        _dots(painter, those, drawing.radius + 3, QColor(colour))
        _dots(painter, those, drawing.radius + 1.2, QColor(theme.canvas))


def _paint_crosses(painter: QPainter, drawing: GraphDrawing, points: Sequence[QPointF]) -> None:
    """A cross on what is taken for another class."""
    arm, theme = max(drawing.radius * 0.6, 2.0), drawing.theme
    strokes = []
    for node in np.flatnonzero(drawing.content.wrong).tolist():
        x, y = points[node].x(), points[node].y()
        strokes += [QLineF(x - arm, y - arm, x + arm, y + arm), QLineF(x - arm, y + arm, x + arm, y - arm)]
    for colour, width in ((theme.canvas, 3.6), (theme.text, 1.8)):
        painter.setPen(QPen(QColor(colour), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLines(strokes)


def _dots(painter: QPainter, points: Sequence[QPointF], size: float, colour: QColor) -> None:
    if points:
        painter.setPen(QPen(colour, 2 * size, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawPoints(list(points))
