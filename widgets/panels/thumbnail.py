"""The picture of a dataset: a button that shows a few of its samples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import product
from pathlib import Path

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QEnterEvent, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from playground.data import Carried, Column, Dataset, Samples, Task, preview
from playground.data.graphs.node_graph import NodeGraph, Nodes
from playground.data.sample import first_values
from playground.data.spaces import Components
from widgets import theme
from widgets.colouring import diverging_colours, places
from widgets.kept_picture import KeptPicture
from widgets.pictures import picture_image
from widgets.sentences import said
from widgets.theme import Theme
from widgets.tips import tip

LEVELS = 9
"""Colours into which the values of a regression are sorted."""

PREVIEWS = Path(__file__).parents[2] / "resources" / "datasets"
PICTURES = 4
"""So many of the few samples stand for a dataset of pictures."""

ROWS = 3
"""Sequences that stand for a dataset of them."""

PADDING = 5
DOT = 2.2
GRAPH_SPAN = 1.06
"""How far a graph is seen, whose nodes lie within −1 and 1."""
ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)
KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class Tile(QAbstractButton):
    """A square button for a kind of dataset; the chosen one has the accent's border."""

    def __init__(self, member: type[Dataset], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.member = member
        self._by_keyboard = False
        self.setCheckable(True)
        self.setText(said(member))
        self.setAccessibleName(said(member))
        self.setAccessibleDescription(said(member, "help"))
        self.setToolTip(tip(said(member), said(member, "help")))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumSize(40, 40)

    @cached_property
    def _samples(self) -> Samples:
        """What it shows, made when it is seen for the first time."""
        return few_samples(self._dataset)

    def sizeHint(self) -> QSize:
        """A little larger than what is needed at least."""
        return QSize(50, 50)

    def heightForWidth(self, width: int) -> int:
        """As high as wide."""
        return width

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Remember how the focus came: only the keyboard's is marked."""
        self._by_keyboard = event.reason() in KEYBOARD
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the arrow keys to the gallery, which knows what is next where groups are folded."""
        if event.key() in ARROWS:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Light up under the pointer."""
        super().enterEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame and what is in it."""
        shown = theme.current()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            pen = self._border(shown)
            inset = pen.widthF() / 2
            frame = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
            painter.setPen(pen)
            painter.setBrush(QColor(shown.canvas))
            painter.drawRoundedRect(frame, 6, 6)
            inside = QRectF(self.rect()).adjusted(PADDING, PADDING, -PADDING, -PADDING)
            self.paint_inside(painter, inside, shown)

    def paint_inside(self, painter: QPainter, inside: QRectF, shown: Theme) -> None:
        """Draw what it stands for."""
        raise NotImplementedError

    def _border(self, shown: Theme) -> QPen:
        if self.hasFocus() and self._by_keyboard:
            return QPen(QColor(shown.text), 2)
        if self.isChecked():
            return QPen(QColor(shown.accent), 2)
        return QPen(QColor(shown.outline if self.underMouse() else shown.border), 1)


class Thumbnail(Tile):
    """Shows a few samples of its dataset."""

    def __init__(self, member: type[Dataset], parent: QWidget | None = None) -> None:
        super().__init__(member, parent)
        self._dataset = member.usual()
        self._kept = KeptPicture()

    def paint_inside(self, painter: QPainter, inside: QRectF, shown: Theme) -> None:
        def draw(inner: QPainter) -> None:
            paint_samples(inner, self._dataset, self._samples, inside, shown)

        self._kept.paint(painter, self.size(), (), draw)


def paint_samples(
    painter: QPainter, dataset: Dataset, samples: Samples, inside: QRectF, shown: Theme
) -> None:
    """Draw samples as what they are: a curve, points of a plane, nodes of a graph, pictures or sequences."""
    columns = dataset.columns
    if samples.nodes is not None and not dataset.own:
        _paint_graph(painter, samples, samples.nodes, inside, shown)
    elif dataset.shape.is_sequence:
        from widgets.sequence_picture import paint_sequences

        paint_sequences(painter, dataset, samples, inside, shown, ROWS)
    elif len(columns) == 1:
        _paint_curve(painter, samples, columns[0], inside, shown)
    elif columns:
        _paint_points(painter, samples, columns, inside, shown)
    else:
        _paint_pictures(painter, samples, inside)


def few_samples(dataset: Dataset) -> Samples:
    """A few samples; those that a library carries lie ready, as it takes long to load.

    So does a graph of each kind with the places of its nodes, which take long to find; the parts of one are
    several samples, where each is a graph.
    """
    if (dataset.are_nodes or dataset.shape.is_graph) and not dataset.own:
        with np.load(PREVIEWS / f"{dataset.tag()}.npz") as kept:
            graph = NodeGraph(len(kept["raw"]), kept["edges"])
            nodes = Nodes(graph, kept["raw"], np.arange(graph.count))
            task = Task("classification", tuple(map(str, range(int(kept["targets"].max()) + 1))))
            return Samples(kept["raw"], kept["targets"], task, nodes=nodes)
    if not isinstance(dataset, Carried):
        return preview(dataset)
    with np.load(PREVIEWS / f"{dataset.tag()}.npz") as kept:
        return Samples(kept["raw"], kept["targets"], dataset.task)


def _paint_points(
    painter: QPainter, samples: Samples, columns: Sequence[Column], inside: QRectF, shown: Theme
) -> None:
    raw, (across, up) = samples.raw, (columns[0].range, columns[1].range)
    if len(columns) > 2:
        raw = Components.of(raw).project(raw)
        across, up = (_around(raw[:, axis]) for axis in (0, 1))
    places = list(_places(raw[:, 0], raw[:, 1], across, up, inside))
    for colour, chosen in sample_colours(samples, shown):
        painter.setPen(_round_pen(colour, DOT))
        painter.drawPoints([places[index] for index in chosen])


def _paint_graph(painter: QPainter, samples: Samples, nodes: Nodes, inside: QRectF, shown: Theme) -> None:
    span = (-GRAPH_SPAN, GRAPH_SPAN)
    places = list(_places(*nodes.raw.T, span, span, inside))
    painter.setPen(QPen(QColor(shown.outline), 0.6))
    painter.drawLines([QLineF(places[first], places[second]) for first, second in nodes.graph.edges.tolist()])
    for colour, chosen in sample_colours(samples, shown):
        painter.setPen(_round_pen(colour, 1.6 * DOT))
        painter.drawPoints([places[index] for index in chosen])


def _around(values: np.ndarray) -> tuple[float, float]:
    """A range that holds the values with some room."""
    room = 0.08 * (np.ptp(values) or 1)
    return float(values.min() - room), float(values.max() + room)


def _paint_curve(painter: QPainter, samples: Samples, column: Column, inside: QRectF, shown: Theme) -> None:
    order = np.argsort(samples.raw[:, 0])
    x, y = samples.raw[order, 0], first_values(samples.targets)[order]
    across = column.range if column.coordinate else _around(x)
    height = 1.4 * float(np.abs(y).max() or 1)
    painter.setPen(_round_pen(shown.negative, 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(list(_places(x, y, across, (-height, height), inside)))


def _paint_pictures(painter: QPainter, samples: Samples, inside: QRectF) -> None:
    """Four samples as they look, two by two."""
    half = QSizeF(inside.width() / 2, inside.height() / 2)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    corners = product((inside.top(), inside.center().y()), (inside.left(), inside.center().x()))
    for (top, left), raw in zip(corners, samples.raw[_across_classes(samples)], strict=True):
        place = QRectF(QPointF(left, top), half).adjusted(1, 1, -1, -1)
        painter.drawImage(place, picture_image(raw))


def _across_classes(samples: Samples) -> np.ndarray:
    """Which samples stand for all: those of classes far from one another."""
    order = np.arange(len(samples.raw))
    if samples.task.classes:
        order = np.argsort(samples.targets, kind="stable")
    return order[np.linspace(0, len(order) - 1, PICTURES).astype(int)]


def _round_pen(colour: str, width: float) -> QPen:
    return QPen(QColor(colour), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)


def _places(
    x: np.ndarray, y: np.ndarray, across: tuple[float, float], up: tuple[float, float], inside: QRectF
) -> Iterator[QPointF]:
    """Where points are drawn whose coordinates span these ranges."""
    left = inside.left() + (x - across[0]) / (across[1] - across[0]) * inside.width()
    top = inside.bottom() - (y - up[0]) / (up[1] - up[0]) * inside.height()
    return map(QPointF, left.tolist(), top.tolist())


def _around_zero(values: np.ndarray) -> np.ndarray:
    """Values, or how far they are from their mean where all lie on one side of zero."""
    has_both = values.min(initial=0) < 0 < values.max(initial=0)
    return values if has_both or not len(values) else values - values.mean()


def sample_colours(samples: Samples, shown: Theme) -> Iterator[tuple[str, Iterable[int]]]:
    """Each colour with the samples that wear it; of several values the first counts."""
    if samples.task.classes:
        level, colours = samples.targets, theme.class_colours(samples.task.classes)
    else:
        values = _around_zero(first_values(samples.targets))
        size = np.sqrt(np.abs(values) / (np.abs(values).max(initial=0) or 1))  # so that small ones show
        level = np.rint((np.sign(values) * size + 1) / 2 * (LEVELS - 1))
        colours = diverging_colours(places(np.linspace(-1, 1, LEVELS), -1, 1), shown)
    for number, colour in enumerate(colours):
        yield colour, np.flatnonzero(level == number).tolist()
