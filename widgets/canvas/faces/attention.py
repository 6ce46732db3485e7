"""The card of self-attention: how much each step takes from each, as a picture, to × from."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from playground.engine.layers import Layer
from playground.engine.layers.attention import SelfAttention
from playground.numbers.writing import percent, whole
from playground.training.snapshot import LayerSnapshot
from widgets.canvas.brush import Brush
from widgets.canvas.cards import Card
from widgets.canvas.faces.base import Subject, outer_parts
from widgets.canvas.faces.grid import GridFace
from widgets.canvas.faces.neurons import buttons, lower_edge
from widgets.canvas.paint_tiles import TileImages
from widgets.canvas.parts import Part, Role
from widgets.canvas.sizes import BUTTONS, FOOTER, HEADER
from widgets.pictures import signed_image

SIDE, BESIDE = 132.0, 20.0
"""The side of the picture, and what is free beside and below it for names."""
LEAST_CELL = 11.0
"""How large a place must be for the names of steps to be written."""
MOST_TOLD = 3
"""The steps that a step takes most from, told by name."""


class AttentionFace(GridFace):
    """One picture: the rows are the steps that look, the columns those that are looked at."""

    kinds: ClassVar[tuple[type[Layer], ...]] = (SelfAttention,)

    def width(self, subject: Subject) -> float:
        return SIDE + 2 * BESIDE if subject.over_sample else super().width(subject)

    def card(self, subject: Subject, x: float) -> Card:
        if not subject.over_sample:
            return super().card(subject, x)
        x += subject.offset.x()
        width, top = self.width(subject), subject.offset.y() - SIDE / 2
        height = HEADER + SIDE + BESIDE + FOOTER + BUTTONS
        rect = QRectF(x, top - HEADER, width, height)
        parts = (
            *outer_parts(subject, rect),
            *buttons(rect),
            Part(Role.TILE, QRectF(x + BESIDE, top, SIDE, SIDE), 0),
            Part(Role.SUMMARY, QRectF(x + 2, rect.top() + 25, width - 4, 15)),
            *lower_edge(rect),
            Part(Role.NAME, QRectF(x + 6, rect.top() + 8, width - 12, 17)),
            Part(Role.BAR, QRectF(x + 12, rect.bottom() - FOOTER - BUTTONS + 6, width - 24, 4)),
            Part(Role.CARD, rect),
        )
        return Card(
            subject.id, subject.position, rect, subject.title, subject.subtitle, 1, subject.layer, parts,
            problem=subject.problem, remark=subject.remark, inset=BESIDE - 6, shared=True, pictures=True,
        )  # fmt: skip

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
            _paint_weights(painter, brush, card, weights_of_steps(layer))
        brush.gradient(painter, card, layer.gradient_norm if layer else None, learning)

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
    smooth = painter.testRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    painter.drawImage(place, signed_image(shown, (-level, level), theme))
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
    painter.setPen(QPen(QColor(theme.border), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(place)
    if (cell := SIDE / there) >= LEAST_CELL:
        for step, name in enumerate(brush.steps):
            at = (step + 0.5) * cell
            brush.text(painter, QRectF(place.left() + at - 8, place.bottom() + 2, 16, 14), name, theme.muted)
            brush.text(painter, QRectF(place.left() - 16, place.top() + at - 7, 14, 14), name, theme.muted)


def _tr(text: str) -> str:
    return QCoreApplication.translate("CanvasCards", text)
