"""The network as a figure for files: all of it at its own size, wherever the view looks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFont, QPainter

from widgets.canvas.cards import Card
from widgets.canvas.painter import CanvasPainter
from widgets.canvas.parts import NOTHING, Role
from widgets.canvas.state import ViewState
from widgets.figures.columns import Columns
from widgets.figures.ground import lay
from widgets.theme import Theme, current

MARGIN = 16.0
PRESSED = (Role.MINUS, Role.PLUS, Role.FIT, Role.LAMP, Role.BADGE, Role.UNROLL)
"""What is there to be pressed, and has no meaning on paper."""


class NetworkFigure:
    """What a view of the network shows, drawn as lines, text and tiles."""

    def __init__(self, title: str, state: Callable[[], ViewState], font: QFont) -> None:
        self.title, self._state, self._font = title, state, font

    def figure_size(self) -> QSize:
        """As large as the network is at a zoom of 100 %."""
        bounds = self._state().scene.bounds
        return QSize(round(bounds.width() + 2 * MARGIN), round(bounds.height() + 2 * MARGIN))

    def paint_figure(self, painter: QPainter) -> None:
        """Draw the network, from (0, 0) to its size."""
        state, size = self._state(), self.figure_size()
        lay(painter, QRectF(0, 0, size.width(), size.height()), current().canvas)
        bounds = state.scene.bounds
        scene = replace(state.scene, cards=tuple(map(_without_buttons, state.scene.cards)))
        painter.save()
        painter.translate(MARGIN - bounds.left(), MARGIN - bounds.top())
        shown = state.with_(scene=scene, selection=(), hovered=NOTHING, held=None, drag=None)
        CanvasPainter(self._font).paint_whole(painter, shown)
        painter.restore()

    def show_theme(self, theme: Theme) -> None:
        """Nothing is kept of the colours."""

    def columns(self) -> Columns:
        """All weights and biases, a row each: the layer, the neuron, and which of its inputs it weighs."""
        state = self._state()
        rows: list[tuple[str, str, str, float]] = []
        for card in state.scene.cards:
            layer = state.layer(card.id)
            if layer is None or layer.weights is None or layer.bias is None:
                continue
            for unit, (weights, bias) in enumerate(zip(layer.weights, layer.bias, strict=True), 1):
                named = [(str(source), weight) for source, weight in enumerate(weights.tolist(), 1)]
                rows += [(card.title, str(unit), source, value) for source, value in [*named, ("", bias)]]
        layers, units, sources, values = zip(*rows, strict=True) if rows else ((), (), (), ())
        return {
            "layer": np.array(layers),
            "neuron": np.array(units),
            "input": np.array(sources),
            "weight": np.array(values, float),
        }


def _without_buttons(card: Card) -> Card:
    return replace(card, parts=tuple(part for part in card.parts if part.role not in PRESSED))
