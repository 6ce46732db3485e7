"""The plot of what layers make of nodes: where a hidden layer puts them, and how far apart each does."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import numpy as np
from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QEvent, QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from playground.engine.graph import INPUT
from playground.experiment import Experiment
from playground.numbers.writing import decimals
from playground.training.nodes_seen import NodesSeen
from playground.training.snapshot import Snapshot
from widgets.colouring import Floats
from widgets.figures.columns import Columns
from widgets.figures.ground import lay
from widgets.plots.confusion_matrix import TITLE
from widgets.plots.figure import Figure
from widgets.sentences import layer_name
from widgets.theme import current

if TYPE_CHECKING:
    from widgets.plots.graph.content import GraphContent

DOT, RING = 4.0, 6.0
BARS = 170.0
"""The width of the bars that say how far apart each layer makes the nodes."""

ROW = 18.0
MARGIN = 14.0
GRIP = 12.0
MOST_LINES = 2000
"""Edges that are drawn between the nodes."""


class EmbeddingPlot(Figure):
    """Each node where a hidden layer puts it, in the colour of what it is taken for; joined nodes are joined.

    Beside it a bar for each layer: how different it makes the nodes.  Many layers make all of them alike.
    """

    NAME: ClassVar[str] = QT_TRANSLATE_NOOP("HistoryPlot", "Embedding")
    breadth = 2

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.name(), parent)
        self.lie_on_panel()
        self.content: GraphContent | None = None
        self.nodes: NodesSeen | None = None
        self.pointed: int | None = None
        """The node that is read out."""
        self._names: list[str] = []
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        header = QHBoxLayout()
        header.setContentsMargins(0, 0, 0, 0)
        header.addStretch(1)
        header.addWidget(self.menu_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(header)
        column.addStretch(1)

    @classmethod
    def name(cls) -> str:
        """What is drawn, in the language of the person."""
        return QCoreApplication.translate("HistoryPlot", cls.NAME)

    @classmethod
    def suits(cls, experiment: Experiment) -> bool:
        """Whether layers read a graph whose nodes are the samples."""
        return experiment.takes_whole_graph

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show where the nodes lie at this moment."""
        from widgets.plots.graph.content import graph_content

        content = graph_content(snapshot)
        if content is None or snapshot.nodes is None:
            return
        self.content, self.nodes = content, snapshot.nodes
        network = snapshot.experiment.network
        self._names = [
            self.tr("Inputs") if name == INPUT else layer_name(network, network.index(name))
            for name, _ in self.nodes.apart
        ]
        if self.pointed is not None and self.pointed >= len(self.nodes.embedding):
            self.pointed = None
        self._tell()

    @property
    def caption(self) -> str:
        """Which layer's values are the places."""
        if self.nodes is None:
            return self.tr("Nothing is seen yet.")
        names = dict(zip([name for name, _ in self.nodes.apart], self._names, strict=True))
        layer = names.get(self.nodes.of_layer, "")
        if self.nodes.units <= 2:
            return self.tr("{layer}, its values").format(layer=layer)
        return self.tr("{layer}, two principal components").format(layer=layer)

    @property
    def heading(self) -> str:
        """What is read out of a node, or else the caption."""
        return self._about.replace("\n", " · ") or self.caption

    @property
    def _about(self) -> str:
        known = self.content is not None and self.pointed is not None
        return self.content.about(self.pointed) if known else ""

    def sentences(self) -> list[str]:
        """How different each layer makes the nodes."""
        apart = self.nodes.apart if self.nodes else ()
        return [f"{name} {decimals(value)}" for name, (_, value) in zip(self._names, apart, strict=True)]

    def columns(self) -> Columns:
        """The place of each node, and what the dataset says of it."""
        if self.nodes is None or self.content is None:
            return {}
        across, up = self.nodes.embedding.T
        return {"across": across, "up": up, "label": self.content.drawn.labels}

    # --- painting -----------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it, and a ring when the keyboard led here."""
        with QPainter(self) as painter:
            self.paint_figure(painter)
            self.paint_focus(painter)

    def paint_figure(self, painter: QPainter) -> None:
        theme = current()
        lay(painter, self.rect(), theme.panel)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.small_font())
        painter.setPen(QColor(theme.muted))
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        line = QRectF(4, 0, self._plane().right() - 4, TITLE)
        shown = painter.fontMetrics().elidedText(
            self.heading, Qt.TextElideMode.ElideRight, round(line.width())
        )
        painter.drawText(line, left, shown)
        if self.nodes is not None and self.content is not None:
            self._paint_nodes(painter, self.content)
            self._paint_bars(painter, self.nodes)

    def _plane(self) -> QRectF:
        beside = BARS if self.width() > 2.2 * BARS else 0.0
        return QRectF(
            MARGIN, TITLE + MARGIN, self.width() - beside - 2 * MARGIN, self.height() - TITLE - 2 * MARGIN
        )

    def places(self) -> Floats:
        """Where the nodes are seen, (nodes, 2) in pixels."""
        if self.nodes is None:
            return np.empty((0, 2))
        given, area = np.nan_to_num(self.nodes.embedding), self._plane()
        low, high = given.min(axis=0), given.max(axis=0)
        size = np.where(high > low, high - low, 1.0)
        share = np.where(high > low, (given - low) / size, 0.5)
        across, up = share.T
        return np.column_stack([area.left() + across * area.width(), area.bottom() - up * area.height()])

    def _paint_nodes(self, painter: QPainter, content: GraphContent) -> None:
        from widgets.plots.graph.content import ColourBy
        from widgets.plots.graph.many import TRAIN

        theme, pixels = current(), self.places()
        points = [QPointF(x, y) for x, y in pixels.tolist()]
        colour = QColor(theme.outline)
        colour.setAlphaF(0.35)
        painter.setPen(QPen(colour, 1))
        edges = content.drawn.graph.edges[:MOST_LINES].tolist()
        painter.drawLines([QLineF(points[first], points[second]) for first, second in edges])
        by = ColourBy.PREDICTION if content.ways != (ColourBy.TRUTH,) else ColourBy.TRUTH
        colours = content.colours(by, theme)
        for node, (point, number) in enumerate(zip(points, colours.tolist(), strict=True)):
            ringed = content.drawn.sides[node] == TRAIN or node == self.pointed
            painter.setPen(QPen(QColor(theme.text), 1.6) if ringed else QPen(QColor(theme.panel), 1))
            painter.setBrush(QColor(number))
            size = RING if ringed else DOT
            painter.drawEllipse(point, size, size)

    def _paint_bars(self, painter: QPainter, nodes: NodesSeen) -> None:
        """A row for each layer, from the inputs down."""
        if self.width() <= 2.2 * BARS:
            return
        theme, left, top = current(), self.width() - BARS + 10, TITLE + MARGIN / 2
        whole = BARS - 22
        alignment = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(theme.muted))
        painter.drawText(QRectF(left, 0, whole, TITLE), alignment, self.tr("How different nodes are"))
        rows = max(int((self.height() - top) // (2 * ROW - 6)), 1)
        for place, (name, (_, value)) in enumerate(list(zip(self._names, nodes.apart, strict=True))[-rows:]):
            y = top + place * (2 * ROW - 6)
            painter.setPen(QColor(theme.text))
            metrics = painter.fontMetrics()
            shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, round(whole - 40))
            painter.drawText(QRectF(left, y, whole - 40, ROW), alignment, shown)
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRectF(left, y, whole, ROW), right, decimals(value))
            painter.setPen(Qt.PenStyle.NoPen)
            for share, paint in ((1.0, theme.control), (value, theme.accent)):
                painter.setBrush(QColor(paint))
                painter.drawRoundedRect(QRectF(left, y + ROW, max(whole * share, 4), 4), 2, 2)

    # --- the pointer --------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read out the node that is pointed at."""
        pixels = self.places()
        found = None
        if len(pixels):
            distances = np.hypot(pixels[:, 0] - event.position().x(), pixels[:, 1] - event.position().y())
            nearest = int(distances.argmin())
            found = nearest if distances[nearest] <= GRIP else None
        self._point(found)

    def leaveEvent(self, event: QEvent) -> None:
        """Read out nothing."""
        self._point(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go to the neighbour that lies there, Esc leaves."""
        from widgets.plots.graph.steps import towards
        from widgets.plots.graph.view import ARROWS

        key = Qt.Key(event.key())
        if key in ARROWS and self.content is not None and self.nodes is not None:
            upward = self.places() * (1, -1)
            self._point(towards(self.content.drawn.graph, upward, self.pointed, ARROWS[key]))
        elif key == Qt.Key.Key_Escape and self.pointed is not None:
            self._point(None)
        else:
            super().keyPressEvent(event)

    def _point(self, node: int | None) -> None:
        if node != self.pointed:
            self.pointed = node
            self._tell()

    def _tell(self) -> None:
        """Say what is read out, and what all of it is."""
        self.setToolTip(self._about)
        self.setAccessibleDescription("; ".join((self.heading, *self.sentences())))
        self.update()
