"""The card of a layer without neurons: slim, with its icon, and its name from below to above."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from playground.engine.layers import Layer
from playground.training.snapshot import LayerSnapshot
from widgets.canvas.brush import Brush
from widgets.canvas.cards import Card
from widgets.canvas.faces.base import Face, Subject, outer_parts
from widgets.canvas.parts import Part, Role
from widgets.canvas.sizes import PITCH, SLIM_FOOTER, SLIM_HEIGHT, SLIM_WIDTH


class SlimFace(Face):
    """Dropout, normalization, shapes, and whatever else only changes what passes."""

    @classmethod
    def suits(cls, kind: type[Layer] | None) -> bool:
        return kind is not None and not kind.has_neurons and not kind.merges

    def width(self, subject: Subject) -> float:
        return SLIM_WIDTH

    def card(self, subject: Subject, x: float) -> Card:
        rect = self.frame(subject, x)
        bottom = rect.bottom() - (SLIM_FOOTER - 3 if subject.learns else 0)
        bar = (
            (Part(Role.BAR, QRectF(rect.left() + 5, bottom, rect.width() - 10, 4)),) if subject.learns else ()
        )
        name = QRectF(rect.left(), rect.top(), SLIM_WIDTH, bottom - rect.top())
        summary = ()
        if hasattr(subject.layer, "activation"):
            summary = (Part(Role.ACTIVATION, name.adjusted(0, name.height() - 72, 0, 0)),)
        parts = (*outer_parts(subject, rect), *summary, *bar, Part(Role.NAME, name), Part(Role.CARD, rect))
        return Card(
            subject.id, subject.position, rect, subject.title, subject.subtitle, subject.units, subject.layer,
            parts, slim=True, problem=subject.problem, remark=subject.remark,
        )  # fmt: skip

    def frame(self, subject: Subject, x: float) -> QRectF:
        """Where the card is: as high as the layer's values would stand, but for its text at least."""
        least = SLIM_HEIGHT + (SLIM_FOOTER if subject.learns else 0)
        height = max(least, min(max(subject.units, 1), subject.most) * PITCH + 16)
        left, top = x + subject.offset.x(), subject.offset.y() - height / 2
        return QRectF(left, top, self.width(subject), height)

    def paint_over(self, painter: QPainter, brush: Brush, card: Card, selected: bool) -> None:
        assert card.layer is not None
        brush.body(painter, card, selected)
        brush.track(painter, card)
        brush.upright(painter, card, card.layer.icon)
        brush.marks(painter, card)

    def paint_live(
        self, painter: QPainter, brush: Brush, card: Card, layer: LayerSnapshot | None, learning: bool
    ) -> None:
        brush.gradient(painter, card, layer.gradient_norm if layer else None, learning)
