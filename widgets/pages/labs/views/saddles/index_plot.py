"""Critical points of a network: the loss of each, and how many directions go down from there."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from playground.labs.saddles.critical import CriticalPoints
from widgets.figures.columns import Columns
from widgets.pages.labs.painted_axes import PaintedAxes
from widgets.plots.curves import Column
from widgets.plots.painted_figure import PaintedFigure
from widgets.theme import current

DOT, DOT_ALPHA = 4.0, 130
LOSSES = 0.3, 0.5
"""Losses that are always seen; a network that says 0 to all has ½."""
LEAST_DOWN, MARGIN = 3.0, 0.4


class IndexPlot(PaintedFigure):
    """A dot a critical point, minima in another colour, and the mean loss of those with as many ways down."""

    def __init__(self) -> None:
        super().__init__(self.tr("Loss and directions down"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._found: CriticalPoints | None = None

    def minimumSizeHint(self) -> QSize:
        """Room for a small plot."""
        return QSize(160, 120)

    def show_found(self, found: CriticalPoints | None) -> None:
        """Show what was found so far."""
        self._found = found
        self.update()

    def columns(self) -> Columns:
        """A row a critical point."""
        if self._found is None:
            return {"loss": np.empty(0), "directions down": np.empty(0)}
        return {"loss": self._found.losses, "directions down": self._found.down.astype(np.float64)}

    def paint(self, painter: QPainter) -> None:
        """Draw the plot."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.small_font())
        columns = self.columns()
        losses, down = columns["loss"], columns["directions down"]
        left, right = losses.min(initial=LOSSES[0]), losses.max(initial=LOSSES[1])
        top = down.max(initial=LEAST_DOWN) + MARGIN
        words = self.tr("loss"), self.tr("directions down")
        axes = PaintedAxes.within(
            self.width(), self.height(), (left - 0.02, right + 0.02), (-MARGIN, top), *words
        )
        axes.paint(painter)
        self._paint_means(painter, axes, losses, down)
        shown = current()
        painter.setPen(Qt.PenStyle.NoPen)
        for loss, ways in zip(losses.tolist(), down.tolist(), strict=True):
            colour = QColor(shown.good if ways == 0 else shown.accent)
            colour.setAlpha(DOT_ALPHA)
            painter.setBrush(colour)
            painter.drawEllipse(axes.pixel(loss, ways), DOT, DOT)

    def _paint_means(self, painter: QPainter, axes: PaintedAxes, losses: Column, down: Column) -> None:
        means = [(float(losses[down == ways].mean()), ways) for ways in np.unique(down).tolist()]
        painter.setPen(QPen(QColor(current().muted), 1.4, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF([axes.pixel(*mean) for mean in means]))
