"""Paints the weights between layers: all edges of one width and colour are one call.

Colours are opaque, mixed with the canvas beforehand, and the weakest edges come first: plain line segments
are what Qt paints fastest, and where they join nothing shows.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from playground.numbers.writing import figures, whole
from playground.training.snapshot import LayerSnapshot
from widgets.canvas import values
from widgets.canvas.wires import LABEL, Bundle
from widgets.quick import draw_lines
from widgets.theme import Theme

FAINT = 0.3
"""How much of their colour edges keep that do not belong to the neuron being looked at."""


class EdgePainter:
    """The pens of one theme, and the routine that paints one layer's weights."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._plain = _pen(mixed(theme.canvas, theme.muted, 0.35), 1.0)
        self._pens = [
            [
                [_bucket_pen(theme, colour, bucket, share) for colour in (theme.negative, theme.positive)]
                for bucket in range(values.BUCKETS)
            ]
            for share in (FAINT, 1.0)
        ]

    def pens(self, bundle: Bundle, layer: LayerSnapshot | None) -> NDArray[np.intp] | None:
        """By its number the pen of each edge, which its weight says; None where there are no weights."""
        weights = values.weights_of(layer, bundle.units, bundle.inputs)
        return None if weights is None else values.buckets(weights) * 2 + (weights > 0)

    def paint(
        self,
        painter: QPainter,
        bundle: Bundle,
        pens: NDArray[np.intp] | None,
        chosen: NDArray[np.bool_] | None,
    ) -> None:
        """The weights into a layer; with `chosen` edges, the others are faint."""
        if pens is None:
            painter.setPen(self._plain)
            draw_lines(painter, bundle.segments(slice(None)))
        elif chosen is None:
            self._paint(painter, bundle, pens, np.arange(len(pens)), 1)
        else:
            self._paint(painter, bundle, pens, np.flatnonzero(~chosen), 0)
            self._paint(painter, bundle, pens, np.flatnonzero(chosen), 1)

    def _paint(
        self,
        painter: QPainter,
        bundle: Bundle,
        pens: NDArray[np.intp],
        edges: NDArray[np.intp],
        vivid: int,
    ) -> None:
        """These edges, sorted by pen, so that each pen is one call."""
        order = np.argsort(pens[edges], kind="stable")
        edges = edges[order]
        pen_of = pens[edges]
        starts = np.flatnonzero(np.diff(pen_of, prepend=-1))
        for pen, group in zip(pen_of[starts].tolist(), np.split(edges, starts[1:]), strict=False):
            painter.setPen(self._pens[vivid][pen // 2][pen % 2])
            draw_lines(painter, bundle.segments(group))

    def paint_band(self, painter: QPainter, bundle: Bundle, layer: LayerSnapshot | None, font: QFont) -> None:
        """Many weights as one band that says how many they are, and how large on average."""
        assert bundle.outline is not None
        theme = self._theme
        text = whole(bundle.count)
        colour, size = theme.muted, 0.0
        if layer is not None and layer.weights is not None and layer.weights.size:
            size = float(np.abs(layer.weights).mean())
            colour = theme.positive if layer.weights.mean() >= 0 else theme.negative
            text += f"\n|w| {figures(size, 3)}"
        strength = float(values.strength(np.array(size)))
        painter.fillPath(bundle.outline, mixed(theme.canvas, colour, 0.14 + 0.4 * strength))
        if not bundle.count:
            return
        label = QRectF(bundle.label - QPointF(LABEL / 2, 18), bundle.label + QPointF(LABEL / 2, 18))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.canvas))
        painter.drawRoundedRect(label, 8, 8)
        painter.setFont(font)
        painter.setPen(QColor(theme.text))
        painter.drawText(label, Qt.AlignmentFlag.AlignCenter, text)


def mixed(background: str, colour: str, share: float) -> QColor:
    """The opaque colour that looks like `colour` laid over the background with that opacity."""
    under, over = QColor(background).getRgb()[:3], QColor(colour).getRgb()[:3]
    return QColor(*(round(low + (high - low) * share) for low, high in zip(under, over, strict=True)))


def edge_width(strength: float) -> float:
    """The width of an edge by its strength, 0 to 1."""
    return 0.6 + 3.8 * strength**1.5


def _bucket_pen(theme: Theme, colour: str, bucket: int, share: float) -> QPen:
    strength = (bucket + 0.5) / values.BUCKETS
    return _pen(mixed(theme.canvas, colour, share * (0.22 + 0.76 * strength)), edge_width(strength))


def _pen(colour: QColor, width: float) -> QPen:
    return QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.SquareCap)
