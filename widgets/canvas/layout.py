"""Where everything on the canvas is: a network worked out into rectangles, before anything is painted.

Coordinates are pixels at a zoom of 100 %; y = 0 is the axis on which all tiles are centred.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF

from playground.engine.edits import label
from playground.engine.graph import INPUT, Architecture, Graph
from playground.engine.layers import Layer
from playground.numbers.writing import by, plain
from playground.training.snapshot import tile_count
from widgets.canvas.wires import Bundle, Link, Skip, bundles, links, skips

TILE = 34.0
PITCH = 42.0
"""From one tile to the next below."""
PICTURE = 2 * TILE + PITCH - TILE
"""The side of a tile that shows a picture: with what parts it from the next, as high as two others."""
HEADER, FOOTER, BUTTONS, MORE = 44.0, 34.0, 28.0, 18.0
"""Heights: above the tiles, below them, of the buttons there, and of the line on how many are hidden."""
CARD_WIDTH, WIDEST_CARD = 72.0, 112.0
SLIM_WIDTH, SLIM_HEIGHT, SLIM_FOOTER = 30.0, 164.0, 29.0
"""The footer holds the gradient's bar and number, below a slim card's text."""
NARROWEST_GAP, WIDEST_GAP = 62.0, 128.0
MARGIN = 20.0
FEWEST_ROWS, MOST_ROWS = 8, 64
"""A card shows at least so many neurons before it scrolls, and at most so many."""
CHARACTER = 6.4
"""About the width of a letter of the small font, to size a card by its text."""


@dataclass(frozen=True)
class Tile:
    """One neuron, or one input; `bias` is None where there is none."""

    unit: int
    rect: QRectF
    bias: QRectF | None = None
    name: str = ""


@dataclass(frozen=True)
class Card:
    """One layer, or the inputs; parts that it does not have are None.

    `units` is how many tiles there are, in sight or not: neurons, or `pictures` of many values each.
    """

    id: str
    position: int
    slim: bool
    rect: QRectF
    title: str
    subtitle: str = ""
    units: int = 0
    layer: Layer | None = None
    tiles: tuple[Tile, ...] = ()
    subtitle_rect: QRectF | None = None
    more: QRectF | None = None
    gradient: QRectF | None = None
    minus: QRectF | None = None
    plus: QRectF | None = None
    problem: str = ""
    remark: str = ""
    fit_link: QRectF | None = None
    pictures: bool = False

    @property
    def frozen(self) -> bool:
        """Whether training leaves its parameters as they are."""
        return getattr(self.layer, "frozen", False)

    @property
    def first_unit(self) -> int:
        """The uppermost neuron that is visible."""
        return self.tiles[0].unit if self.tiles else 0

    @property
    def hidden(self) -> int:
        """How many neurons are out of sight."""
        return self.units - len(self.tiles) if self.tiles else 0

    @property
    def port(self) -> QPointF:
        """Where a skip connection leaves or arrives."""
        return QPointF(self.rect.center().x(), self.rect.top())

    @property
    def badge(self) -> QRectF:
        """The mark of a layer that cannot work, or that there is something to remark on."""
        return QRectF(self.rect.right() - 11, self.rect.top() - 9, 20, 20)

    @property
    def snowflake(self) -> QRectF:
        """The mark of a layer that is frozen."""
        return QRectF(self.rect.left() - 9, self.rect.top() - 9, 20, 20)

    @property
    def lower_edge(self) -> QRectF:
        """What is dragged for more or fewer neurons."""
        return QRectF(self.rect.left() + 8, self.rect.bottom() - 5, self.rect.width() - 16, 9)


@dataclass(frozen=True)
class Layout:
    """The canvas, worked out; `cards` begins with the inputs."""

    cards: tuple[Card, ...]
    bundles: tuple[Bundle, ...] = ()
    links: tuple[Link, ...] = ()
    skips: tuple[Skip, ...] = ()
    bounds: QRectF = field(default_factory=QRectF)

    def card(self, layer_id: str) -> Card | None:
        """The card of a layer, or of "input"."""
        return next((card for card in self.cards if card.id == layer_id), None)

    def source(self, layer_id: str) -> Card | None:
        """The card that the weights into a layer come from."""
        found = next((bundle for bundle in self.bundles if bundle.layer_id == layer_id), None)
        return self.card(found.source_id) if found else None

    def line(self, layer_id: str, unit: int, source: int) -> tuple[QLineF, ...]:
        """The segments of an edge; none of one that is out of sight."""
        for bundle in self.bundles:
            if bundle.layer_id == layer_id:
                found = np.flatnonzero((bundle.units == unit) & (bundle.inputs == source))
                return bundle.lines[found[0]] if len(found) else ()
        return ()

    def gap(self, position: int) -> QRectF:
        """The drop zone before the layer at a position."""
        left, right = self.cards[position].rect, self.cards[position + 1].rect
        width = max(min(right.left() - left.right() - 12, 40.0), 16.0)
        height = min(max(left.height(), right.height()), 260.0)
        middle = (left.right() + right.left()) / 2
        return QRectF(middle - width / 2, -height / 2, width, height)

    def gap_at(self, x: float) -> int | None:
        """The position of the drop zone next to x; None left of the inputs and right of the output."""
        middles = [card.rect.center().x() for card in self.cards]
        spans = enumerate(pairwise(middles))
        return next((gap for gap, (left, right) in spans if left <= x < right), None)


@dataclass(frozen=True)
class Plan:
    """What there is to lay out.

    `problems` holds the sentence of each layer that cannot work, and `remarks` those of others that are good
    to know; `over_sample` says that tiles show one sample and not a map, `fittable` that the output could be
    made to fit the loss; `first_units` where layers are scrolled to; `offsets` how far cards are from their
    place.
    """

    architecture: Architecture
    graph: Graph
    input_names: tuple[str, ...]
    viewport: QSizeF
    problems: Mapping[str, str] = field(default_factory=dict)
    remarks: Mapping[str, str] = field(default_factory=dict)
    over_sample: bool = False
    fittable: bool = False
    first_units: Mapping[str, int] = field(default_factory=dict)
    offsets: Mapping[str, QPointF] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """How many neurons a card shows at most."""
        space = self.viewport.height() - HEADER - FOOTER - BUTTONS - 2 * MARGIN
        return int(min(max(space // PITCH, FEWEST_ROWS), MOST_ROWS))


def arrange(plan: Plan) -> Layout:
    """The layout of a network."""
    cards = tuple(
        _input_card(plan, x) if position < 0 else _layer_card(plan, position, x)
        for position, x in enumerate(places(plan), start=-1)
    )
    arcs = skips(plan.graph, cards)
    bounds = QRectF()
    for card in cards:
        bounds |= card.rect if card.fit_link is None else card.rect | card.fit_link
    for arc in arcs:
        bounds |= arc.path.boundingRect()
    return Layout(cards, bundles(plan.graph, cards), links(plan.graph, cards), arcs, bounds)


def places(plan: Plan) -> list[float]:
    """Where each card begins, from the inputs to the output, when nothing moves it."""
    widths = [_input_width(plan)]
    shares = []
    full = True
    for layer in plan.architecture.layers:
        widths.append(_width(layer, plan.architecture))
        shares.append((1.0, 0.55, 0.3)[(not full) + (not layer.has_neurons)])
        full = layer.has_neurons
    space = plan.viewport.width() - 2 * MARGIN - sum(widths)
    gap = min(max(space / max(sum(shares), 1), NARROWEST_GAP), WIDEST_GAP)
    begins = [0.0]
    for width, share in zip(widths, shares, strict=False):
        begins.append(begins[-1] + width + share * gap)
    return begins


def subtitle(layer: Layer, architecture: Architecture) -> str:
    """A layer in few words: "8 · ReLU", "0.2", or whose weights it transposes, "Dense 1ᵗ · Sigmoid"."""
    found = {name: getattr(layer, name) for name in SUBTITLES if hasattr(layer, name)}
    return " · ".join(SUBTITLES[name](value, architecture) for name, value in found.items())


def _tied_to(layer_id: str, architecture: Architecture) -> str:
    known = [other.id for other in architecture.layers]
    return f"{label(architecture, known.index(layer_id))}ᵗ" if layer_id in known else "?"


SUBTITLES: Mapping[str, Callable[[Any, Architecture], str]] = {
    "of": _tied_to,
    "units": lambda units, _: str(units),
    "pieces": lambda pieces, _: f"max of {pieces}",
    "activation": lambda activation, _: activation.title,
    "probability": lambda probability, _: plain(probability),
    "sigma": lambda sigma, _: plain(sigma),
    "shape": lambda shape, _: by(shape),
}
"""What is said of each field that is worth it, in this order."""


def _width(layer: Layer, architecture: Architecture) -> float:
    if not layer.has_neurons:
        return SLIM_WIDTH
    title, words = label(architecture, architecture.index(layer.id)), subtitle(layer, architecture)
    letters = max(1.1 * len(title), len(words))  # a title is bold
    return min(max(CARD_WIDTH, CHARACTER * letters + 16), WIDEST_CARD)


def _input_width(plan: Plan) -> float:
    if _shows_pictures(plan):
        return PICTURE + 24
    return CARD_WIDTH + max(_name_width(plan) - 8, 0)


def _name_width(plan: Plan) -> float:
    return min(max((CHARACTER * len(name) for name in plan.input_names), default=0), 64)


def _input_card(plan: Plan, x: float) -> Card:
    names, shape = plan.input_names, plan.graph.input_shape
    x += plan.offsets.get(INPUT, QPointF()).x()
    width = _input_width(plan)
    pictures = _shows_pictures(plan)
    count = tile_count(shape, pictures)
    side, pitch = (PICTURE, 2 * PITCH) if pictures else (TILE, PITCH)
    rows, first = _visible(plan, INPUT, count, pitch)
    top, bottom = -rows * pitch / 2, rows * pitch / 2
    tiles_left = x + (width - side) / 2 if pictures else x + width - (CARD_WIDTH + TILE) / 2
    tiles = tuple(
        Tile(
            first + row,
            QRectF(tiles_left, top + row * pitch + 4, side, side),
            name="" if pictures else names[first + row],
        )
        for row in range(rows)
    )
    hidden = count > rows
    rect = QRectF(x, top - HEADER, width, bottom - top + HEADER + 12 + (MORE if hidden else 0))
    return Card(
        INPUT,
        -1,
        slim=False,
        rect=rect,
        title="Inputs",
        subtitle="×".join(map(str, shape)) if len(shape) > 1 else _features(count),
        units=count,
        pictures=pictures,
        tiles=tiles,
        subtitle_rect=QRectF(x, rect.top() + 25, width, 15),
        more=QRectF(x, bottom, width, MORE) if hidden else None,
    )


def _features(count: int) -> str:
    return "1 feature" if count == 1 else f"{count} features"


def _shows_pictures(plan: Plan) -> bool:
    """Whether the inputs are told as pictures of one sample."""
    return plan.over_sample and len(plan.graph.input_shape) > 1


def _layer_card(plan: Plan, position: int, x: float) -> Card:
    layer = plan.architecture.layers[position]
    offset = plan.offsets.get(layer.id, QPointF())
    x += offset.x()
    problem, remark = plan.problems.get(layer.id, ""), plan.remarks.get(layer.id, "")
    title, words = label(plan.architecture, position), subtitle(layer, plan.architecture)
    units = plan.graph.nodes[position].units
    learns = bool(plan.graph.nodes[position].parameters)
    if not layer.has_neurons:
        least = SLIM_HEIGHT + (SLIM_FOOTER if learns else 0)
        height = max(least, min(max(units, 1), plan.rows) * PITCH + 16)
        rect = QRectF(x, offset.y() - height / 2, SLIM_WIDTH, height)
        bar = QRectF(x + 5, rect.bottom() - SLIM_FOOTER + 3, SLIM_WIDTH - 10, 4) if learns else None
        area = QRectF(x, (bar.top() if bar else rect.bottom()) - 72, SLIM_WIDTH, 72)
        text_rect = area if hasattr(layer, "activation") else None
        return Card(
            layer.id, position, True, rect, title, words, units, layer,
            subtitle_rect=text_rect, gradient=bar, problem=problem, remark=remark,
        )  # fmt: skip
    units = getattr(layer, "units", units)
    width = _width(layer, plan.architecture)
    rows, first = _visible(plan, layer.id, units)
    top, bottom = offset.y() - rows * PITCH / 2, offset.y() + rows * PITCH / 2
    tiles = []
    for row in range(rows):
        tile = QRectF(x + (width - TILE) / 2, top + row * PITCH + 4, TILE, TILE)
        tiles.append(Tile(first + row, tile, QRectF(tile.left() - 3, tile.bottom() - 6, 9, 9)))
    below = bottom + (MORE if units > rows else 0)
    resizable = hasattr(layer, "units")
    rect = QRectF(x, top - HEADER, width, below + FOOTER + (BUTTONS if resizable else 0) - top + HEADER)
    middle = rect.center().x()
    last = position == len(plan.architecture.layers) - 1
    link = QRectF(middle - 46, rect.bottom() + 9, 92, 24) if last and problem and plan.fittable else None
    return Card(
        layer.id,
        position,
        slim=False,
        rect=rect,
        title=title,
        subtitle=words,
        units=units,
        layer=layer,
        tiles=tuple(tiles),
        subtitle_rect=QRectF(x + 2, rect.top() + 25, width - 4, 15),
        more=QRectF(x, bottom, width, MORE) if units > rows else None,
        gradient=QRectF(x + 12, below + 6, width - 24, 4),
        minus=QRectF(middle - 22, rect.bottom() - 28, 20, 18) if resizable else None,
        plus=QRectF(middle + 2, rect.bottom() - 28, 20, 18) if resizable else None,
        problem=problem,
        remark=remark,
        fit_link=link,
    )


def _visible(plan: Plan, layer_id: str, units: int, pitch: float = PITCH) -> tuple[int, int]:
    """How many tiles of a layer are visible, and the first of them."""
    rows = min(units, max(int(plan.rows * PITCH / pitch), 1))
    return rows, min(max(plan.first_units.get(layer_id, 0), 0), units - rows)
