"""The card of a variational code: where the chosen sample lies in it, and how sure the network is of that."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from PySide6.QtCore import QCoreApplication, QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from playground.engine.layers import Layer
from playground.engine.layers.variational import Variational
from playground.numbers.writing import figures
from playground.training.snapshot import LayerSnapshot
from widgets.canvas.brush import Brush
from widgets.canvas.cards import Card
from widgets.canvas.faces.base import Subject
from widgets.canvas.faces.measured import MeasuredFace
from widgets.contrast import mixed

REACH = 3.0
"""A row goes from −3 to 3: beyond that is hardly anything of a normal distribution."""
DOT = 3.5


class VariationalFace(MeasuredFace):
    """A row for each value of the code: a dot at μ with a bar of σ either side, over a band from −1 to 1."""

    kinds: ClassVar[tuple[type[Layer], ...]] = (Variational,)
    room = 78.0
    pitch = 30.0
    high = 24.0

    def shows_rows(self, subject: Subject) -> bool:
        return subject.over_sample

    def paint_over(self, painter: QPainter, brush: Brush, card: Card, selected: bool) -> None:
        super().paint_over(painter, brush, card, selected)
        theme = brush.theme
        for part in card.rows:
            row, middle = part.rect, part.rect.center()
            band = QRectF(QPointF(_at(row, -1.0), row.top()), QPointF(_at(row, 1.0), row.bottom()))
            painter.fillRect(band, mixed(theme.card, theme.muted, 0.14))
            painter.setPen(QPen(QColor(theme.border), 1))
            painter.drawLine(QLineF(row.left(), middle.y(), row.right(), middle.y()))
            painter.drawLine(QLineF(middle.x(), row.top(), middle.x(), row.bottom()))
        for value, text in ((-REACH, "−3"), (0.0, "0"), (REACH, "3")) if card.rows else ():
            place = QRectF(_at(card.rows[0].rect, value) - 10, card.rect.top() + 10, 20, 13)
            brush.text(painter, place.translated(-np.sign(value) * 5, 0), text, theme.muted)

    def paint_live(
        self, painter: QPainter, brush: Brush, card: Card, layer: LayerSnapshot | None, learning: bool
    ) -> None:
        super().paint_live(painter, brush, card, layer, learning)
        codes = _codes(layer)
        if codes is None:
            return
        colour = QColor(brush.theme.accent)
        for part in card.rows:
            if part.unit >= codes.shape[1]:
                continue
            mean, deviation = codes[:, part.unit].tolist()
            row, y = part.rect, part.rect.center().y()
            ends = [_at(row, min(max(mean + side * deviation, -REACH), REACH)) for side in (-1, 1)]
            painter.setPen(QPen(colour, 2))
            painter.drawLine(QLineF(ends[0], y, ends[1], y))
            for end in ends:
                painter.drawLine(QLineF(end, y - 4, end, y + 4))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawEllipse(QPointF(_at(row, min(max(mean, -REACH), REACH)), y), DOT, DOT)

    def measures(self, layer: LayerSnapshot | None, unit: int) -> tuple[str, ...]:
        codes = _codes(layer)
        if codes is None or not 0 <= unit < codes.shape[1]:
            return ()
        mean, deviation = (float(value) for value in codes[:, unit])
        variance = deviation**2
        apart = (mean**2 + variance - 1 - np.log(variance)) / 2 if variance else np.inf
        return (
            f"μ {figures(mean, 3)}",
            f"σ {figures(deviation, 3)}",
            _tr("KL to N(0, 1) {0}").format(figures(float(apart), 3)),
        )


def _codes(layer: LayerSnapshot | None) -> np.ndarray | None:
    """μ and σ of each value for the chosen sample, (2, values); None where they are not all numbers."""
    if layer is None or "mean" not in layer.seen:
        return None
    found = np.stack([layer.seen["mean"], layer.seen["deviation"]]).astype(np.float64)
    return found if np.isfinite(found).all() else None


def _at(row: QRectF, value: float) -> float:
    """Where a value is in a row."""
    return row.center().x() + value / REACH * row.width() / 2


def _tr(text: str) -> str:
    return QCoreApplication.translate("CanvasCards", text)
