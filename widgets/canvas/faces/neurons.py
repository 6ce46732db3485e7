"""The card of a layer with neurons: a tile for each, with its bias, below them the gradient, − and +."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from playground.engine.layers import Layer
from playground.training.snapshot import LayerSnapshot
from widgets.canvas.brush import Brush
from widgets.canvas.cards import Card
from widgets.canvas.faces.base import Face, Subject, bar_part, more_part, named_parts, outer_parts
from widgets.canvas.paint_tiles import TileImages, paint_biases, paint_frames, paint_tiles
from widgets.canvas.parts import Part, Role
from widgets.canvas.sizes import (
    BUTTONS,
    CARD_WIDTH,
    CHARACTER,
    FOOTER,
    HEADER,
    MORE,
    PITCH,
    TILE,
    WIDEST_CARD,
)

EDGE = 10.0
"""What is free below the tiles of a layer that learns nothing."""


class NeuronFace(Face):
    """Dense layers, and whatever else has neurons."""

    room = 0.0
    """What is kept free left of the tiles."""

    @classmethod
    def suits(cls, kind: type[Layer] | None) -> bool:
        return kind is not None and kind.has_neurons and not kind.axes

    def indent(self, subject: Subject) -> float:
        """What is kept free left of the tiles."""
        return self.room

    def width(self, subject: Subject) -> float:
        letters = max(1.1 * len(subject.title), len(subject.subtitle))  # a title is bold
        return min(max(CARD_WIDTH + self.room, CHARACTER * letters + 16), WIDEST_CARD)

    def card(self, subject: Subject, x: float) -> Card:
        x += subject.offset.x()
        width, middle = self.width(subject), subject.offset.y()
        rows, first = subject.visible(subject.units)
        top, bottom = middle - rows * PITCH / 2, middle + rows * PITCH / 2
        resizable = subject.layer is not None and bool(subject.layer.sized_by)
        below = bottom + (MORE if subject.units > rows else 0)
        footer = (FOOTER if subject.learns else EDGE) + (BUTTONS if resizable else 0)
        height = below + footer - top + HEADER
        rect = QRectF(x, top - HEADER, width, height)
        left = x + (width - TILE + self.indent(subject)) / 2
        tiles = [
            Part(Role.TILE, QRectF(left, top + row * PITCH + 4, TILE, TILE), first + row)
            for row in range(rows)
        ]
        parts = (
            *outer_parts(subject, rect),
            *(buttons(rect) if resizable else ()),
            *self.beside(tiles, subject),
            *tiles,
            *named_parts(rect, _kind_of_summary(subject)),
            *(lower_edge(rect) if resizable else ()),
            *more_part(subject.units, rows, x, bottom, width),
            *((bar_part(rect, BUTTONS if resizable else 0),) if subject.learns else ()),
            Part(Role.CARD, rect),
        )
        return Card(
            subject.id, subject.position, rect, subject.title, subject.subtitle, subject.units, subject.layer,
            parts, problem=subject.problem, remark=subject.remark, inset=self.indent(subject),
        )  # fmt: skip

    def beside(self, tiles: list[Part], subject: Subject) -> list[Part]:
        """What stands at each tile: its bias."""
        corners = [(tile.unit, tile.rect.left() - 3, tile.rect.bottom() - 6) for tile in tiles]
        return [Part(Role.BIAS, QRectF(x, y, 9, 9), unit) for unit, x, y in corners]

    def paint_under(self, painter: QPainter, brush: Brush, card: Card, selected: bool) -> None:
        brush.body(painter, card, selected)
        brush.header(painter, card)
        brush.track(painter, card)
        brush.buttons(painter, card)

    def paint_tiles(self, painter: QPainter, brush: Brush, card: Card, images: TileImages | None) -> None:
        paint_tiles(painter, card, images, brush.theme)

    def paint_over(self, painter: QPainter, brush: Brush, card: Card, selected: bool) -> None:
        paint_frames(painter, card, brush.theme)
        brush.marks(painter, card)

    def paint_live(
        self, painter: QPainter, brush: Brush, card: Card, layer: LayerSnapshot | None, learning: bool
    ) -> None:
        paint_biases(painter, card, layer, brush.theme)
        brush.gradient(painter, card, layer.gradient_norm if layer else None, learning)


def _kind_of_summary(subject: Subject) -> Role:
    return Role.ACTIVATION if hasattr(subject.layer, "activation") else Role.SUMMARY


def buttons(rect: QRectF) -> tuple[Part, Part]:
    """− and +, at the lower edge of a card."""
    middle, top = rect.center().x(), rect.bottom() - 28
    minus, plus = QRectF(middle - 22, top, 20, 18), QRectF(middle + 2, top, 20, 18)
    return Part(Role.MINUS, minus), Part(Role.PLUS, plus)


def lower_edge(rect: QRectF) -> tuple[Part]:
    """What of a card is dragged for more or fewer neurons."""
    return (Part(Role.LOWER_EDGE, QRectF(rect.left() + 8, rect.bottom() - 5, rect.width() - 16, 9)),)
