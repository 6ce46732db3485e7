"""The card of an external memory: where its heads look over time, and what stands in its slots at the end."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

import numpy as np
from PySide6.QtCore import QCoreApplication, QRectF
from PySide6.QtGui import QColor, QPainter

from playground.analysis.ranges import symmetric_level
from playground.engine.layers import Layer
from playground.engine.layers.external_memory import ExternalMemory
from playground.numbers.writing import figures, percent
from playground.training.snapshot import LayerSnapshot
from widgets.canvas.brush import Brush
from widgets.canvas.cards import Card
from widgets.canvas.faces.base import Subject
from widgets.canvas.faces.paint_steps import fade
from widgets.canvas.faces.shared import SharedFace, complete, framed, paint_squares
from widgets.canvas.parts import Part, Role
from widgets.canvas.sizes import HEADER
from widgets.pictures import signed_image

EDGE, GAP, CAPTION = 14.0, 14.0, 16.0
WIDE, HIGH = 112.0, 76.0
"""The picture of where a head looks: the slots below one another, the steps beside one another."""
NUMBER = 8.0
"""How wide a number of a slot is; there are many, and then they are less."""
NARROWEST, WIDEST = 34.0, 72.0
MOST_NUMBERS = 6
"""Numbers of what is written that are told."""


class MemoryFace(SharedFace):
    """Two pictures of slots by steps, written above read, and beside them the slots by their numbers."""

    kinds: ClassVar[tuple[type[Layer], ...]] = (ExternalMemory,)

    def shows_own(self, subject: Subject) -> bool:
        return super().shows_own(subject) and subject.steps > 0

    def wide(self, subject: Subject) -> float:
        return EDGE + WIDE + GAP + _width_of_slots(subject.layer) + EDGE

    def own_card(self, subject: Subject, left: float) -> Card:
        height = 2 * (CAPTION + HIGH)
        rect = framed(subject, left, self.wide(subject), height, 0, 6)
        heads, slots = _places(rect, subject.layer)
        column = WIDE / subject.steps
        steps = tuple(
            Part(Role.STEP, QRectF(heads.left() + step * column, heads.top(), column, heads.height()), step)
            for step in range(subject.steps)
        )
        inner = (Part(Role.TILE, slots, 0), *steps)
        card = complete(subject, rect, inner, 1, slots.left() - rect.left() - 2)
        return replace(card, steps=subject.steps)

    def paint_still(self, painter: QPainter, brush: Brush, card: Card) -> None:
        (written, read), slots = _pictures(card)
        for place, name in ((written, _tr("written")), (read, _tr("read")), (slots, _tr("slots"))):
            line = QRectF(place.left() - 4, place.top() - CAPTION, place.width() + 8, CAPTION - 1)
            brush.text(painter, line, name, brush.theme.muted)

    def paint_own(self, painter: QPainter, brush: Brush, card: Card, layer: LayerSnapshot | None) -> None:
        heads, slots = _pictures(card)
        for place, name in zip(heads, ("writing", "reading"), strict=True):
            weights = None if layer is None else layer.seen.get(name)
            _paint(painter, brush, place, None if weights is None else weights.T, 1.0)
            if weights is not None and 0 < len(brush.steps) < len(weights):
                gone = place.width() * (1 - len(brush.steps) / len(weights))
                fade(painter, brush.theme, place.adjusted(place.width() - gone, 0, 0, 0))
        held = None if layer is None else _held(layer, card)
        _paint(painter, brush, slots, held, 1.0 if held is None else symmetric_level(held))

    def measures(self, layer: LayerSnapshot | None, unit: int) -> tuple[str, ...]:
        """Where the heads look at a step, and what is written."""
        if layer is None or "writing" not in layer.seen or not 0 <= unit < len(layer.seen["writing"]):
            return ()
        texts = (_tr("writes {0} to slot {1}"), _tr("reads {0} from slot {1}"))
        looks = (layer.seen[name][unit] for name in ("writing", "reading"))
        found = [
            text.format(percent(float(weights.max())), int(weights.argmax()) + 1)
            for text, weights in zip(texts, looks, strict=True)
        ]
        return (*found, _tr("adds {0}").format(_numbers(layer.seen["added"][unit])))

    def of_neuron(self, layer: LayerSnapshot | None, unit: int) -> tuple[str, ...]:
        """What stands in the slots behind the last step."""
        memory = None if layer is None else layer.seen.get("memory")
        if memory is None:
            return ()
        low, high = float(memory[-1].min()), float(memory[-1].max())
        return (_tr("behind the last step {0} to {1}").format(figures(low, 3), figures(high, 3)),)


def _width_of_slots(layer: Layer | None) -> float:
    assert isinstance(layer, ExternalMemory)
    return min(max(NUMBER * layer.width, NARROWEST), WIDEST)


def _places(rect: QRectF, layer: Layer | None) -> tuple[QRectF, QRectF]:
    """Where the heads are, from the upper picture to the lower, and where the slots are."""
    top = rect.top() + HEADER + CAPTION
    heads = QRectF(rect.left() + EDGE, top, WIDE, 2 * HIGH + CAPTION)
    return heads, QRectF(heads.right() + GAP, top, _width_of_slots(layer), heads.height())


def _pictures(card: Card) -> tuple[tuple[QRectF, QRectF], QRectF]:
    """Where is painted what is written and read, and the slots."""
    heads, slots = _places(card.rect, card.layer)
    written = QRectF(heads.left(), heads.top(), WIDE, HIGH)
    return (written, written.translated(0, HIGH + CAPTION)), slots


def _held(layer: LayerSnapshot, card: Card) -> np.ndarray | None:
    """The slots behind the last step, (slots, numbers)."""
    memory = layer.seen.get("memory")
    assert isinstance(card.layer, ExternalMemory)
    return None if memory is None else memory[-1].reshape(card.layer.slots, -1)


def _paint(painter: QPainter, brush: Brush, place: QRectF, values: np.ndarray | None, level: float) -> None:
    if values is None:
        painter.fillRect(place, QColor(brush.theme.zero))
        return
    image = signed_image(np.nan_to_num(values), (-level, level), brush.theme)
    paint_squares(painter, place, image, brush.theme.border)


def _numbers(values: np.ndarray) -> str:
    shown = ", ".join(figures(value, 2) for value in values.tolist()[:MOST_NUMBERS])
    return f"{shown}, …" if len(values) > MOST_NUMBERS else shown


def _tr(text: str) -> str:
    return QCoreApplication.translate("CanvasCards", text)
