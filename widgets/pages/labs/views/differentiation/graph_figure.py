"""The graph of an expression: nodes with their values and slopes, which can be dragged."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent

from playground.labs.differentiation.graph import ExpressionGraph
from playground.labs.differentiation.sweeps import SweepStep
from playground.numbers.writing import figures
from widgets.figures.columns import Columns
from widgets.figures.ground import lay
from widgets.gesture import new_gesture
from widgets.pages.labs.views.differentiation.nodes_painter import NodesPainter
from widgets.plots.decision_map import ARROWS
from widgets.plots.figure import Figure
from widgets.theme import current

STRIDE = 0.02
"""How far Shift and an arrow key lead a node, as a share of what is seen."""
MARGIN = 4
LEGEND_GAP = 14


class GraphFigure(Figure):
    """Drag a node; arrow keys choose one, with Shift they lead it.

    Signals:
        moved: the place of a node in the graph, where it is to be as shares of what is seen, and the gesture.
    """

    moved = Signal(int, float, float, int)

    def __init__(self) -> None:
        super().__init__(self.tr("Graph of the expression"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleDescription(self.tr("Arrow keys choose a node, with Shift they move it."))
        self.graph = ExpressionGraph(())
        self.spots: Sequence[tuple[float, float]] = ()
        self.chosen: int | None = None
        """The node that keys act on."""
        self._step, self._legend = SweepStep((), ()), ("", "")
        self._slopes: Sequence[tuple[float, ...]] = ()
        self._held: tuple[int, int, QPointF] | None = None  # node, gesture, where it was taken hold of

    def minimumSizeHint(self) -> QSize:
        """Room for a small graph."""
        return QSize(240, 150)

    # --- what is shown ----------------------------------------------------------------------------------

    def show_graph(
        self,
        graph: ExpressionGraph,
        spots: Sequence[tuple[float, float]],
        slopes: Sequence[tuple[float, ...]],
    ) -> None:
        """Show a graph, its nodes at these shares of what is seen, with the slopes of their operations."""
        self.graph, self.spots, self._slopes = graph, spots, slopes
        if self.chosen is not None and self.chosen >= len(graph.nodes):
            self.chosen = None
        self.update()

    def show_step(self, step: SweepStep, legend: tuple[str, str]) -> None:
        """Show what is known after a step; the words say what the two numbers of a node are."""
        self._step, self._legend = step, legend
        self.update()

    def columns(self) -> Columns:
        """A row a node: what it stands for, its value, and its slope; NaN where that is not known."""
        return {
            "node": np.array([node.key for node in self.graph.nodes]),
            "value": _numbers(self._step.values),
            "slope": _numbers(self._step.slopes),
        }

    def place_of(self, node: int) -> QPointF:
        """The middle of a node in pixels."""
        return self._painter().middle(node)

    def _painter(self) -> NodesPainter:
        area = QRectF(self.rect())
        return NodesPainter(self.graph, self.spots, self._slopes, self._step, area, self.font())

    # --- painting ---------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the menu in its corner."""
        super().resizeEvent(event)
        self.put_menu_in_corner(MARGIN)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the graph, and which node the keys act on."""
        with QPainter(self) as painter:
            self._paint(painter)
            if self.focused_by_key and self.chosen is not None:
                self.paint_focus(painter, self._painter().card(self.chosen).adjusted(-4, -4, 4, 4), 2, 10)
            else:
                self.paint_focus(painter)

    def paint_figure(self, painter: QPainter) -> None:
        """Draw the graph on the panel's colour."""
        lay(painter, self.rect(), current().panel)
        self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.graph.nodes:
            self._painter().paint(painter)
            self._paint_legend(painter)

    def _paint_legend(self, painter: QPainter) -> None:
        font = self.small_font()
        painter.setFont(font)
        left, base = 2.0, self.height() - 4.0
        for words, colour in zip(self._legend, (current().training, current().test), strict=True):
            painter.setPen(QColor(colour))
            painter.drawText(QPointF(left, base), words)
            left += QFontMetricsF(font).horizontalAdvance(words) + LEGEND_GAP

    # --- leading nodes ----------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of a node."""
        node = self._node_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and node is not None:
            self.chosen = node
            self._held = node, new_gesture(), event.position() - self.place_of(node)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Lead a node along, or tell what the one under the pointer stands for."""
        if self._held is not None:
            node, gesture, hold = self._held
            self._lead(node, *self._painter().share(event.position() - hold), gesture)
            return
        node = self._node_at(event.position())
        self.setCursor(Qt.CursorShape.ArrowCursor if node is None else Qt.CursorShape.OpenHandCursor)
        self.setToolTip("" if node is None else self._told(node))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._held = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose a node by the arrows, or lead the chosen one."""
        way = ARROWS.get(Qt.Key(event.key()))
        if way is None or not self.graph.nodes:
            super().keyPressEvent(event)
        elif self.chosen is None:
            self.chosen = len(self.graph.nodes) - 1
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            across, down = self.spots[self.chosen]
            self._lead(self.chosen, across + STRIDE * way[0], down - STRIDE * way[1], new_gesture())
        else:
            self.chosen = (self.chosen + (1 if way in ((1, 0), (0, -1)) else -1)) % len(self.graph.nodes)
        if self.chosen is not None:
            self.setAccessibleDescription(self._told(self.chosen))
        self.update()

    def _lead(self, node: int, across: float, down: float, gesture: int) -> None:
        self.moved.emit(node, min(max(across, 0.0), 1.0), min(max(down, 0.0), 1.0), gesture)

    def _node_at(self, point: QPointF) -> int | None:
        painter = self._painter()
        nodes = reversed(range(len(self.graph.nodes)))
        return next((node for node in nodes if painter.card(node).contains(point)), None)

    def _told(self, node: int) -> str:
        """What a node stands for, and what is known of it."""
        value, slope = self._step.values[node], self._step.slopes[node]
        told = self.graph.nodes[node].key
        if value is not None:
            told += f" = {figures(value, 6)}"
        if slope is not None:
            told += "\n" + self.tr("slope {slope}").format(slope=figures(slope, 6))
        return told


def _numbers(values: Sequence[float | None]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.array([np.nan if value is None else value for value in values])
