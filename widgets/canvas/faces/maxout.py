"""The card of Maxout: beside each neuron the weights of its pieces, a row a piece, the bias last."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from PySide6.QtCore import QCoreApplication, QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from playground.engine.layers import Layer, Maxout
from playground.numbers.writing import figures
from playground.training.snapshot import LayerSnapshot
from widgets.canvas.brush import Brush
from widgets.canvas.cards import Card
from widgets.canvas.faces.base import Subject
from widgets.canvas.faces.neurons import NeuronFace
from widgets.canvas.parts import Part, Role
from widgets.colouring import diverging_pixels, places

STRIP, GAP = 22.0, 6.0
MOST_NUMBERS = 6
"""So many numbers of a piece are written out."""


class MaxoutFace(NeuronFace):
    """Neurons with their pieces."""

    kinds: ClassVar[tuple[type[Layer], ...]] = (Maxout,)
    room = STRIP + GAP

    def beside(self, tiles: list[Part], subject: Subject) -> list[Part]:
        pieces = [
            Part(
                Role.PIECES,
                QRectF(tile.rect.left() - self.room, tile.rect.top(), STRIP, tile.rect.height()),
                tile.unit,
            )
            for tile in tiles
        ]
        return [*super().beside(tiles, subject), *pieces]

    def paint_live(
        self, painter: QPainter, brush: Brush, card: Card, layer: LayerSnapshot | None, learning: bool
    ) -> None:
        super().paint_live(painter, brush, card, layer, learning)
        blocks = None if layer is None else layer.blocks.get("pieces")
        smooth = painter.testRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        painter.setBrush(QColor(0, 0, 0, 0))
        painter.setPen(QPen(QColor(brush.theme.border), 1))
        for part in card.parts:
            if part.role is Role.PIECES:
                if blocks is None or part.unit >= blocks.shape[1]:
                    painter.fillRect(part.rect, QColor(brush.theme.zero))
                else:
                    seen = places(np.tanh(blocks[:, part.unit]), -1, 1)
                    pixels = np.ascontiguousarray(diverging_pixels(brush.theme)[seen])
                    rows, columns = seen.shape
                    image = QImage(pixels.data, columns, rows, 4 * columns, QImage.Format.Format_RGB32)
                    painter.drawImage(part.rect, image)
                painter.drawRect(part.rect)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)

    def measures(self, layer: LayerSnapshot | None, unit: int) -> tuple[str, ...]:
        blocks = None if layer is None else layer.blocks.get("pieces")
        if blocks is None or not 0 <= unit < blocks.shape[1]:
            return ()
        return tuple(_line(number, piece) for number, piece in enumerate(blocks[:, unit], 1))


def _line(number: int, piece: np.ndarray) -> str:
    weights = ", ".join(figures(float(weight), 3) for weight in piece[:-1][:MOST_NUMBERS])
    if len(piece) - 1 > MOST_NUMBERS:
        weights += ", …"
    text = QCoreApplication.translate("CanvasCards", "piece {0}: weights {1}; bias {2}")
    return text.format(number, weights, figures(float(piece[-1]), 3))
