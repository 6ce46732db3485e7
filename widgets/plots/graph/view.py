"""The view of a graph: nodes are pointed at, chosen and dragged; the wheel goes nearer."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QCoreApplication, QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.colouring import Floats
from widgets.figures.columns import Columns
from widgets.figures.ground import filling, lay
from widgets.plots.figure import Figure
from widgets.plots.graph.content import ColourBy, GraphContent
from widgets.plots.graph.messages import MessageClock
from widgets.plots.graph.painter import GraphDrawing, GraphPainter, radius
from widgets.plots.graph.steps import towards
from widgets.plots.graph.viewpoint import Viewpoint
from widgets.theme import current
from widgets.tips import tip

ROUNDING = 6
GRIP = 6.0
"""Pixels beyond a node at which it is still pointed at."""

DRAG = 4.0
"""Pixels from which a press becomes a drag."""

ARROWS = {
    Qt.Key.Key_Left: (-1.0, 0.0),
    Qt.Key.Key_Right: (1.0, 0.0),
    Qt.Key.Key_Down: (0.0, -1.0),
    Qt.Key.Key_Up: (0.0, 1.0),
}
NEARER, FARTHER = (Qt.Key.Key_Plus, Qt.Key.Key_Equal), (Qt.Key.Key_Minus,)
FITS = (Qt.Key.Key_0, Qt.Key.Key_Home)
STEP = 1.25


def graph_keys() -> dict[str, str]:
    """The keys of a graph, and what they do."""
    return {
        _tr("Arrow keys, on the graph"): _tr("Go to the neighbour that lies there"),
        _tr("+ and −, on the graph"): _tr("Go nearer or farther; 0 shows all of it"),
        _tr("Esc, on the graph"): _tr("Show the values of all nodes again"),
    }


class GraphView(Figure):
    """Nodes and edges.

    Signals:
        pointed: the node under the pointer, or None.
        chosen: the node whose values are to be shown, −1 for none.
        moved: a node and the place where it was put.
    """

    pointed = Signal(object)
    chosen = Signal(int)
    moved = Signal(int, float, float)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self.content: GraphContent | None = None
        self.colour_by = ColourBy.PREDICTION
        self.viewpoint = Viewpoint()
        self.under: int | None = None
        """The node under the pointer."""
        self._places: Floats = np.empty((0, 2))
        self._put: dict[int, tuple[float, float]] = {}
        self._pressed: QPointF | None = None
        self._held: int | None = None
        self._drags = False
        self._painter = GraphPainter(self)
        self._clock = MessageClock(self)
        self._clock.moved.connect(self.update)
        self._painter.large.ready.connect(self.update)
        words = _tr("Click a node to see its values, drag it elsewhere, turn the wheel to go nearer.")
        self.menu_button.setToolTip(tip(self.menu_button.toolTip(), words))
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(200, 140)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    # --- what is shown ------------------------------------------------------------------------------

    def show_content(self, content: GraphContent) -> None:
        """Show the graph as it is now; another graph is seen whole."""
        other = self.content is None or self.content.drawn.graph.key != content.drawn.graph.key
        if other:
            self._put, self._held, self.under, self.viewpoint = {}, None, None, Viewpoint()
        self.content = content
        self._place()
        self._describe()
        self.update()

    def set_colour_by(self, by: ColourBy) -> None:
        """Colour the nodes by something else."""
        self.colour_by = by
        self.update()

    def fit(self) -> None:
        """See all of it."""
        self.viewpoint = Viewpoint()
        self.update()

    def put_back(self) -> None:
        """Let every node be where the forces put it."""
        self._put = {}
        self.fit()

    @property
    def lit(self) -> int | None:
        """The node that stands out with its neighbours: that under the pointer, or else the chosen one."""
        if self.under is not None or self.content is None:
            return self.under
        return self.content.drawn.chosen

    def pixel_of(self, node: int) -> QPointF:
        """Where a node is seen."""
        x, y = self.viewpoint.pixels(self._places[node : node + 1], self.size())[0].tolist()
        return QPointF(x, y)

    def node_at(self, point: QPointF) -> int | None:
        """The node at a point, if there is one."""
        if self.content is None or not len(self._places):
            return None
        pixels = self.viewpoint.pixels(self._places, self.size())
        distances = np.hypot(pixels[:, 0] - point.x(), pixels[:, 1] - point.y())
        nearest = int(distances.argmin())
        reach = radius(len(pixels), self.viewpoint.zoom) + GRIP
        return nearest if distances[nearest] <= reach else None

    def columns(self) -> Columns:
        """The nodes as numbers: label, and what the network gives to each class, or its value."""
        if self.content is None:
            return {}
        content, graph = self.content, self.content.drawn.graph
        found = {"node": np.array([graph.name(node) for node in range(graph.count)])}
        found |= {"x": self._places[:, 0], "y": self._places[:, 1], "label": content.drawn.labels}
        if content.shares is not None:
            found |= dict(zip(content.classes, content.shares.T, strict=True))
        if content.values is not None:
            found["value"] = content.values
        return found

    def _place(self) -> None:
        assert self.content is not None
        self._places = self.content.drawn.positions.copy()
        for node, place in self._put.items():
            self._places[node] = place

    def _describe(self) -> None:
        assert self.content is not None
        words = self.content.words
        if self.lit is not None:
            words += ". " + self.content.about(self.lit)
        if words != self.accessibleDescription():
            self.setAccessibleDescription(words)

    # --- the pointer --------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light what is pointed at; drag a node, or all of it."""
        point = event.position()
        if self._pressed is None:
            self._point_at(self.node_at(point))
            return
        if not self._drags and (point - self._pressed).manhattanLength() < DRAG:
            return
        if self._held is not None:
            self._put[self._held] = self.viewpoint.place(point, self.size())
            self._place()
        else:
            start = self._pressed if not self._drags else self._last
            self.viewpoint = self.viewpoint.moved(point - start, self.size())
        self._drags, self._last = True, point
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of a node, or of all of it."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed = self._last = event.position()
            self._held, self._drags = self.node_at(event.position()), False

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose the node that was clicked, or none; leave one that was dragged where it is."""
        if event.button() is not Qt.MouseButton.LeftButton or self._pressed is None:
            return
        held, drags = self._held, self._drags
        self._pressed, self._held, self._drags = None, None, False
        if not drags:
            self._choose(held)
        elif held is not None:
            self.moved.emit(held, *self._put[held])

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Beside all nodes: see all of it."""
        if self.node_at(event.position()) is None:
            self.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Go nearer or farther."""
        turns = event.angleDelta().y() / 120
        self.viewpoint = self.viewpoint.zoomed(STEP**turns, event.position(), self.size())
        self._point_at(self.node_at(event.position()))
        self.update()
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is pointed at any more."""
        super().leaveEvent(event)
        self._point_at(None)

    def _point_at(self, node: int | None) -> None:
        self.setCursor(Qt.CursorShape.ArrowCursor if node is None else Qt.CursorShape.PointingHandCursor)
        if node != self.under:
            self.under = node
            self.pointed.emit(node)
            self.update()

    def _choose(self, node: int | None) -> None:
        chosen = self.content.drawn.chosen if self.content else None
        self.chosen.emit(-1 if node is None or node == chosen else node)

    # --- the keyboard -------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go to the neighbour that lies there, Esc leaves, + and − go nearer and farther, 0 fits."""
        key, content = Qt.Key(event.key()), self.content
        if content is None:
            super().keyPressEvent(event)
        elif key in ARROWS:
            self.chosen.emit(towards(content.drawn.graph, self._places, content.drawn.chosen, ARROWS[key]))
        elif key == Qt.Key.Key_Escape and content.drawn.chosen is not None:
            self.chosen.emit(-1)
        elif key in (*NEARER, *FARTHER):
            middle = QPointF(self.width() / 2, self.height() / 2)
            self.viewpoint = self.viewpoint.zoomed(STEP if key in NEARER else 1 / STEP, middle, self.size())
            self.update()
        elif key in FITS:
            self.fit()
        else:
            super().keyPressEvent(event)

    # --- painting -----------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it, and a ring when the keyboard led here."""
        with QPainter(self) as painter:
            self._paint(painter)
            self.paint_focus(painter, thick=2, rounding=ROUNDING)

    def paint_figure(self, painter: QPainter) -> None:
        """Draw it."""
        lay(painter, self.rect(), current().panel)
        self._paint(painter, now=True)

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(300, 300)

    def _paint(self, painter: QPainter, now: bool = False) -> None:
        theme, area = current(), QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.border), 1))
        painter.setBrush(filling(theme.canvas))
        painter.drawRoundedRect(area, ROUNDING, ROUNDING)
        if (content := self.content) is None:
            return
        inside = QPainterPath()
        inside.addRoundedRect(area.adjusted(1, 1, -1, -1), ROUNDING, ROUNDING)
        painter.setClipPath(inside)
        pixels = self.viewpoint.pixels(self._places, self.size())
        colours, size = content.colours(self.colour_by, theme), radius(len(pixels), self.viewpoint.zoom)
        painter.setFont(self.small_font())
        self._clock.run(self.under is not None and content.messages is not None)
        drawing = GraphDrawing(
            content, pixels, self.size(), size, colours, theme, self.lit, now, self._clock.phase
        )
        self._painter.paint(painter, drawing)
        if self.lit is not None:
            self._paint_name(painter, content.called(self.lit), QPointF(*pixels[self.lit].tolist()))
        painter.setClipping(False)

    def _paint_name(self, painter: QPainter, name: str, point: QPointF) -> None:
        """The name of a node, above it or below where there is no room."""
        theme, font = current(), self.small_font()
        metrics = QFontMetricsF(font)
        name = metrics.elidedText(name, Qt.TextElideMode.ElideRight, self.width() * 0.6)
        width, height = metrics.horizontalAdvance(name) + 12, metrics.height() + 6
        away = radius(len(self._places), self.viewpoint.zoom) + 8
        left = min(max(point.x() - width / 2, 4), self.width() - width - 4)
        top = point.y() - away - height
        box = QRectF(left, top if top > 2 else point.y() + away, width, height)
        painter.setPen(QPen(QColor(theme.border), 1))
        painter.setBrush(QColor(theme.control))
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(QColor(theme.text))
        painter.setFont(font)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, name)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Graph", text)
