"""Paints a graph: thin edges, which are kept as a picture, and on them nodes, which change every frame."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from widgets.colouring import Floats
from widgets.plots.graph.content import UNLABELLED, GraphContent
from widgets.theme import Theme

LARGEST, SMALLEST = 7.0, 1.6
MOST_EDGES = 20_000
"""Edges that are drawn; of more, so many of them."""

MANY = 3000
"""Edges from which they are drawn without smoothing."""

ARROW = 5.0
TRAIN = 0


def radius(count: int, zoom: float) -> float:
    """The radius of one of so many nodes."""
    return min(max(42 / max(count, 1) ** 0.5, SMALLEST), LARGEST) * min(zoom, 4.0) ** 0.5


class GraphPainter:
    """Keeps the picture of the edges as long as it would be the same."""

    def __init__(self) -> None:
        self._edges = QPixmap()
        self._drawn: tuple[object, ...] = ()

    def paint(
        self,
        painter: QPainter,
        content: GraphContent,
        pixels: Floats,
        size: QSize,
        zoom: float,
        colours: Sequence[str],
        theme: Theme,
        lit: int | None,
    ) -> None:
        """Paint all of it; the node that is `lit` with its edges and neighbours."""
        size_of_node = radius(content.drawn.graph.count, zoom)
        painter.drawPixmap(0, 0, self._picture(content, pixels, size, size_of_node, theme, painter))
        points = [QPointF(x, y) for x, y in pixels.tolist()]
        _light(painter, content, points, size_of_node, theme, lit)
        _paint_rings(painter, content, points, size_of_node, theme)
        _paint_dots(painter, points, size_of_node, colours)
        _paint_crosses(painter, np.flatnonzero(content.wrong), points, size_of_node, theme)

    def _picture(
        self,
        content: GraphContent,
        pixels: Floats,
        size: QSize,
        size_of_node: float,
        theme: Theme,
        painter: QPainter,
    ) -> QPixmap:
        ratio = painter.device().devicePixelRatioF()
        wanted = (content.drawn.graph, pixels.tobytes(), size, theme, ratio)
        if wanted != self._drawn:
            self._edges = QPixmap(size * ratio)
            self._edges.setDevicePixelRatio(ratio)
            self._edges.fill(Qt.GlobalColor.transparent)
            with QPainter(self._edges) as kept:
                _paint_edges(kept, content, pixels, size_of_node, theme)
            self._drawn = wanted
        return self._edges


def _paint_edges(
    painter: QPainter, content: GraphContent, pixels: Floats, size_of_node: float, theme: Theme
) -> None:
    graph = content.drawn.graph
    edges = graph.edges
    if len(edges) > MOST_EDGES:
        edges = edges[np.linspace(0, len(edges) - 1, MOST_EDGES).astype(int)]
    few = len(edges) <= MANY
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, few)
    colour = QColor(theme.outline)
    colour.setAlphaF(0.55 if few else 0.25)
    painter.setPen(QPen(colour, 1))
    ends = np.concatenate([pixels[edges[:, 0]], pixels[edges[:, 1]]], axis=1)
    painter.drawLines([QLineF(*line) for line in ends.tolist()])
    if graph.directed and few:
        painter.drawLines(_arrows(ends, size_of_node))


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


def _light(
    painter: QPainter,
    content: GraphContent,
    points: Sequence[QPointF],
    size_of_node: float,
    theme: Theme,
    lit: int | None,
) -> None:
    """Draw the edges of a node, and rings about it and its neighbours, in the accent's colour."""
    if lit is None:
        return
    neighbours = content.drawn.graph.neighbours(lit)
    painter.setPen(QPen(QColor(theme.accent), 2))
    painter.drawLines([QLineF(points[lit], points[other]) for other in neighbours.tolist()])
    _dots(painter, [points[lit]], size_of_node + 5, theme.accent)
    _dots(painter, [points[other] for other in neighbours.tolist()], size_of_node + 3.5, theme.accent)


def _paint_rings(
    painter: QPainter,
    content: GraphContent,
    points: Sequence[QPointF],
    size_of_node: float,
    theme: Theme,
) -> None:
    """A ring of the colour of text about what is learnt from, a grey one about what has no label."""
    sides = content.drawn.sides
    _dots(painter, points, size_of_node + 0.8, theme.outline)
    for side, colour in ((TRAIN, theme.text), (UNLABELLED, theme.muted)):
        those = [points[node] for node in np.flatnonzero(sides == side).tolist()]
        _dots(painter, those, size_of_node + 3, colour)
        _dots(painter, those, size_of_node + 1.2, theme.canvas)


def _paint_dots(
    painter: QPainter, points: Sequence[QPointF], size_of_node: float, colours: Sequence[str]
) -> None:
    by_colour: dict[str, list[QPointF]] = defaultdict(list)
    for point, colour in zip(points, colours, strict=True):
        by_colour[colour].append(point)
    for colour, those in by_colour.items():
        _dots(painter, those, size_of_node, colour)


def _paint_crosses(
    painter: QPainter, nodes: NDArray[np.int64], points: Sequence[QPointF], size_of_node: float, theme: Theme
) -> None:
    """A cross on what is taken for another class."""
    arm = max(size_of_node * 0.6, 2.0)
    strokes = []
    for node in nodes.tolist():
        x, y = points[node].x(), points[node].y()
        strokes += [QLineF(x - arm, y - arm, x + arm, y + arm), QLineF(x - arm, y + arm, x + arm, y - arm)]
    for colour, width in ((theme.canvas, 3.6), (theme.text, 1.8)):
        painter.setPen(QPen(QColor(colour), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLines(strokes)


def _dots(painter: QPainter, points: Sequence[QPointF], size: float, colour: str) -> None:
    if points:
        pen = QPen(QColor(colour), 2 * size, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawPoints(list(points))
