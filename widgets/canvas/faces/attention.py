"""The card of self-attention: how much each step takes from each, as a picture, to × from."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from PySide6.QtCore import QCoreApplication, QRectF
from PySide6.QtGui import QColor, QPainter

from playground.engine.layers import Layer
from playground.engine.layers.attention import SelfAttention
from playground.numbers.writing import percent, whole
from playground.training.snapshot import LayerSnapshot
from widgets.canvas.brush import Brush
from widgets.canvas.cards import Card
from widgets.canvas.faces.base import Subject
from widgets.canvas.faces.shared import SharedFace, complete, framed, paint_squares
from widgets.canvas.parts import Part, Role
from widgets.canvas.sizes import HEADER
from widgets.pictures import signed_image

SIDE, BESIDE = 132.0, 20.0
"""The side of the picture, and what is free beside and below it for names."""
LEAST_CELL = 11.0
"""How large a place must be for the names of steps to be written."""
MOST_TOLD = 3
"""The steps that a step takes most from, told by name."""


class AttentionFace(SharedFace):
    """One picture: the rows are the steps that look, the columns those that are looked at."""

    kinds: ClassVar[tuple[type[Layer], ...]] = (SelfAttention,)

    def wide(self, subject: Subject) -> float:
        return SIDE + 2 * BESIDE

    def own_card(self, subject: Subject, left: float) -> Card:
        rect = framed(subject, left, self.wide(subject), SIDE, 0, BESIDE)
        tile = Part(Role.TILE, QRectF(left + BESIDE, rect.top() + HEADER, SIDE, SIDE), 0)
        return complete(subject, rect, (tile,), 1, BESIDE - 6)

    def paint_own(self, painter: QPainter, brush: Brush, card: Card, layer: LayerSnapshot | None) -> None:
        _paint_weights(painter, brush, card, weights_of_steps(layer))

    def of_neuron(self, layer: LayerSnapshot | None, unit: int) -> tuple[str, ...]:
        """Which steps look most at which."""
        weights = weights_of_steps(layer)
        if weights is None:
            return ()
        strongest = np.argsort(weights, axis=None)[::-1][:MOST_TOLD]
        pairs = (np.unravel_index(place, weights.shape) for place in strongest)
        return tuple(
            _tr("step {0} takes {1} from step {2}").format(
                whole(int(to) + 1), percent(float(weights[to, source])), whole(int(source) + 1)
            )
            for to, source in pairs
        )


def weights_of_steps(layer: LayerSnapshot | None) -> np.ndarray | None:
    """How much each step takes from each, (to, from)."""
    return None if layer is None else layer.seen.get("weights")


def _paint_weights(painter: QPainter, brush: Brush, card: Card, weights: np.ndarray | None) -> None:
    place, theme = card.tiles[0].rect, brush.theme
    if weights is None:
        painter.fillRect(place, QColor(theme.zero))
        return
    there = len(brush.steps) or len(weights)
    shown = np.nan_to_num(weights[:there, :there])
    level = float(shown.max()) or 1.0
    paint_squares(painter, place, signed_image(shown, (-level, level), theme), theme.border)
    if (cell := SIDE / there) >= LEAST_CELL:
        for step, name in enumerate(brush.steps):
            at = (step + 0.5) * cell
            brush.text(painter, QRectF(place.left() + at - 8, place.bottom() + 2, 16, 14), name, theme.muted)
            brush.text(painter, QRectF(place.left() - 16, place.top() + at - 7, 14, 14), name, theme.muted)


def _tr(text: str) -> str:
    return QCoreApplication.translate("CanvasCards", text)
