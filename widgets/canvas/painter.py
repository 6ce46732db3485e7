"""Paints the whole canvas: what stands still comes from pictures, the rest is drawn anew each frame.

It is given the state to paint, and keeps the pictures for as long as what they show is the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from itertools import compress

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPixmap

from playground.analysis.ranges import ANY
from playground.engine.graph import INPUT
from playground.training.snapshot import Snapshot
from widgets import theme as themes
from widgets.canvas.brush import Brush
from widgets.canvas.cards import Card
from widgets.canvas.faces import Face, face_of
from widgets.canvas.info import Info, describe, paint_info, weight_of
from widgets.canvas.lamps import paint_lamp, told
from widgets.canvas.paint_edges import EdgePainter, mixed
from widgets.canvas.paint_overlay import paint_hovered_edge, paint_ring
from widgets.canvas.paint_tiles import TileImages
from widgets.canvas.paint_windows import paint_fields, paint_sum
from widgets.canvas.parts import NOTHING, Role, Target
from widgets.canvas.state import Sweep, ViewState
from widgets.canvas.windows import Looked, SeenFrom, looked, shown_spot
from widgets.canvas.wires import Bundle
from widgets.step_names import step_names, symbol_names

ANTIALIASED = QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform


class CanvasPainter:
    """Paints states in the colours of the theme being shown when it was made."""

    def __init__(self, font: QFont) -> None:
        self._theme = themes.current()
        self._brush = Brush(self._theme, font)
        self._edges = EdgePainter(self._theme)
        self._drawn: tuple[object, ...] = ()
        self._under = self._over = self._wired = QPixmap()
        self._wires: tuple[tuple[object, ...], list[NDArray[np.intp] | None]] = (), []
        self._coloured: Snapshot | None = None
        self._seen: dict[str, tuple[int, int]] = {}
        self._images: dict[str, TileImages] = {}

    def paint(self, painter: QPainter, state: ViewState, *, ring: bool, info: bool) -> None:
        """The whole view; with a `ring` where the keyboard has brought the focus, and `info` on a target."""
        self._brush.plain = state.plain
        self._draw_pictures(state, painter.device().devicePixelRatioF())
        self._draw_edges(state)
        self._colour_tiles(state)
        painter.drawPixmap(0, 0, self._wired)
        painter.setRenderHints(ANTIALIASED)
        painter.setTransform(state.camera.transform)
        self._paint_bands(painter, state)
        for card in state.scene.cards:
            _face(card).paint_tiles(painter, self._brush, card, self._images.get(card.id))
        painter.resetTransform()
        painter.drawPixmap(0, 0, self._over)
        painter.setTransform(state.camera.transform)
        learning = state.learning
        for card in state.scene.cards:
            live = learning and not card.frozen
            _face(card).paint_live(painter, self._brush, card, state.layer(card.id), live)
            self._paint_lamp(painter, state, card)
        if state.held is not None:
            self._paint_held(painter, state, state.held[0])
        self._rings(painter, state)
        seen = looked(state, shown_spot(state)) if state.drag is None else None
        if seen is not None:
            paint_fields(painter, state, seen, self._theme)
        painter.resetTransform()
        if state.drag is not None:
            state.drag.paint(painter, state, self._brush)
        elif info:
            self._info(painter, state, seen)
        if ring:
            painter.setPen(QPen(QColor(self._theme.focus), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(QPointF(), state.size).adjusted(1, 1, -1, -1), 6, 6)

    def paint_whole(self, painter: QPainter, state: ViewState) -> None:
        """All of the network at its own size and place, as lines, text and tiles, and nothing else."""
        self._colour_tiles(state)
        painter.setRenderHints(ANTIALIASED)
        self._paint_under(painter, state)
        for bundle in state.scene.bundles:
            if bundle.outline is None:
                pens = self._edges.pens(bundle, state.layer(bundle.layer_id))
                self._edges.paint(painter, bundle, pens, None)
        self._paint_bands(painter, state)
        for card in state.scene.cards:
            _face(card).paint_tiles(painter, self._brush, card, self._images.get(card.id))
        self._paint_over(painter, state)
        for card in state.scene.cards:
            _face(card).paint_live(painter, self._brush, card, state.layer(card.id), False)

    def _paint_held(self, painter: QPainter, state: ViewState, layer_id: str) -> None:
        """The card in the hand, once more over all the others."""
        if (card := state.scene.card(layer_id)) is not None:
            face, brush, selected = _face(card), self._brush, card.id in state.selection
            face.paint_under(painter, brush, card, selected)
            face.paint_tiles(painter, brush, card, self._images.get(card.id))
            face.paint_over(painter, brush, card, selected)
            face.paint_live(painter, brush, card, state.layer(card.id), state.learning and not card.frozen)
            self._paint_lamp(painter, state, card)

    def _paint_lamp(self, painter: QPainter, state: ViewState, card: Card) -> None:
        place = card.area(Role.LAMP)
        if place is not None and state.ailments is not None:
            paint_lamp(painter, place, state.ailments.get(card.id), self._theme)

    # --- what stands still ---

    def _draw_pictures(self, state: ViewState, ratio: float) -> None:
        shown = (state.scene, state.camera, state.selection, state.size, state.banner, ratio)
        if self._drawn and self._drawn[0] is shown[0] and self._drawn[1:] == shown[1:]:
            return
        self._drawn = shown
        self._under, self._over = (QPixmap((state.size * ratio).toSize()) for _ in range(2))
        for picture, colour in (
            (self._under, QColor(self._theme.canvas)),
            (self._over, QColor(Qt.GlobalColor.transparent)),
        ):
            picture.setDevicePixelRatio(ratio)
            picture.fill(colour)
        with QPainter(self._under) as painter:
            self._draw_under(painter, state)
        with QPainter(self._over) as painter:
            self._draw_over(painter, state)

    def _draw_under(self, painter: QPainter, state: ViewState) -> None:
        painter.setRenderHints(ANTIALIASED)
        painter.setTransform(state.camera.transform)
        self._paint_under(painter, state)

    def _paint_under(self, painter: QPainter, state: ViewState) -> None:
        painter.setPen(QPen(mixed(self._theme.canvas, self._theme.muted, 0.5), 1))
        for link in state.scene.links:
            painter.drawPath(link.path)
        for card in state.scene.cards:
            _face(card).paint_under(painter, self._brush, card, card.id in state.selection)

    def _paint_over(self, painter: QPainter, state: ViewState) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(self._theme.muted), 1.5))
        for skip in state.scene.skips:
            painter.drawPath(skip.path)
        for card in state.scene.cards:
            _face(card).paint_over(painter, self._brush, card, card.id in state.selection)

    def _draw_over(self, painter: QPainter, state: ViewState) -> None:
        painter.setRenderHints(ANTIALIASED)
        painter.setTransform(state.camera.transform)
        self._paint_over(painter, state)
        painter.resetTransform()
        if state.banner:
            painter.setPen(QColor(self._theme.muted))
            painter.setFont(self._brush.font)
            area = QRectF(QPointF(), state.size).adjusted(20, 0, -20, -16)
            flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom | Qt.TextFlag.TextWordWrap
            painter.drawText(area, flags, state.banner)

    def _draw_edges(self, state: ViewState) -> None:
        """Draw the edges where they do not look as before: widths have few steps."""
        bundles = [bundle for bundle in state.scene.bundles if bundle.outline is None]
        pens = [self._edges.pens(bundle, state.layer(bundle.layer_id)) for bundle in bundles]
        seen = (self._under.cacheKey(), state.hovered.layer_id, state.hovered.place)
        before, drawn = self._wires
        self._wires = seen, pens
        places = [state.camera.rect_to_screen(bundle.bounds).toAlignedRect() for bundle in bundles]
        if seen != before:
            self._wired = self._under.copy()
            self._draw_edges_in(state, bundles, pens, None)
            return
        for place, new, old in zip(places, pens, drawn, strict=True):
            if not _alike(new, old):
                within = [place.intersects(other) for other in places]
                self._draw_edges_in(state, compress(bundles, within), compress(pens, within), place)

    def _draw_edges_in(
        self,
        state: ViewState,
        bundles: Iterable[Bundle],
        pens: Iterable[NDArray[np.intp] | None],
        place: QRect | None,
    ) -> None:
        """Draw these edges in a part of the view, or in all of it."""
        with QPainter(self._wired) as painter:
            if place is not None:
                ratio = self._under.devicePixelRatio()
                painter.setClipRect(place)
                part = QRectF(place.topLeft() * ratio, QSizeF(place.size()) * ratio)
                painter.drawPixmap(QRectF(place), self._under, part)
            painter.setRenderHints(ANTIALIASED)
            painter.setTransform(state.camera.transform)
            for bundle, pens_of in zip(bundles, pens, strict=True):
                self._edges.paint(painter, bundle, pens_of, _chosen(bundle, state.hovered))

    # --- what changes ---

    def _colour_tiles(self, state: ViewState) -> None:
        """Make the pictures of the tiles that are seen, once a snapshot; those of the inputs stay."""
        snapshot, before, images = state.snapshot, self._coloured, self._images
        seen = {
            card.id: (card.tiles[0].unit, card.tiles[-1].unit) for card in state.scene.cards if card.tiles
        }
        if snapshot is before and seen == self._seen:
            return
        self._coloured, self._seen, self._images = snapshot, seen, {}
        if snapshot is None:
            return
        over_sample = snapshot.data.chosen is not None
        self._brush.steps, self._brush.symbols = step_names(snapshot), symbol_names(snapshot)
        for layer in snapshot.experiment.network.layers:
            shown = snapshot.layers.get(layer.id)
            if layer.has_neurons and shown is not None:
                self._images[layer.id] = TileImages(
                    shown.maps,
                    shown.first_unit,
                    layer.output_range,
                    self._theme,
                    over_sample,
                    seen=seen.get(layer.id),
                )
        maps = snapshot.input_maps
        if INPUT in images and before is not None and maps is before.input_maps:
            self._images[INPUT] = images[INPUT]
        else:
            in_colour = over_sample and _in_colour(snapshot)
            self._images[INPUT] = TileImages(maps, 0, ANY, self._theme, over_sample, in_colour)

    def _paint_bands(self, painter: QPainter, state: ViewState) -> None:
        for bundle in state.scene.bundles:
            if bundle.outline is not None:
                self._edges.paint_band(painter, bundle, state.layer(bundle.layer_id), self._brush.small)

    def _rings(self, painter: QPainter, state: ViewState) -> None:
        """Marks on what is pinned, and on what is under the pointer."""
        theme, hovered = self._theme, state.hovered
        if state.pinned is not None and (rect := state.tile_rect(*state.pinned)) is not None:
            paint_ring(painter, rect, theme.accent)
        if hovered.role is Role.EDGE:
            self._hovered_edge(painter, state)
        elif (rect := state.area(hovered)) is None:
            return
        elif hovered.role in (Role.TILE, Role.PIECES, Role.KERNEL):
            if state.pinned != hovered.place:
                paint_ring(painter, state.tile_rect(*hovered.place) or rect, theme.text)
        elif hovered.role in (Role.BIAS, Role.MEASURES, Role.STEP):
            paint_ring(painter, rect, theme.text, 3)
        elif hovered.role in (Role.MINUS, Role.PLUS, Role.UNROLL):
            paint_ring(painter, rect.adjusted(1, 1, -1, -1), theme.accent, 5)

    def _hovered_edge(self, painter: QPainter, state: ViewState) -> None:
        edge = state.hovered
        if lines := state.scene.line(edge.layer_id, edge.unit, edge.source):
            weight = weight_of(state.layer(edge.layer_id), edge.unit, edge.source)
            paint_hovered_edge(painter, lines, weight, self._theme)

    def _info(self, painter: QPainter, state: ViewState, seen: SeenFrom | None) -> None:
        if isinstance(seen, Looked) and (seen.spot == state.spot or state.hovered == NOTHING):
            beside = _beside(state) if state.sweep is Sweep.OFF and state.hovered.place else None
            paint_sum(painter, seen, beside, state, self._brush)
            return
        if (info := _info_of(state)) is not None:
            paint_info(painter, info, _beside(state), state.size, self._brush)


def _info_of(state: ViewState) -> Info | None:
    """What the small card says of what is looked at."""
    card = state.scene.card(state.hovered.layer_id)
    if state.hovered.role is Role.LAMP and card is not None and not card.problem:
        lines = told(state.ailments, card.id)
        return Info(card.title, lines) if lines else None
    return describe(state.hovered, state.scene, state.snapshot)


def _alike(pens: NDArray[np.intp] | None, others: NDArray[np.intp] | None) -> bool:
    return pens is others or (pens is not None and others is not None and np.array_equal(pens, others))


def _face(card: Card) -> Face:
    return face_of(type(card.layer) if card.layer is not None else None)


def _chosen(bundle: Bundle, hovered: Target) -> NDArray[np.bool_] | None:
    """The edges of the neuron under the pointer; None when the bundle has nothing to do with it."""
    if hovered.place is None:
        return None
    if bundle.layer_id == hovered.layer_id:
        return bundle.units == hovered.unit
    if bundle.source_id == hovered.layer_id:
        return bundle.inputs == hovered.unit
    return None


def _beside(state: ViewState) -> QRectF:
    """What the card of the thing being looked at stands beside, on the screen."""
    hovered, rect = state.hovered, None
    card = state.scene.card(hovered.layer_id)
    if hovered.place is not None:
        rect = state.tile_rect(*hovered.place)
    elif hovered.role is Role.EDGE and state.by_keys:  # both of its ends stay in sight
        ends = (state.scene.source(hovered.layer_id), card)
        rect = reduce(QRectF.united, (end.rect for end in ends if end), QRectF())
    elif hovered.role is Role.STEP:
        rect = state.area(hovered)
    elif hovered.on_card and card is not None:
        rect = card.rect
    if rect is None:
        return QRectF(state.pointer + QPointF(4, 0), QSizeF(1, 1))
    return state.camera.rect_to_screen(rect)


def _in_colour(snapshot: Snapshot) -> bool:
    """Whether the inputs are the red, green and blue of a picture, all of which are seen."""
    maps, shape = snapshot.input_maps, snapshot.experiment.data.input_shape
    return maps is not None and len(shape) == 3 and shape[2] == 3 == len(maps)
