"""Paints what every neuron gives: all tiles of a layer are coloured at once, as one image."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen, QPolygonF

from playground.analysis.ranges import Range, symmetric_level
from playground.training.snapshot import LayerSnapshot
from widgets.canvas.cards import Card
from widgets.canvas.parts import Role
from widgets.colouring import channel_pixels, diverging_colours, diverging_pixels, neuron_places, places
from widgets.quick import draw_part
from widgets.theme import Theme

BIAS_SCALE = 1.0


class TileImages:
    """The maps of one layer, coloured: tile by tile below one another, or as curves where data is a line."""

    def __init__(
        self,
        maps: NDArray[np.floating] | None,
        first_unit: int,
        bounds: Range,
        theme: Theme,
        over_sample: bool = False,
        colours: bool = False,
        seen: tuple[int, int] | None = None,
    ) -> None:
        """Colour maps, or only those from one neuron to another that are seen."""
        self.over_sample = over_sample
        """Whether its pixels are values of one sample, the uppermost first, and not to be blended."""
        self.first_unit = first_unit
        self.image: QImage | None = None
        self._width = self._height = 0
        self.heights: NDArray[np.floating] | None = None
        if maps is None or not maps.size:
            return
        if (
            over_sample and not np.isfinite(bounds).all()
        ):  # one value each: only beside the others is it large
            level = symmetric_level(maps)
            bounds = (-level, level)
        if seen is not None:  # no others are coloured
            first = max(seen[0] - first_unit, 0)
            maps, self.first_unit = maps[first : seen[1] + 1 - first_unit], first_unit + first
            if not len(maps):
                return
        shades = neuron_places(maps, bounds)
        if maps.ndim == 2:
            self.heights = shades / 255.0
            return
        # Maps have the lowest x₂ first, pictures the highest; QImage shares the memory, which must be kept.
        upright = shades if over_sample else shades[:, ::-1]
        pixels = channel_pixels(maps) if colours else diverging_pixels(theme)[upright]
        self._pixels = np.ascontiguousarray(pixels)
        _, self._height, self._width = maps.shape
        size = (self._width, len(maps) * self._height)
        self.image = QImage(self._pixels.data, *size, 4 * self._width, QImage.Format.Format_RGB32)

    def source(self, unit: int) -> QRectF | None:
        """Where a neuron's map lies in the image."""
        row = unit - self.first_unit
        if self.image is None or not 0 <= row * self._height < self.image.height():
            return None
        return QRectF(0, row * self._height, self._width, self._height)

    def curve(self, unit: int, rect: QRectF) -> QPolygonF | None:
        """A neuron's curve, inside its tile."""
        row = unit - self.first_unit
        if self.heights is None or not 0 <= row < len(self.heights):
            return None
        heights = self.heights[row]
        xs = np.linspace(rect.left() + 2, rect.right() - 2, len(heights)).tolist()
        ys = (rect.bottom() - 4 - heights * (rect.height() - 8)).tolist()
        return QPolygonF([QPointF(x, y) for x, y in zip(xs, ys, strict=True)])


def paint_tiles(painter: QPainter, card: Card, images: TileImages | None, theme: Theme) -> None:
    """The maps of a card's neurons, square; `paint_frames` rounds them."""
    empty = QColor(theme.zero)
    smooth = painter.testRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.setRenderHint(
        QPainter.RenderHint.SmoothPixmapTransform, smooth and not (images and images.over_sample)
    )
    for tile in card.tiles:
        source = images.source(tile.unit) if images else None
        if images is None or images.image is None or source is None:
            painter.fillRect(tile.rect, empty)
        else:
            draw_part(painter, tile.rect, images.image, source)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
    if images is None or images.heights is None:
        return
    painter.setPen(QPen(QColor(theme.positive), 1.6))
    for tile in card.tiles:
        if (curve := images.curve(tile.unit, tile.rect)) is not None:
            painter.drawPolyline(curve)


def paint_biases(painter: QPainter, card: Card, layer: LayerSnapshot | None, theme: Theme) -> None:
    """The small squares that show the biases."""
    if layer is None or layer.bias is None:
        return
    colours = diverging_colours(places(np.tanh(layer.bias / BIAS_SCALE), -1, 1), theme)
    for part in card.parts:
        if part.role is Role.BIAS and part.unit < len(colours):
            painter.fillRect(part.rect.adjusted(1.5, 1.5, -1.5, -1.5), QColor(colours[part.unit]))


def paint_frames(painter: QPainter, card: Card, theme: Theme, radius: float = 6.0) -> None:
    """What lies over the tiles and does not move: round corners, thin outlines, places of the biases."""
    corners, outlines, places = QPainterPath(), QPainterPath(), QPainterPath()
    for tile in card.tiles:
        corners.addRect(tile.rect.adjusted(-0.5, -0.5, 0.5, 0.5))
        corners.addRoundedRect(tile.rect, radius, radius)
        outlines.addRoundedRect(tile.rect, radius, radius)
    for part in card.parts:
        if part.role is Role.BIAS:
            places.addRoundedRect(part.rect, 2, 2)
    painter.fillPath(corners, QColor(theme.card))
    line = QColor(theme.text)
    line.setAlpha(28)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(line, 1))
    painter.drawPath(outlines)
    painter.fillPath(places, QColor(theme.card))
    line.setAlpha(70)
    painter.setPen(QPen(line, 0.8))
    painter.drawPath(places)
