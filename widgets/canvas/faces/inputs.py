"""The card of the inputs: a tile for each with its name, or the pictures that one sample is."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QPainter

from playground.engine.layers import Layer
from playground.numbers.writing import by
from playground.training.snapshot import tile_count
from widgets.canvas.brush import Brush
from widgets.canvas.cards import Card
from widgets.canvas.faces.base import Face, Subject, more_part, named_parts, outer_parts
from widgets.canvas.paint_tiles import TileImages, paint_frames, paint_tiles
from widgets.canvas.parts import Part, Role
from widgets.canvas.sizes import CARD_WIDTH, CHARACTER, HEADER, MORE, PICTURE, PITCH, TILE
from widgets.sentences import counted


class InputFace(Face):
    """What the network is given."""

    @classmethod
    def suits(cls, kind: type[Layer] | None) -> bool:
        return kind is None

    def width(self, subject: Subject) -> float:
        if _shows_pictures(subject):
            return PICTURE + 24
        longest = max((CHARACTER * len(name) for name in subject.names), default=0)
        return CARD_WIDTH + max(min(longest, 64) - 8, 0)

    def card(self, subject: Subject, x: float) -> Card:
        x += subject.offset.x()
        width, pictures = self.width(subject), _shows_pictures(subject)
        count = tile_count(subject.shape, pictures)
        side, pitch = (PICTURE, 2 * PITCH) if pictures else (TILE, PITCH)
        rows, first = subject.visible(count, pitch)
        top, bottom = -rows * pitch / 2, rows * pitch / 2
        left = x + (width - side) / 2 if pictures else x + width - (CARD_WIDTH + TILE) / 2
        rect = QRectF(x, top - HEADER, width, bottom - top + HEADER + 12 + (MORE if count > rows else 0))
        tiles = (
            Part(
                Role.TILE,
                QRectF(left, top + row * pitch + 4, side, side),
                first + row,
                "" if pictures else subject.names[first + row],
            )
            for row in range(rows)
        )
        parts = (
            *outer_parts(subject, rect),
            *tiles,
            *named_parts(rect),
            *more_part(count, rows, x, bottom, width),
            Part(Role.CARD, rect),
        )
        words = by(subject.shape) if len(subject.shape) > 1 else _features(count)
        title = QCoreApplication.translate("CanvasCards", "Inputs")
        return Card(subject.id, -1, rect, title, words, count, None, parts, pictures=pictures)

    def paint_under(self, painter: QPainter, brush: Brush, card: Card, selected: bool) -> None:
        brush.body(painter, card, selected)
        brush.header(painter, card)
        for tile in card.tiles:
            name = QRectF(card.rect.left() + 4, tile.rect.top(), 0, tile.rect.height())
            name.setRight(tile.rect.left() - 5)
            brush.text(painter, name, tile.text, brush.theme.muted, Qt.AlignmentFlag.AlignRight)

    def paint_tiles(self, painter: QPainter, brush: Brush, card: Card, images: TileImages | None) -> None:
        paint_tiles(painter, card, images, brush.theme)

    def paint_over(self, painter: QPainter, brush: Brush, card: Card, selected: bool) -> None:
        paint_frames(painter, card, brush.theme)
        brush.marks(painter, card)


def _features(count: int) -> str:
    return counted("{count} feature", "{count} features", count)


def _shows_pictures(subject: Subject) -> bool:
    """Whether the inputs are told as pictures of one sample."""
    return subject.over_sample and len(subject.shape) > 1
