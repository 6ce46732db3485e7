"""Cards of layers whose weights serve all steps alike: of one sample they show a picture of their own."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from playground.engine.layers import Layer
from playground.training.snapshot import LayerSnapshot
from widgets.canvas.brush import Brush
from widgets.canvas.cards import Card
from widgets.canvas.faces.base import Subject, bar_part, named_parts, outer_parts
from widgets.canvas.faces.grid import GridFace
from widgets.canvas.faces.neurons import buttons, lower_edge
from widgets.canvas.paint_tiles import TileImages
from widgets.canvas.parts import Part, Role
from widgets.canvas.sizes import BUTTONS, FOOTER, HEADER


class SharedFace(GridFace):
    """What is left to each is how wide it is, what it is laid out with, and the picture itself.

    Where maps are shown, a card is that of any layer on a grid.
    """

    @classmethod
    def suits(cls, kind: type[Layer] | None) -> bool:
        return False

    def shows_own(self, subject: Subject) -> bool:
        """Whether it has a picture of its own to show."""
        return subject.over_sample

    def wide(self, subject: Subject) -> float:
        """How wide its own card is."""
        raise NotImplementedError

    def own_card(self, subject: Subject, left: float) -> Card:
        """Its own card, which begins there."""
        raise NotImplementedError

    def paint_still(self, painter: QPainter, brush: Brush, card: Card) -> None:
        """Paint what of its own card does not change."""

    def paint_own(self, painter: QPainter, brush: Brush, card: Card, layer: LayerSnapshot | None) -> None:
        """Paint its picture."""
        raise NotImplementedError

    # --- what follows from it ---

    def width(self, subject: Subject) -> float:
        return self.wide(subject) if self.shows_own(subject) else super().width(subject)

    def card(self, subject: Subject, x: float) -> Card:
        if self.shows_own(subject):
            return self.own_card(subject, x + subject.offset.x())
        return super().card(subject, x)

    def beside(self, tiles: list[Part], subject: Subject) -> list[Part]:
        """What stands at each tile: nothing."""
        return []

    def paint_under(self, painter: QPainter, brush: Brush, card: Card, selected: bool) -> None:
        super().paint_under(painter, brush, card, selected)
        if card.shared:
            self.paint_still(painter, brush, card)

    def paint_tiles(self, painter: QPainter, brush: Brush, card: Card, images: TileImages | None) -> None:
        if not card.shared:
            super().paint_tiles(painter, brush, card, images)

    def paint_over(self, painter: QPainter, brush: Brush, card: Card, selected: bool) -> None:
        if card.shared:
            brush.marks(painter, card)
        else:
            super().paint_over(painter, brush, card, selected)

    def paint_live(
        self, painter: QPainter, brush: Brush, card: Card, layer: LayerSnapshot | None, learning: bool
    ) -> None:
        if card.shared:
            self.paint_own(painter, brush, card, layer)
        super().paint_live(painter, brush, card, layer, learning)


def framed(subject: Subject, left: float, width: float, height: float, above: float, below: float) -> QRectF:
    """A card around a picture of that height, which lies on the axis of the canvas.

    `above` and `below` are what is free between the picture and the card's header and foot.
    """
    top = subject.offset.y() - height / 2 - above - HEADER
    return QRectF(left, top, width, HEADER + above + height + below + FOOTER + BUTTONS)


def complete(subject: Subject, rect: QRectF, inner: tuple[Part, ...], units: int, inset: float) -> Card:
    """The card with what all of them have around their inner parts, of which so many rows are scrolled."""
    parts = (
        *outer_parts(subject, rect),
        *buttons(rect),
        *inner,
        *lower_edge(rect),
        *named_parts(rect),
        bar_part(rect, BUTTONS),
        Part(Role.CARD, rect),
    )
    return Card(
        subject.id, subject.position, rect, subject.title, subject.subtitle, units, subject.layer, parts,
        problem=subject.problem, remark=subject.remark, inset=inset, shared=True, pictures=True,
    )  # fmt: skip


def paint_squares(painter: QPainter, place: QRectF, image: QImage, edge: str) -> None:
    """A picture whose pixels are seen as squares, in a frame of that colour."""
    smooth = painter.testRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    painter.drawImage(place, image)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
    painter.setPen(QPen(QColor(edge), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(place)
