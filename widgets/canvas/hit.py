"""What is under the pointer: from a point of the layout to the thing that is there."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

from playground.engine.graph import INPUT
from widgets.canvas.layout import Card, Layout

EDGE_REACH = 4.0
PORT_REACH = 8.0


@dataclass(frozen=True)
class Nothing:
    """The empty canvas."""


@dataclass(frozen=True)
class OnCard:
    """Some part of a card; of this very class: the card itself."""

    layer_id: str


@dataclass(frozen=True)
class Neuron(OnCard):
    """A tile, also that of an input."""

    unit: int


@dataclass(frozen=True)
class Bias(OnCard):
    """The square of a neuron's bias."""

    unit: int


@dataclass(frozen=True)
class Button(OnCard):
    """− or +, by the step that it makes."""

    step: int


class ActivationLabel(OnCard):
    """The line that names size and activation."""


class LowerEdge(OnCard):
    """What is dragged for more or fewer neurons."""


class Port(OnCard):
    """Where a skip connection begins."""


class Badge(OnCard):
    """The mark of a layer that cannot work, or that there is something to remark on."""


class Snowflake(OnCard):
    """The mark of a layer that is frozen."""


class FitLink(OnCard):
    """“Fit the output” below a card."""


@dataclass(frozen=True)
class Edge:
    """A weight: from the source's value `source` into a neuron."""

    layer_id: str
    unit: int
    source: int


@dataclass(frozen=True)
class SkipWire:
    """A connection that leads over other layers."""

    source_id: str
    target_id: str


Target = Nothing | OnCard | Edge | SkipWire


def target_at(layout: Layout, point: QPointF, zoom: float = 1.0) -> Target:
    """The thing at a point; lines are caught within a few pixels of the screen."""
    card = next((card for card in reversed(layout.cards) if _reach(card).contains(point)), None)
    part = _part(card, point) if card else None
    if part is not None:
        return part
    edge = _edge_at(layout, point, EDGE_REACH / zoom)
    if edge is not None:
        return edge
    if card is not None and card.rect.contains(point):
        return OnCard(card.id)
    return _skip_at(layout, point, EDGE_REACH / zoom) or Nothing()


def _reach(card: Card) -> QRectF:
    """The card with what stands out of it."""
    return card.rect.adjusted(-10, -10, 10, 36 if card.fit_link else 5)


def _part(card: Card, point: QPointF) -> OnCard | None:
    """What of a card is at a point, if more than its plain surface."""
    if card.fit_link and card.fit_link.contains(point):
        return FitLink(card.id)
    if (card.problem or card.remark) and card.badge.contains(point):
        return Badge(card.id)
    if card.frozen and card.snowflake.contains(point):
        return Snowflake(card.id)
    port = card.port - point
    if abs(port.x()) <= PORT_REACH and abs(port.y()) <= PORT_REACH:
        return Port(card.id)
    for rect, step in ((card.minus, -1), (card.plus, 1)):
        if rect and rect.contains(point):
            return Button(card.id, step)
    for tile in card.tiles:
        if tile.bias and tile.bias.contains(point):
            return Bias(card.id, tile.unit)
    for tile in card.tiles:
        if tile.rect.contains(point):
            return Neuron(card.id, tile.unit)
    if card.id == INPUT:
        return None
    if card.subtitle_rect and card.subtitle_rect.contains(point):
        return ActivationLabel(card.id)
    if card.minus and card.lower_edge.contains(point):
        return LowerEdge(card.id)
    return None


def _edge_at(layout: Layout, point: QPointF, reach: float) -> Edge | None:
    found: list[tuple[float, Edge]] = []
    for bundle in layout.bundles:
        if not len(bundle.points):
            continue
        left, right = bundle.points[0, 0, 0], bundle.points[0, -1, 0]
        if left <= point.x() <= right:
            k, distance = bundle.nearest(point)
            if distance <= reach:
                found.append((distance, Edge(bundle.layer_id, int(bundle.units[k]), int(bundle.inputs[k]))))
    return min(found, key=lambda pair: pair[0])[1] if found else None


def _skip_at(layout: Layout, point: QPointF, reach: float) -> SkipWire | None:
    around = QRectF(point.x() - reach, point.y() - reach, 2 * reach, 2 * reach)
    for skip in layout.skips:
        if skip.path.intersects(around) and not skip.path.contains(around):
            return SkipWire(skip.source_id, skip.target_id)
    return None
