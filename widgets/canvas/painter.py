"""Paints the whole canvas: what stands still comes from two pictures, the rest is drawn anew each frame."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPixmap

from playground.analysis.ranges import ANY
from playground.engine.graph import INPUT
from playground.training.snapshot import LayerSnapshot, State
from widgets import theme as themes
from widgets.canvas.hit import Bias, Button, Edge, Neuron, OnCard
from widgets.canvas.info import describe, paint_info, weight_of
from widgets.canvas.paint_cards import CardPainter
from widgets.canvas.paint_edges import EdgePainter, mixed
from widgets.canvas.paint_overlay import paint_hovered_edge, paint_ring
from widgets.canvas.paint_tiles import TileImages, paint_biases, paint_tiles
from widgets.canvas.wires import Bundle

if TYPE_CHECKING:
    from widgets.canvas.view import NetworkView

ANTIALIASED = QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform


class CanvasPainter:
    """Paints a view; `forget` when anything but the snapshot and the pointer has changed."""

    def __init__(self, view: NetworkView) -> None:
        self._view = view
        self._under: QPixmap | None = None
        self._over: QPixmap | None = None
        self._images: dict[str, TileImages] = {}
        self.set_theme()

    def set_theme(self) -> None:
        """Paint in the colours of the theme being shown from now on."""
        self._theme = themes.current()
        self._cards = CardPainter(self._theme, self._view.font())
        self._edges = EdgePainter(self._theme)
        self._heading = QFont(self._view.font())
        self._heading.setWeight(QFont.Weight.DemiBold)
        self.colour_tiles()
        self.forget()

    def forget(self) -> None:
        """Draw everything anew at the next paint."""
        self._under = self._over = None
        self._view.update()

    def colour_tiles(self) -> None:
        """Make the pictures of the tiles from the view's snapshot."""
        snapshot = self._view.snapshot
        self._images = {}
        if snapshot is None:
            return
        over_sample = snapshot.data.chosen is not None
        for layer in snapshot.experiment.network.layers:
            shown = snapshot.layers.get(layer.id)
            if layer.has_neurons and shown is not None:
                bounds = layer.output_range
                self._images[layer.id] = TileImages(
                    shown.maps, shown.first_unit, bounds, self._theme, over_sample
                )
        self._images[INPUT] = TileImages(snapshot.input_maps, 0, ANY, self._theme, over_sample)

    def paint(self, painter: QPainter) -> None:
        """The whole view."""
        view, scene = self._view, self._view.scene
        self._draw_pictures()
        assert self._under is not None
        assert self._over is not None
        painter.drawPixmap(0, 0, self._under)
        painter.setRenderHints(ANTIALIASED)
        painter.setTransform(view.camera.transform)
        for bundle in scene.bundles:
            if bundle.outline is not None:
                self._edges.paint_band(painter, bundle, self._layer(bundle.layer_id), self._cards.small)
            else:
                chosen = self._chosen(bundle)
                self._edges.paint(painter, bundle, self._layer(bundle.layer_id), chosen)
        for card in scene.cards:
            if card.tiles:
                paint_tiles(painter, card, self._images.get(card.id), self._theme)
        painter.resetTransform()
        painter.drawPixmap(0, 0, self._over)
        painter.setTransform(view.camera.transform)
        for card in scene.cards[1:]:
            layer = self._layer(card.id)
            paint_biases(painter, card, layer, self._theme)
            norm, learning = layer.gradient_norm if layer else None, self._learning and not card.frozen
            self._cards.paint_gradient(painter, card, norm, learning)
        self._rings(painter)
        painter.resetTransform()
        if view.gesture is not None:
            view.gesture.paint(painter)
        else:
            self._info(painter)
        if view.hasFocus() and view.focus_by_keys:
            painter.setPen(QPen(QColor(self._theme.accent), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(view.rect()).adjusted(1, 1, -1, -1), 6, 6)

    # --- what stands still ---

    def _draw_pictures(self) -> None:
        if self._under is not None and self._over is not None:
            return
        view = self._view
        ratio = view.devicePixelRatioF()
        self._under, self._over = (QPixmap(view.size() * ratio) for _ in range(2))
        for picture, colour in (
            (self._under, QColor(self._theme.canvas)),
            (self._over, QColor(Qt.GlobalColor.transparent)),
        ):
            picture.setDevicePixelRatio(ratio)
            picture.fill(colour)
        with QPainter(self._under) as painter:
            self._prepare(painter)
            painter.setPen(QPen(mixed(self._theme.canvas, self._theme.muted, 0.5), 1))
            for link in view.scene.links:
                painter.drawPath(link.path)
            self._cards.paint_under(painter, view.scene, view.selection)
        with QPainter(self._over) as painter:
            self._prepare(painter)
            self._cards.paint_over(painter, view.scene, view.selection, view.tr("Fit the output"))
            painter.resetTransform()
            self._banner(painter)

    def _prepare(self, painter: QPainter) -> None:
        painter.setRenderHints(ANTIALIASED)
        painter.setTransform(self._view.camera.transform)

    def _banner(self, painter: QPainter) -> None:
        """What is wrong with the network as a whole."""
        if self._view.banner:
            painter.setPen(QColor(self._theme.muted))
            painter.setFont(self._view.font())
            area = QRectF(self._view.rect()).adjusted(20, 0, -20, -16)
            flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom | Qt.TextFlag.TextWordWrap
            painter.drawText(area, flags, self._view.banner)

    # --- what changes ---

    @property
    def _learning(self) -> bool:
        snapshot = self._view.snapshot
        return snapshot is not None and snapshot.state is State.RUNNING and snapshot.step > 0

    def _layer(self, layer_id: str) -> LayerSnapshot | None:
        snapshot = self._view.snapshot
        return snapshot.layers.get(layer_id) if snapshot else None

    def _chosen(self, bundle: Bundle) -> NDArray[np.bool_] | None:
        """The edges of the neuron under the pointer; None when the bundle has nothing to do with it."""
        hovered = self._view.hovered
        if not isinstance(hovered, (Neuron, Bias)):
            return None
        if bundle.layer_id == hovered.layer_id:
            return bundle.units == hovered.unit
        if bundle.source_id == hovered.layer_id:
            return bundle.inputs == hovered.unit
        return None

    def _rings(self, painter: QPainter) -> None:
        """Marks on what is pinned, and on what is under the pointer."""
        view, theme = self._view, self._theme
        if view.pinned is not None and (rect := self._view.tile_rect(*view.pinned)) is not None:
            paint_ring(painter, rect, theme.accent)
        match view.hovered:
            case Neuron(layer_id, unit) if (rect := self._view.tile_rect(layer_id, unit)) is not None:
                if view.pinned != (layer_id, unit):
                    paint_ring(painter, rect, theme.text)
            case Bias(layer_id, unit) if (rect := self._view.tile_rect(layer_id, unit)) is not None:
                paint_ring(painter, QRectF(rect.left() - 3, rect.bottom() - 6, 9, 9), theme.text, 3)
            case Button(layer_id, step) if (card := view.scene.card(layer_id)) is not None:
                if (rect := card.plus if step > 0 else card.minus) is not None:
                    paint_ring(painter, rect.adjusted(1, 1, -1, -1), theme.accent, 5)
            case Edge() as edge:
                self._hovered_edge(painter, edge)

    def _hovered_edge(self, painter: QPainter, edge: Edge) -> None:
        if lines := self._view.scene.line(edge.layer_id, edge.unit, edge.source):
            weight = weight_of(self._layer(edge.layer_id), edge.unit, edge.source)
            paint_hovered_edge(painter, lines, weight, self._theme)

    def _info(self, painter: QPainter) -> None:
        view = self._view
        if (info := describe(view.hovered, view.scene, view.snapshot)) is not None:
            fonts = (self._heading, self._cards.small)
            paint_info(painter, info, self._beside(), QSizeF(view.size()), self._theme, fonts)

    def _beside(self) -> QRectF:
        """What the card of the thing being looked at stands beside, on the screen."""
        view = self._view
        rect = None
        match view.hovered:
            case Neuron(layer_id, unit) | Bias(layer_id, unit):
                rect = view.tile_rect(layer_id, unit)
            case Edge(layer_id) if view.focus_by_keys:  # both of its ends stay in sight
                ends = (view.scene.source(layer_id), view.scene.card(layer_id))
                rect = reduce(QRectF.united, (card.rect for card in ends if card), QRectF())
            case OnCard(layer_id) if (card := view.scene.card(layer_id)) is not None:
                rect = card.rect
        if rect is None:
            return QRectF(view.pointer + QPointF(4, 0), QSizeF(1, 1))
        return view.camera.rect_to_screen(rect)
