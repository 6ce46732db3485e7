"""The card of a sparsity layer: how active each neuron is on average, against what it is to be."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from PySide6.QtCore import QCoreApplication, QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from playground.engine.layers import Layer
from playground.engine.layers.sparsity import Sparsity
from playground.numbers.writing import figures
from playground.training.snapshot import LayerSnapshot
from widgets.canvas.brush import Brush
from widgets.canvas.cards import Card
from widgets.canvas.faces.measured import MeasuredFace

ROOM = 64.0
LEAST_REACH = 0.2
"""A row goes from 0 to the largest mean, but at least that far."""


class SparsityFace(MeasuredFace):
    """A bar for each neuron, and a line at the mean that KL is to; L1 has none but 0."""

    kinds: ClassVar[tuple[type[Layer], ...]] = (Sparsity,)
    room = ROOM
    pitch = 9.0
    high = 7.0

    def paint_over(self, painter: QPainter, brush: Brush, card: Card, selected: bool) -> None:
        super().paint_over(painter, brush, card, selected)
        if card.rows:
            first = card.rows[0].rect
            place = QRectF(first.left() - 2, card.rect.top() + 10, ROOM + 4, 14)
            brush.text(painter, place, _tr("mean |a|") if _is_l1(card) else _tr("mean a"), brush.theme.muted)

    def paint_live(
        self, painter: QPainter, brush: Brush, card: Card, layer: LayerSnapshot | None, learning: bool
    ) -> None:
        super().paint_live(painter, brush, card, layer, learning)
        means = None if layer is None else layer.activity
        if means is None or not len(card.rows):
            return
        target, theme = _target(card), brush.theme
        reach = max(float(np.abs(np.nan_to_num(means)).max(initial=0)), LEAST_REACH, 1.25 * target)
        painter.setPen(Qt.PenStyle.NoPen)
        for part in card.rows:
            if part.unit < len(means):
                value = float(np.nan_to_num(means[part.unit]))
                bar = QRectF(part.rect)
                bar.setWidth(max(abs(value) / reach * ROOM, 1.0))
                painter.setBrush(QColor(theme.positive if value >= 0 else theme.negative))
                painter.drawRect(bar)
        top, bottom = card.rows[0].rect.top() - 3, card.rows[-1].rect.bottom() + 3
        at = card.rows[0].rect.left() + target / reach * ROOM
        painter.setPen(QPen(QColor(theme.border if _is_l1(card) else theme.text), 1.5))
        painter.drawLine(QLineF(at, top, at, bottom))

    def measures(self, layer: LayerSnapshot | None, unit: int) -> tuple[str, ...]:
        means = None if layer is None else layer.activity
        if means is None or not 0 <= unit < len(means):
            return ()
        return (_tr("over training samples {0}").format(figures(float(means[unit]), 3)),)


def _is_l1(card: Card) -> bool:
    return isinstance(card.layer, Sparsity) and card.layer.by == "l1"


def _target(card: Card) -> float:
    """The mean that each neuron is to have."""
    return 0.0 if _is_l1(card) or not isinstance(card.layer, Sparsity) else card.layer.rho


def _tr(text: str) -> str:
    return QCoreApplication.translate("CanvasCards", text)
