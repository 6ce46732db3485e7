"""The lines between cards: weights into neurons, plain links into merges, and skip connections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QPainterPath

from playground.engine.graph import Graph, Node
from playground.record import record
from widgets.canvas.cards import Card, Outlets
from widgets.canvas.parts import Role, Target

SUMMARY_ABOVE = 2000
"""A layer of more weights than this is drawn as one band."""
SEGMENTS = 18
WIDEST = 4.0
"""How far beside its line an edge may be painted."""
ALONG = np.linspace(0, 1, SEGMENTS + 1)
SHARES = np.stack(
    [
        1.5 * ALONG * (1 - ALONG) ** 2 + 1.5 * ALONG * ALONG * (1 - ALONG) + ALONG**3,
        ALONG * ALONG * (3 - 2 * ALONG),
    ],
    axis=1,
)
"""How much of its way a curve has come, x and y, at each point: a cubic whose control points are level with
its ends."""
LABEL = 60.0
"""How wide what is written on a band is."""
LANE, CORNER = 16.0, 10.0
"""Distance of skip connections from the cards and from one another, and the radius of their corners."""


@record
class Bundle:
    """The weights into one layer: edge k leads from source `inputs[k]` to neuron `units[k]`.

    `points` is (edges, segments + 1, 2).  Of a layer with too many weights only the band's `outline` is
    given, and no edges; `count` is the number of weights either way.
    """

    layer_id: str
    source_id: str
    count: int
    units: NDArray[np.intp]
    inputs: NDArray[np.intp]
    points: NDArray[np.float64]
    outline: QPainterPath | None = None
    label: QPointF = field(default_factory=QPointF)
    """Where the outline says how many weights it stands for."""

    @cached_property
    def _pieces(self) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
        """x, y, x, y of every segment of every edge, and which of them count: a level edge is one."""
        pieces = np.concatenate([self.points[:, :-1], self.points[:, 1:]], axis=2)
        level = np.abs(self.points[:, 0, 1] - self.points[:, -1, 1]) < 1
        pieces[level, 0, 2:] = self.points[level, -1]
        counts = np.ones(pieces.shape[:2], bool)
        counts[level, 1:] = False
        return pieces, counts

    @cached_property
    def bounds(self) -> QRectF:
        """What its edges lie in, however wide they are."""
        if not len(self.points):
            return QRectF()
        (left, top), (right, bottom) = self.points.min((0, 1)).tolist(), self.points.max((0, 1)).tolist()
        return QRectF(left, top, right - left, bottom - top).adjusted(-WIDEST, -WIDEST, WIDEST, WIDEST)

    def edge(self, k: int) -> Target:
        """One of its edges."""
        return Target(Role.EDGE, self.layer_id, int(self.units[k]), int(self.inputs[k]))

    def segments(self, edges: NDArray[np.intp] | slice) -> NDArray[np.float64]:
        """The segments of some edges, (segments, 4), for one call that paints them all."""
        pieces, counts = self._pieces
        return np.ascontiguousarray(pieces[edges][counts[edges]])

    def line(self, unit: int, source: int) -> tuple[QLineF, ...]:
        """The segments of one edge; none of one that is out of sight."""
        found = np.flatnonzero((self.units == unit) & (self.inputs == source))
        return tuple(QLineF(*piece) for piece in self.segments(found[:1]).tolist())

    def nearest(self, point: QPointF) -> tuple[int, float]:
        """The edge next to a point, and how far away it is; there must be edges."""
        start, end = self.points[:, :-1], self.points[:, 1:]
        along = end - start
        away = np.array([point.x(), point.y()]) - start
        share = (away * along).sum(-1) / np.maximum((along * along).sum(-1), 1e-9)
        gaps = away - along * np.clip(share, 0, 1)[..., None]
        distances = np.sqrt((gaps * gaps).sum(-1).min(1))
        edge = int(distances.argmin())
        return edge, float(distances[edge])


@record
class Link:
    """Plain lines from a layer to the merge beside it."""

    source_id: str
    target_id: str
    path: QPainterPath


@record
class Skip:
    """A connection that leads over other layers."""

    source_id: str
    target_id: str
    path: QPainterPath


def bundles(graph: Graph, cards: Sequence[Card]) -> tuple[Bundle, ...]:
    """The weights into every layer that has neurons."""
    result = []
    for node, card in zip(graph.nodes, cards[1:], strict=False):
        if card.tiles and all(node.input_units):
            source = cards[_neurons(graph, node.sources[0]) + 1]
            before = cards[node.sources[0] + 1]
            result.append(_bundle(card, source, before, node, outlets(graph, cards, node.sources[0])))
    return tuple(result)


def links(graph: Graph, cards: Sequence[Card]) -> tuple[Link, ...]:
    """The lines from the layer before a merge into it."""
    result = []
    for position, node in enumerate(graph.nodes):
        if node.layer.merges and position - 1 in node.sources:
            path = QPainterPath()
            x = cards[position + 1].rect.left()
            for _, start, y in outlets(graph, cards, position - 1):
                path.moveTo(start, y)
                path.lineTo(x, y)
            result.append(Link(cards[position].id, cards[position + 1].id, path))
    return tuple(result)


def skips(graph: Graph, cards: Sequence[Card]) -> tuple[Skip, ...]:
    """The connections that lead over other layers, each on its lane above the cards, the shortest lowest.

    They are those that layers name, so that one that cannot work shows what it is to read.
    """
    places = {card.id: place for place, card in enumerate(cards, -1)}
    wanted = [
        (places[name], position)
        for position, node in enumerate(graph.nodes)
        if not node.layer.has_neurons
        for name in node.layer.inputs
        if places.get(name, position) < position - 1
    ]
    result = []
    for lane, (source, target) in enumerate(sorted(wanted, key=lambda ends: ends[1] - ends[0]), 1):
        start, end = cards[source + 1], cards[target + 1]
        height = min(card.rect.top() for card in cards[source + 1 : target + 2]) - lane * LANE
        result.append(Skip(start.id, end.id, _over(start.port, end.port, height)))
    return tuple(result)


def outlets(graph: Graph, cards: Sequence[Card], position: int) -> Outlets:
    """Where a layer's values leave: a slim layer's leave the one it reads, except those of a merge."""
    card = cards[position + 1]
    if card.outlets or position < 0 or graph.nodes[position].layer.merges:
        return card.outlets
    source = graph.nodes[position].sources[0]
    return outlets(graph, cards, source) if source < position else ()


def curve(start: tuple[float, float], end: tuple[float, float]) -> QPainterPath:
    """The shape of an edge."""
    (x, y), (right, lower) = start, end
    bend = (right - x) / 2
    path = QPainterPath(QPointF(x, y))
    path.cubicTo(x + bend, y, right - bend, lower, right, lower)
    return path


def _neurons(graph: Graph, position: int) -> int:
    """The layer whose tiles a layer's values come from: itself, or what a slim layer reads."""
    while position >= 0 and not (layer := graph.nodes[position].layer).has_neurons and not layer.merges:
        source = graph.nodes[position].sources[0]
        if source >= position:
            break
        position = source
    return position


def middle(lines: Sequence[QLineF]) -> QPointF:
    """The point half-way along an edge."""
    half = len(lines) // 2
    return lines[half].p1() if half else lines[0].center()


def _bundle(card: Card, source: Card, before: Card, node: Node, sources: Outlets) -> Bundle:
    count = (
        sum(parameter.size for parameter in node.parameters)
        if node.layer.axes
        else node.input_units[0] * card.units
    )
    none = np.empty(0, np.intp)
    if (count > SUMMARY_ABOVE or source.pictures or card.pictures or card.shared) and sources:
        middle = QPointF((before.rect.right() + card.rect.left()) / 2, 0)
        if before.slim:  # which would hide half of what is written there
            middle.setX(max(middle.x(), before.rect.right() + LABEL / 2))
        outline = _band(sources, card, source.rect.right() - 3 if source.shared else sources[0][1])
        return Bundle(card.id, source.id, count, none, none, np.empty((0, 2, 2)), outline, middle)
    starts = np.array([(x, y) for _, x, y in sources]).reshape(-1, 2)
    ends = np.array(
        [(tile.rect.x() - card.inset, y) for tile, (_, _, y) in zip(card.tiles, card.outlets, strict=True)]
    )
    units = np.array([tile.unit for tile in card.tiles]).repeat(len(starts))
    inputs = np.tile(np.array([index for index, _, _ in sources], np.intp), len(ends))
    return Bundle(card.id, source.id, count, units, inputs, _curves(starts, ends))


def _curves(starts: NDArray[np.float64], ends: NDArray[np.float64]) -> NDArray[np.float64]:
    """Points on the curves from every start to every end, (edges, segments + 1, 2): `curve`, sampled."""
    begin = starts[:, None]
    points = (ends[:, None, None] - begin) * SHARES
    points += begin
    return points.reshape(-1, SEGMENTS + 1, 2)


def _band(sources: Outlets, card: Card, begin: float) -> QPainterPath:
    """A ribbon from the source's values to the card's tiles, with a waist as many edges would have."""
    first, last = card.tiles[0].rect, card.tiles[-1].rect
    x, upper, lower = begin + 4, sources[0][2] - 10, sources[-1][2] + 10
    right, top, bottom = first.left() - card.inset - 4, first.center().y() - 10, last.center().y() + 10
    bend, pinch = (right - x) * 0.45, 0.22
    path = QPainterPath(QPointF(x, upper))
    path.cubicTo(
        x + bend, upper + pinch * (lower - upper), right - bend, top + pinch * (bottom - top), right, top
    )
    path.lineTo(right, bottom)
    path.cubicTo(
        right - bend, bottom - pinch * (bottom - top), x + bend, lower - pinch * (lower - upper), x, lower
    )
    path.closeSubpath()
    return path


def _over(start: QPointF, end: QPointF, height: float) -> QPainterPath:
    """Up from a port, along at a height, and down to another port, with round corners."""
    path = QPainterPath(start)
    path.lineTo(start.x(), height + CORNER)
    path.quadTo(start.x(), height, start.x() + CORNER, height)
    path.lineTo(end.x() - CORNER, height)
    path.quadTo(end.x(), height, end.x(), height + CORNER)
    path.lineTo(end)
    return path
