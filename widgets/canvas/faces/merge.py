"""The card of a layer that reads several others: slim, and its values leave it, not what it reads."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF

from playground.engine.layers import Layer
from widgets.canvas.cards import Card
from widgets.canvas.faces.base import Subject
from widgets.canvas.faces.slim import SlimFace

CLOSEST, ENDS = 14.0, 12.0
"""How near two values leave each other at least, and how far from the ends of the card."""


class MergeFace(SlimFace):
    """Add, Concatenate, and whatever else reads several layers."""

    @classmethod
    def suits(cls, kind: type[Layer] | None) -> bool:
        return kind is not None and kind.merges and not kind.has_neurons

    def card(self, subject: Subject, x: float) -> Card:
        card = super().card(subject, x)
        return replace(card, points=_points(card.rect, subject.units))


def _points(rect: QRectF, units: int) -> tuple[QPointF, ...]:
    count = min(units, max(int(rect.height() // CLOSEST), 1))
    step = (rect.height() - 2 * ENDS) / max(count, 1)
    top = rect.top() + ENDS + step / 2
    return tuple(QPointF(rect.right(), top + index * step) for index in range(count))
