"""The card of a layer on a grid: a picture for each channel, and beside it the kernel that it looks with."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from playground.analysis.ranges import ANY, neuron_ranges
from playground.engine.layers import Layer
from playground.numbers.writing import figures
from playground.training.snapshot import LayerSnapshot, tile_count
from widgets.canvas.brush import Brush
from widgets.canvas.cards import Card
from widgets.canvas.faces.base import Subject
from widgets.canvas.faces.neurons import NeuronFace
from widgets.canvas.parts import Part, Role
from widgets.pictures import signed_image
from widgets.theme import Theme

MOST_NUMBERS = 25
"""Weights of a kernel that are written out."""

KERNEL, GAP = 22.0, 8.0
"""The side of a kernel's picture, and what is free between it and the map that it gives."""


class GridFace(NeuronFace):
    """Convolutions, pools, and whatever else gives pictures or sequences."""

    @classmethod
    def suits(cls, kind: type[Layer] | None) -> bool:
        return kind is not None and kind.has_neurons and bool(kind.axes)

    def width(self, subject: Subject) -> float:
        return super().width(subject) + (KERNEL if _looks(subject.layer) else 0)

    def card(self, subject: Subject, x: float) -> Card:
        count = tile_count(subject.shape, subject.over_sample)
        pictures = subject.over_sample and len(subject.shape) > 1
        return replace(super().card(replace(subject, units=count), x), pictures=pictures)

    def indent(self, subject: Subject) -> float:
        return KERNEL + GAP if _looks(subject.layer) else 0.0

    def beside(self, tiles: list[Part], subject: Subject) -> list[Part]:
        """What stands at each tile: its kernel."""
        if not _looks(subject.layer) or not subject.over_sample:
            return []
        return [
            Part(
                Role.KERNEL,
                QRectF(tile.rect.left() - GAP - KERNEL, tile.rect.center().y() - KERNEL / 2, KERNEL, KERNEL),
                tile.unit,
            )
            for tile in tiles
        ]

    def paint_live(
        self, painter: QPainter, brush: Brush, card: Card, layer: LayerSnapshot | None, learning: bool
    ) -> None:
        if card.area(Role.BAR) is not None:
            brush.gradient(painter, card, layer.gradient_norm if layer else None, learning)
        if (kernels := _kernels(layer, card)) is None:
            return
        for part in card.parts:
            if part.role is Role.KERNEL and part.unit < len(kernels):
                _paint_kernel(painter, part.rect, kernels[part.unit], brush.theme)

    def measures(self, layer: LayerSnapshot | None, unit: int) -> tuple[str, ...]:
        weights = None if layer is None else layer.blocks.get("weights")
        if weights is None or weights.ndim != 2 or not 0 <= unit < len(weights):
            return ()
        *kernel, bias = weights[unit].tolist()
        shown = ", ".join(figures(value, 2) for value in kernel[:MOST_NUMBERS])
        more = ", …" if len(kernel) > MOST_NUMBERS else ""
        return _tr("kernel {0}").format(shown + more), _tr("bias {0}").format(figures(bias, 3))


def _looks(layer: Layer | None) -> bool:
    """Whether a layer learns kernels to look with."""
    return hasattr(layer, "kernel") and hasattr(layer, "frozen")


def _kernels(layer: LayerSnapshot | None, card: Card) -> np.ndarray | None:
    """The kernels of a convolution, the mean over its channels, (filters, height, width); None without."""
    if layer is None or "weights" not in layer.blocks or not _looks(card.layer):
        return None
    weights = layer.blocks["weights"][:, :-1]
    size = card.layer.kernel
    tall = size if len(card.layer.axes) == 3 else 1
    return weights.reshape(len(weights), -1, tall, size).mean(axis=1)


def _paint_kernel(painter: QPainter, place: QRectF, kernel: np.ndarray, theme: Theme) -> None:
    ends = neuron_ranges(kernel[np.newaxis], ANY)[0].tolist()
    height = place.width() * kernel.shape[0] / kernel.shape[1]
    area = QRectF(place.left(), place.center().y() - height / 2, place.width(), height)
    smooth = painter.testRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    painter.drawImage(area, signed_image(kernel, ends, theme))
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
    painter.setPen(QPen(QColor(theme.border), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(area)


def _tr(text: str) -> str:
    return QCoreApplication.translate("CanvasCards", text)
