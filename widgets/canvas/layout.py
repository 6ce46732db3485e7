"""Where everything on the canvas is: a network worked out into rectangles, before anything is painted.

Coordinates are pixels at a zoom of 100 %; y = 0 is the axis on which all tiles are centred.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from itertools import pairwise
from math import prod
from typing import Any

from PySide6.QtCore import QCoreApplication, QLineF, QPointF, QRectF, QSizeF

from playground.engine.graph import INPUT, Architecture, Graph
from playground.engine.layers import Layer
from playground.numbers.writing import by, plain
from playground.record import record
from widgets.canvas.cards import Card
from widgets.canvas.faces import Face, Subject, face_of
from widgets.canvas.parts import Role
from widgets.canvas.sizes import BUTTONS, FEWEST_ROWS, FOOTER, HEADER, MARGIN, MOST_ROWS, PITCH
from widgets.canvas.wires import Bundle, Link, Skip, bundles, links, skips
from widgets.sentences import layer_name, said

NARROWEST_GAP, WIDEST_GAP = 62.0, 128.0


@record
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
        found = next((bundle for bundle in self.bundles if bundle.layer_id == layer_id), None)
        return found.line(unit, source) if found else ()

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


@record
class Sketch:
    """What there is to lay out.

    `problems` holds the sentence of each layer that cannot work, and `remarks` those of others that are good
    to know; `over_sample` says that tiles show one sample and not a map, `fittable` that the output could be
    made to fit the loss; `first_units` where layers are scrolled to; `offsets` how far cards are from their
    place; `unrolled` which layers are shown step by step.
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
    unrolled: frozenset[str] = frozenset()

    @property
    def rows(self) -> int:
        """How many neurons a card shows at most."""
        space = self.viewport.height() - HEADER - FOOTER - BUTTONS - 2 * MARGIN
        return int(min(max(space // PITCH, FEWEST_ROWS), MOST_ROWS))


def arrange(sketch: Sketch) -> Layout:
    """The layout of a network."""
    subjects = _subjects(sketch)
    begins = zip(subjects, _begins(sketch, subjects), strict=True)
    cards = tuple(_face(subject).card(subject, x) for subject, x in begins)
    arcs = skips(sketch.graph, cards)
    bounds = QRectF()
    for card in cards:
        link = card.area(Role.FIT)
        bounds |= card.rect if link is None else card.rect | link
    for arc in arcs:
        bounds |= arc.path.boundingRect()
    return Layout(cards, bundles(sketch.graph, cards), links(sketch.graph, cards), arcs, bounds)


def places(sketch: Sketch) -> list[float]:
    """Where each card begins, from the inputs to the output, when nothing moves it."""
    return _begins(sketch, _subjects(sketch))


def _begins(sketch: Sketch, subjects: Sequence[Subject]) -> list[float]:
    widths = [_face(subject).width(subject) for subject in subjects]
    shares = []
    full = True
    for layer in sketch.architecture.layers:
        shares.append((1.0, 0.55, 0.3)[(not full) + (not layer.has_neurons)])
        full = layer.has_neurons
    space = sketch.viewport.width() - 2 * MARGIN - sum(widths)
    gap = min(max(space / max(sum(shares), 1), NARROWEST_GAP), WIDEST_GAP)
    begins = [0.0]
    for width, share in zip(widths, shares, strict=False):
        begins.append(begins[-1] + width + share * gap)
    return begins


def _face(subject: Subject) -> Face:
    return face_of(type(subject.layer) if subject.layer is not None else None)


def _subjects(sketch: Sketch) -> list[Subject]:
    """The inputs and every layer, as their faces are given them."""
    architecture, nodes = sketch.architecture, sketch.graph.nodes
    subjects = [
        Subject(
            INPUT, -1, "", "", None, sketch.graph.input_shape, prod(sketch.graph.input_shape), sketch.rows,
            sketch.first_units.get(INPUT, 0), names=sketch.input_names, over_sample=sketch.over_sample,
            offset=sketch.offsets.get(INPUT, QPointF()),
        )
    ]  # fmt: skip
    for position, layer in enumerate(architecture.layers):
        problem = sketch.problems.get(layer.id, "")
        last = position == len(architecture.layers) - 1
        subjects.append(
            Subject(
                layer.id,
                position,
                layer_name(architecture, position),
                subtitle(layer, architecture, nodes[position].shape),
                layer,
                nodes[position].shape,
                getattr(layer, "units", nodes[position].units),
                sketch.rows,
                sketch.first_units.get(layer.id, 0),
                bool(nodes[position].parameters),
                problem,
                sketch.remarks.get(layer.id, ""),
                last and bool(problem) and sketch.fittable,
                over_sample=sketch.over_sample,
                steps=_steps(nodes[position].shapes),
                reads=nodes[position].shapes[0][-1] if _steps(nodes[position].shapes) else 0,
                unrolled=layer.id in sketch.unrolled and _steps(nodes[position].shapes) > 0,
                offset=sketch.offsets.get(layer.id, QPointF()),
            )
        )
    return subjects


def _steps(shapes: Sequence[tuple[int, ...]]) -> int:
    """How many steps the sequences have that a layer reads; 0 where it reads none."""
    return shapes[0][0] if shapes and len(shapes[0]) == 2 else 0


def subtitle(layer: Layer, architecture: Architecture, shape: tuple[int, ...] = ()) -> str:
    """A layer in few words: "8 · ReLU", "0.2", whose weights it transposes, "Dense 1ᵗ · Sigmoid", "6×6×8"."""
    known = ("units",) if layer.axes and all(shape) else ()  # the shape says it
    found = {name: getattr(layer, name) for name in SUBTITLES if hasattr(layer, name) and name not in known}
    words = [SUBTITLES[name](value, architecture) for name, value in found.items()]
    return " · ".join([by(shape), *words] if layer.axes and all(shape) else words)


def _tied_to(layer_id: str, architecture: Architecture) -> str:
    known = [other.id for other in architecture.layers]
    return f"{layer_name(architecture, known.index(layer_id))}ᵗ" if layer_id in known else "?"


def _tr(text: str) -> str:
    return QCoreApplication.translate("CanvasLayout", text)


SUBTITLES: Mapping[str, Callable[[Any, Architecture], str]] = {
    "of": _tied_to,
    "units": lambda units, _: str(units),
    "pieces": lambda pieces, _: _tr("max of {0}").format(pieces),
    "activation": lambda activation, _: said(activation),
    "probability": lambda probability, _: plain(probability),
    "sigma": lambda sigma, _: plain(sigma),
    "shape": lambda shape, _: by(shape),
}
"""What is said of each field that is worth it, in this order."""
