"""The card of Batch norm: for each value its running mean and deviation, γ and β, as small bars."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from playground.engine.layers import BatchNorm, Layer
from playground.numbers.writing import figures
from playground.training.snapshot import LayerSnapshot
from widgets.canvas.brush import Brush
from widgets.canvas.cards import Card
from widgets.canvas.faces.base import Subject
from widgets.canvas.faces.measured import MeasuredFace
from widgets.canvas.sizes import SLIM_WIDTH

NAMES = ("μ", "σ", "γ", "β")
COLUMN = 10.0
BARS = COLUMN * len(NAMES)


class BatchNormFace(MeasuredFace):
    """A row of four bars for each value, or channel."""

    kinds: ClassVar[tuple[type[Layer], ...]] = (BatchNorm,)
    room = BARS

    def rows(self, subject: Subject) -> int:
        return subject.shape[-1]

    def paint_over(self, painter: QPainter, brush: Brush, card: Card, selected: bool) -> None:
        super().paint_over(painter, brush, card, selected)
        for column, name in enumerate(NAMES):
            place = QRectF(card.rect.left() + SLIM_WIDTH + column * COLUMN - 2, card.rect.top() + 10, 14, 13)
            brush.text(painter, place, name, brush.theme.muted)

    def paint_live(
        self, painter: QPainter, brush: Brush, card: Card, layer: LayerSnapshot | None, learning: bool
    ) -> None:
        super().paint_live(painter, brush, card, layer, learning)
        values = _values(layer)
        for part in card.rows:
            middle = part.rect.center().y()
            painter.setPen(QPen(QColor(brush.theme.border), 1))
            painter.drawLine(QLineF(part.rect.left(), middle, part.rect.right(), middle))
            if values is None or part.unit >= values.shape[1]:
                continue
            painter.setPen(Qt.PenStyle.NoPen)
            for column, value in enumerate(np.nan_to_num(values[:, part.unit]).tolist()):
                height = float(np.tanh(value / 2)) * part.rect.height() / 2
                painter.setBrush(QColor(brush.theme.positive if value >= 0 else brush.theme.negative))
                bar = QRectF(part.rect.left() + column * COLUMN + 2, middle, COLUMN - 4, -height)
                painter.drawRect(bar.normalized())

    def measures(self, layer: LayerSnapshot | None, unit: int) -> tuple[str, ...]:
        values = _values(layer)
        if values is None or not 0 <= unit < values.shape[1]:
            return ()
        numbers = (figures(float(value), 3) for value in values[:, unit])
        return tuple(f"{name} {number}" for name, number in zip(NAMES, numbers, strict=True))


def _values(layer: LayerSnapshot | None) -> np.ndarray | None:
    """μ, σ, γ and β of each value, (4, units); None where the snapshot does not have them."""
    names = ("running_mean", "running_variance", "gamma", "beta")
    if layer is None or any(name not in layer.blocks for name in names):
        return None
    mean, variance, gamma, beta = (layer.blocks[name] for name in names)
    return np.stack([mean, np.sqrt(variance), gamma, beta])
