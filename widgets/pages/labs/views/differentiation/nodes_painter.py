"""Paints the graph of an expression: cards for its nodes, and the ways between them with their slopes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from playground.labs.differentiation.graph import ExpressionGraph
from playground.labs.differentiation.sweeps import SweepStep
from playground.numbers.writing import figures
from widgets.pages.labs.views.differentiation.layout import columns_of
from widgets.plots.figure import SMALL_PIXELS
from widgets.theme import current

CARD = 104.0, 46.0
"""Width and height of a card at most."""
NARROW, SMALL = 90.0, 58.0
"""A narrower card has its sign in the corner; a still narrower one has room for that alone."""
SHARE = 0.74
"""How much of a column a card takes."""
EDGE, LEGEND = 12.0, 14.0
"""What is left free around the cards, and below them besides."""
ARROW = 5.0
ROUND = 8


class NodesPainter:
    """One picture of a graph after a step."""

    def __init__(
        self,
        graph: ExpressionGraph,
        spots: Sequence[tuple[float, float]],
        slopes: Sequence[tuple[float, ...]],
        step: SweepStep,
        area: QRectF,
        font: QFont,
    ) -> None:
        self._graph, self._spots, self._slopes, self._step = graph, spots, slopes, step
        columns = columns_of(graph)
        rows = max(map(columns.count, columns), default=1)
        inner = area.adjusted(EDGE, EDGE, -EDGE, -EDGE - LEGEND)
        self._width = max(14.0, min(CARD[0], inner.width() / (max(columns, default=0) + 1) * SHARE))
        self._height = max(14.0, min(CARD[1], inner.height() / rows * SHARE))
        self._within = inner.adjusted(self._width / 2, 0, -self._width / 2, 0)
        self._roomy = self._width >= SMALL and self._height >= CARD[1] * SHARE
        self._font, self._small = QFont(font), QFont(font)
        self._font.setPixelSize(int(min(15.0, self._height * 0.6)))
        self._small.setPixelSize(SMALL_PIXELS)

    # --- where things are -------------------------------------------------------------------------------

    def middle(self, node: int) -> QPointF:
        """The middle of a node."""
        across, down = self._spots[node]
        half = self._height / 2
        y = self._within.top() + down * self._within.height()
        y = min(max(y, self._within.top() + half), max(self._within.bottom() - half, 0.0))
        return QPointF(self._within.left() + across * self._within.width(), y)

    def share(self, point: QPointF) -> tuple[float, float]:
        """A place in pixels as shares of what is seen."""
        width, height = max(self._within.width(), 1.0), max(self._within.height(), 1.0)
        return (point.x() - self._within.left()) / width, (point.y() - self._within.top()) / height

    def card(self, node: int) -> QRectF:
        """The card of a node; that of a variable or a number is narrower."""
        middle, whole = self.middle(node), self._graph.nodes[node]
        narrow = whole.operation is None and not whole.variable
        width = self._width * (0.55 if narrow else 1.0)
        height = self._height * (0.62 if narrow else 1.0)
        return QRectF(middle.x() - width / 2, middle.y() - height / 2, width, height)

    # --- painting ---------------------------------------------------------------------------------------

    def paint(self, painter: QPainter) -> None:
        """Draw the ways, then the cards on top."""
        for place, node in enumerate(self._graph.nodes):
            for at, argument in enumerate(node.arguments):
                self._paint_edge(painter, argument, place, at)
        for place in range(len(self._graph.nodes)):
            self._paint_card(painter, place)

    def _paint_edge(self, painter: QPainter, start: int, end: int, at: int) -> None:
        theme, step = current(), self._step
        active = self._graph.active[start]
        at_work = step.node == end and active
        colour = QColor(theme.test if step.backward else theme.training) if at_work else QColor(theme.outline)
        if not at_work:
            colour.setAlpha(150 if active else 80)
        source, target = self.card(start), self.card(end)
        count = len(self._graph.nodes[end].arguments)
        port = QPointF(target.left(), target.top() + target.height() * (at + 1) / (count + 1))
        left = QPointF(source.right(), source.center().y())
        reach = max(24.0, abs(port.x() - left.x()) / 2)
        path = QPainterPath(left)
        path.cubicTo(left + QPointF(reach, 0), port - QPointF(reach, 0), port)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, 2.2 if at_work else 1.4))
        painter.drawPath(path)
        self._paint_arrow(
            painter, left if at_work and step.backward else port, colour, step.backward and at_work
        )
        if active and self._roomy and step.values and step.values[end] is not None:
            self._paint_slope(
                painter, path.pointAtPercent(0.5), self._slopes[end][at], port.x() - left.x(), at_work
            )

    @staticmethod
    def _paint_arrow(painter: QPainter, tip: QPointF, colour: QColor, backward: bool) -> None:
        way = ARROW if backward else -ARROW
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPolygon([tip, tip + QPointF(way, ARROW * 0.7), tip + QPointF(way, -ARROW * 0.7)])

    def _paint_slope(
        self, painter: QPainter, middle: QPointF, slope: float, room: float, at_work: bool
    ) -> None:
        """The slope of an operation by this argument, on its way, if there is so much room for it."""
        theme, text = current(), figures(slope, 3)
        metrics = QFontMetricsF(self._small)
        box = QRectF(0, 0, metrics.horizontalAdvance(text) + 8, metrics.height() + 1)
        if box.width() > room and not at_work:
            return
        box.moveCenter(middle)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.panel))
        painter.drawRoundedRect(box, 4, 4)
        painter.setFont(self._small)
        painter.setPen(QColor(theme.text if at_work else theme.muted))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_card(self, painter: QPainter, place: int) -> None:
        theme, box, node = current(), self.card(place), self._graph.nodes[place]
        at_work = place == self._step.node
        value, slope = self._known(place)
        edge = QColor(theme.accent if at_work else theme.border if value is None else theme.outline)
        painter.setPen(QPen(edge, 2.2 if at_work else 1.2))
        painter.setBrush(QColor(theme.control if node.operation is not None else theme.canvas))
        painter.drawRoundedRect(box, ROUND, ROUND)
        painter.setFont(self._font)
        painter.setPen(QColor(theme.muted if value is None else theme.text))
        bare = not self._roomy or (node.operation is None and not node.variable)
        sign, narrow = QRectF(box), self._width < NARROW
        if not bare:
            sign.setWidth(box.width() * 0.42)
        if not bare and narrow:
            painter.setFont(self._small)
            sign = QRectF(box.left() + 1, box.top() + 4, box.width() * 0.4, box.height() / 2 - 4)
        painter.drawText(sign, Qt.AlignmentFlag.AlignCenter, node.sign)
        if not bare:
            self._paint_numbers(painter, box.adjusted(0, 4, -6, -4), value, slope)

    def _paint_numbers(
        self, painter: QPainter, area: QRectF, value: float | None, slope: float | None
    ) -> None:
        """The value above, the slope below."""
        theme, half, count = current(), area.height() / 2, 3 if self._width < NARROW else 4
        painter.setFont(self._small)
        rows = ((value, theme.training, area.top()), (slope, theme.test, area.top() + half))
        for number, colour, top in rows:
            if number is not None:
                painter.setPen(QColor(colour))
                row = QRectF(area.left(), top, area.width(), half)
                painter.drawText(
                    row, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, figures(number, count)
                )

    def _known(self, place: int) -> tuple[float | None, float | None]:
        step = self._step
        return (step.values[place], step.slopes[place]) if step.values else (None, None)
