"""The tiles of each layer of a run, small: what its neurons make of the data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.engine.edits import label
from playground.training.snapshot import Snapshot
from widgets import theme
from widgets.canvas.paint_tiles import TileImages
from widgets.quick import draw_part
from widgets.sentences import sentence

SIDES = (34, 28, 22, 16, 12)
GAP, TITLE, BETWEEN = 4.0, 18.0, 8.0
MOST_TILES = 16
"""Of a layer."""


@dataclass(frozen=True)
class LayerTiles:
    """A layer's name and its neurons."""

    name: str
    images: TileImages
    count: int


class TilesOfLayers(QWidget):
    """All hidden layers of a network below one another, as many tiles as there is room for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.layers: tuple[LayerTiles, ...] = ()
        self._places: list[tuple[LayerTiles, int | None, QRectF]] = []
        self._shown: Snapshot | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Layers"))

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show what its neurons make of the data."""
        before, self._shown = self._shown, snapshot
        known = {} if before is None else before.layers
        if any(known.get(name) is None or known[name].maps is not layer.maps
               for name, layer in snapshot.layers.items()):  # fmt: skip
            self._colour(snapshot)

    def recolour(self) -> None:
        """Take on the colours of another theme."""
        if self._shown is not None:
            self._colour(self._shown)

    def _colour(self, snapshot: Snapshot) -> None:
        shapes = [(layer.name, layer.count) for layer in self.layers]
        self.layers = tuple(_layers(snapshot))
        if shapes != [(layer.name, layer.count) for layer in self.layers]:
            self._lay_out()
        else:
            now = {layer.name: layer for layer in self.layers}
            self._places = [(now[layer.name], unit, rect) for layer, unit, rect in self._places]
        self.update()

    def sizeHint(self) -> QSize:
        """Room for four tiles in a row."""
        return QSize(4 * 34 + 3 * 4, 200)

    def minimumSizeHint(self) -> QSize:
        """Next to nothing."""
        return QSize(40, 40)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Find the size of tiles with which all have room."""
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        for side in SIDES:
            self._places = list(self._placed(side))
            if not self._places or self._places[-1][2].bottom() <= self.height():
                return
        self._places = [place for place in self._places if place[2].bottom() <= self.height()]

    def _placed(self, side: int) -> Iterator[tuple[LayerTiles, int | None, QRectF]]:
        across = max(1, int((self.width() + GAP) // (side + GAP)))
        top = 0.0
        for layer in self.layers:
            yield layer, None, QRectF(0, top, self.width(), TITLE)
            top += TITLE
            for unit in range(layer.count):
                row, column = divmod(unit, across)
                place = QRectF(column * (side + GAP), top + row * (side + GAP), side, side)
                yield layer, unit, place
            top += -(-layer.count // across) * (side + GAP) + BETWEEN

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw names and tiles."""
        shown = theme.current()
        line = QColor(shown.text)
        line.setAlpha(28)
        font = self.font()
        font.setWeight(font.Weight.DemiBold)
        metrics = QFontMetricsF(font)
        with QPainter(self) as painter:
            painter.setRenderHints(
                QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
            )
            painter.setFont(font)
            for layer, unit, rect in self._places:
                if unit is None:
                    painter.setPen(QColor(shown.text))
                    name = metrics.elidedText(layer.name, Qt.TextElideMode.ElideRight, rect.width())
                    painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, name)
                else:
                    _paint_tile(painter, layer.images, unit, rect, line)


def _layers(snapshot: Snapshot) -> Iterator[LayerTiles]:
    network, over_sample = snapshot.experiment.network, snapshot.data.chosen is not None
    for place, layer in enumerate(network.layers[:-1]):
        shown = snapshot.layers.get(layer.id)
        if not layer.has_neurons or shown is None or shown.maps is None or not len(shown.maps):
            continue
        maps = shown.maps[:MOST_TILES]
        images = TileImages(maps, 0, layer.output_range, theme.current(), over_sample)
        yield LayerTiles(sentence(label(network, place)), images, len(maps))


def _paint_tile(painter: QPainter, images: TileImages, unit: int, rect: QRectF, line: QColor) -> None:
    shown = theme.current()
    corners = QPainterPath()
    corners.addRoundedRect(rect, 3, 3)
    painter.setClipPath(corners)
    source = images.source(unit)
    if images.image is not None and source is not None:
        draw_part(painter, rect, images.image, source)
    else:
        painter.fillRect(rect, QColor(shown.zero))
    if (curve := images.curve(unit, rect)) is not None:
        painter.setPen(QPen(QColor(shown.positive), 1.4))
        painter.drawPolyline(curve)
    painter.setClipping(False)
    painter.setPen(QPen(line, 1))
    painter.drawPath(corners)
