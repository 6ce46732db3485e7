"""Slim cards with room beside their name for something of each value: bars, or dots."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from PySide6.QtCore import QRectF

from playground.engine.layers import Layer
from widgets.canvas.cards import Card
from widgets.canvas.faces.base import Subject
from widgets.canvas.faces.slim import SlimFace
from widgets.canvas.parts import Part, Role
from widgets.canvas.sizes import PITCH, SLIM_WIDTH, TILE

ENDS = 30.0
"""What is free above the uppermost row, for what stands over the rows, and below the lowest."""


class MeasuredFace(SlimFace):
    """Each value has a row of that height and width, which is pointed at for its numbers."""

    room: ClassVar[float]
    """How wide the rows are."""
    pitch: ClassVar[float] = PITCH
    """From one row to the next below."""
    high: ClassVar[float] = TILE

    @classmethod
    def suits(cls, kind: type[Layer] | None) -> bool:
        return False

    def shows_rows(self, subject: Subject) -> bool:
        """Whether there is anything to see in the rows."""
        return True

    def rows(self, subject: Subject) -> int:
        """How many there are, in sight or not."""
        return subject.units

    def width(self, subject: Subject) -> float:
        return super().width(subject) + (self.room + 6 if self.shows_rows(subject) else 0)

    def card(self, subject: Subject, x: float) -> Card:
        if not self.shows_rows(subject):
            return super().card(subject, x)
        subject = replace(subject, units=self.rows(subject))
        card = super().card(subject, x)
        count, first = subject.visible(subject.units, self.pitch)
        left, top = card.rect.left() + SLIM_WIDTH, card.rect.center().y() - count * self.pitch / 2
        shift = (self.pitch - self.high) / 2
        rows = tuple(
            Part(
                Role.MEASURES,
                QRectF(left, top + row * self.pitch + shift, self.room, self.high),
                first + row,
            )
            for row in range(count)
        )
        return replace(card, parts=(*card.parts[:-2], *rows, *card.parts[-2:]))

    def frame(self, subject: Subject, x: float) -> QRectF:
        frame = super().frame(subject, x)
        if not self.shows_rows(subject):
            return frame
        count, _ = subject.visible(self.rows(subject), self.pitch)
        more = count * self.pitch + 2 * ENDS - frame.height()
        return frame.adjusted(0, -more / 2, 0, more / 2) if more > 0 else frame
