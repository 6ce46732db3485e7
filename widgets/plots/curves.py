"""The base of all plots of curves: calm axes, coloured names, a read-out under the pointer, a log axis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from playground.numbers.writing import figures
from widgets.plots.axes import Axes
from widgets.plots.crosshair import Crosshair, Reading
from widgets.plots.export import Columns
from widgets.plots.figure import Figure
from widgets.plots.legend import Legend
from widgets.plots.line import Line
from widgets.plots.ticks import Limits, growing_limit, linear_limits, log_limits
from widgets.theme import Theme, current

Column = NDArray[np.floating]

LINE_WIDTH = 1.6
PIXELS_A_POINT = 1.5
DECADES = 12
"""A logarithmic axis shows at most so many powers of ten."""
TICK_RISE = 2.0
"""Pixels by which the ticks of one curve stand above those of the curve before."""
HUGE = 1e300
"""No axis goes further: the length of one that did would overflow."""


@dataclass(frozen=True, eq=False)
class Curve:
    """A named line over the plot's x."""

    name: str
    values: Column
    colour: str
    width: float = LINE_WIDTH
    own: NDArray[np.bool_] | None = None
    """At which x it was measured; None for all.  It goes straight over the others, as over no gap."""


class CurvePlot(Figure):
    """Curves over a common x, which rises.

    Left and right move the place that is read out, as the pointer does.
    """

    def __init__(
        self,
        title: str,
        x_name: str,
        *,
        x_limits: Limits | None = None,
        logarithmic: bool = False,
        from_zero: bool = True,
        unit: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """An empty plot.

        Args:
            title: what the plot is called.
            x_name: what x is, written below its axis.
            x_limits: the ends of the x axis; 0 and a little more than the last x when not given.
            logarithmic: whether the y axis grows by factors at first.
            from_zero: whether the y axis, when linear, begins at 0.
            unit: what follows every y value.
            parent: the widget it is in.
        """
        super().__init__(title, parent)
        self.x_name = x_name
        self.logarithmic = logarithmic
        self._x_limits, self._from_zero, self.unit = x_limits, from_zero, unit
        self._x: Column = np.empty(0)
        self._curves: Sequence[Curve] = ()
        self._lines: list[Line] = []
        self.pointed: int | None = None
        """Which x is read out."""
        self.legend = Legend(self.small_font())
        self.canvas = Axes(x_name, self.small_font())
        self.pointer = Crosshair(self.canvas, self.small_font())
        self.canvas.pointed.connect(self._point_at)
        self._log_action = self.menu.addAction(self.tr("Log axis"))
        self._log_action.setCheckable(True)
        self._log_action.setChecked(logarithmic)
        self._log_action.toggled.connect(self.set_logarithmic)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._lay_out()
        self._colour(current())

    def _lay_out(self) -> None:
        header = QHBoxLayout()
        header.setContentsMargins(0, 0, 0, 0)
        header.setSpacing(8)
        header.addWidget(self.legend, 1)
        header.addWidget(self.menu_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(header)
        column.addWidget(self.canvas, 1)

    # --- what is shown ------------------------------------------------------------------------------

    def show_curves(self, x: Column, curves: Sequence[Curve]) -> None:
        """Show these curves, all as long as x; what is not a number is a gap."""
        self._x, self._curves = x, curves
        self.legend.show_names([(curve.name, curve.colour) for curve in curves])
        self._draw()

    def set_logarithmic(self, logarithmic: bool) -> None:
        """Let the y axis grow by factors, or by steps."""
        self.logarithmic = logarithmic
        self._log_action.setChecked(logarithmic)
        self._draw()

    def set_x_name(self, name: str) -> None:
        """Say what x is."""
        if name != self.x_name:
            self.x_name = name
            self.canvas.set_x_name(name)

    def columns(self) -> Columns:
        """The x column and a column for each curve."""
        return {self.x_name: self._x} | {curve.name: curve.values for curve in self._curves}

    # --- drawing ------------------------------------------------------------------------------------

    def _draw(self) -> None:
        while len(self._lines) > len(self._curves):
            self.canvas.removeItem(self._lines.pop())
        while len(self._lines) < len(self._curves):
            line = Line()
            line.setZValue(-len(self._lines))  # the first on top
            self.canvas.addItem(line)
            self._lines.append(line)
        points = max(100, round(self.canvas.width() / PIXELS_A_POINT))
        self._fit(self._held_values())
        for index, (line, curve) in enumerate(zip(self._lines, self._curves, strict=True)):
            own = slice(None) if curve.own is None else curve.own
            line.show_curve(*thinned(self._x[own], self._drawn_heights(curve.values[own]), points))
            line.setPen(pg.mkPen(curve.colour, width=curve.width))
            line.show_ticks(self._x[self._without_height(curve.values)], self.canvas.lane, TICK_RISE * index)
        self._show_pointed()

    def _held_values(self) -> Column:
        """All values that the y axis is to hold."""
        return np.concatenate([curve.values for curve in self._curves]) if self._curves else np.empty(0)

    def _heights(self, values: Column) -> Column:
        """The places of values on the y axis, NaN where there is none."""
        if not self.logarithmic:
            return np.where(np.isfinite(values), values, np.nan)
        there = np.isfinite(values) & (values > 0)
        return np.log10(values, where=there, out=np.full(len(values), np.nan))

    def _drawn_heights(self, values: Column) -> Column:
        """The same, what lies too low for a logarithmic axis on its lower end."""
        heights = self._heights(values)
        return np.maximum(heights, self.canvas.bottom) if self.logarithmic else heights

    def _without_height(self, values: Column) -> NDArray[np.bool_]:
        """Which values are numbers that a logarithmic axis has no place for: 0 and those below."""
        return values <= 0 if self.logarithmic else np.zeros(len(values), bool)

    def _places(self, values: Column) -> Column:
        """The heights of values, those of the lane for what has no place on the axis."""
        return np.where(self._without_height(values), self.canvas.lane, self._drawn_heights(values))

    def _fit(self, values: Column) -> None:
        heights = self._heights(values)
        heights = np.clip(heights[np.isfinite(heights)], -HUGE, HUGE)
        low, high = (float(heights.min()), float(heights.max())) if len(heights) else (0.0, 0.0)
        if self.logarithmic:
            y_limits = log_limits(max(low, high - DECADES), high)
        else:
            low = min(low, 0.0) if self._from_zero else low
            y_limits = linear_limits(low, high, self.canvas.divisions()[0])
        last = float(self._x[-1]) if len(self._x) else 0.0
        x_limits = self._x_limits or (0.0, growing_limit(last))
        below = bool(self._without_height(values).any())
        self.canvas.show_limits(x_limits, y_limits, self.logarithmic, self.unit, below)

    def paint_figure(self, painter: QPainter) -> None:
        """Draw names, axes and curves."""
        header = QRectF(self.legend.geometry())
        self.pointer.hide()
        painter.fillRect(self.rect(), QColor(current().panel))
        self.legend.paint(painter, header.adjusted(0, 0, self.width() - header.right() - 12, 0))
        for line in self._lines:
            line.joined = True
        self.canvas.paint_into(painter, QRectF(self.canvas.geometry()))
        for line in self._lines:
            line.joined = False
        self._show_pointed()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Show that the plot has the focus of the keyboard."""
        if self.focused_by_key:
            with QPainter(self) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(QPen(QColor(current().accent), 1))
                painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Divide the axes as there is room."""
        super().resizeEvent(event)
        self.canvas.lay_out_anew()
        self._draw()

    def show_theme(self, theme: Theme) -> None:
        """Take on the colours of another theme."""
        super().show_theme(theme)
        self._colour(theme)

    def _colour(self, theme: Theme) -> None:
        self.canvas.show_theme(theme)
        self.pointer.show_theme(theme)

    # --- the pointer --------------------------------------------------------------------------------

    def _point_at(self, place: QPointF) -> None:
        view = self.canvas.getViewBox()
        inside = len(self._x) and view.sceneBoundingRect().contains(place)
        self._point_to(self._nearest(view.mapSceneToView(place).x()) if inside else None)

    def _nearest(self, x: float) -> int:
        return int(np.abs(self._x - x).argmin())

    def _point_to(self, index: int | None) -> None:
        self.pointed = index
        self._show_pointed()

    def _show_pointed(self) -> None:
        if self.pointed is None or not len(self._x):
            self.pointer.hide()
            return
        self.pointed = index = min(self.pointed, len(self._x) - 1)
        readings = []
        for curve in self._curves:
            value = curve.values[index : index + 1]
            height = self._places(value)[0]
            if np.isfinite(height):
                text = figures(float(curve.values[index]), 4) + self.unit
                readings.append(Reading(escape(curve.name), text, curve.colour, float(height)))
        x = float(self._x[index])
        self.pointer.show(f"{self.x_name} {figures(x, 5)}", x, readings, self._notes_at(index))

    def _notes_at(self, index: int) -> Sequence[str]:
        """What there is to say of a place besides the values."""
        return ()

    def _beside(self, direction: int) -> int:
        """The place that is read out next in a direction."""
        last = len(self._x) - 1
        if self.pointed is None:
            return last
        return min(max(self.pointed + direction * max(1, last // 50), 0), last)

    def leaveEvent(self, event: QEvent) -> None:
        """Take the read-out away."""
        self._point_to(None)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the read-out away."""
        super().focusOutEvent(event)
        self._point_to(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Read out another place: from the last one to the left, and back."""
        direction = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if direction is None or not len(self._x):
            super().keyPressEvent(event)
            return
        self._point_to(self._beside(direction))


def thinned(x: Column, y: Column, points: int) -> tuple[Column, Column]:
    """About so many of the points, every peak among them: the least and the most of each stretch.

    Of level pieces the two ends remain.  What is not a number is passed over, unless a whole stretch is.
    """
    stretch = -(-2 * len(x) // points)
    if stretch > 2:
        whole = len(x) // stretch * stretch
        parts = y[:whole].reshape(-1, stretch)
        gap = np.isnan(parts)
        least, most = (
            np.where(gap, np.inf, parts).argmin(axis=1),
            np.where(gap, -np.inf, parts).argmax(axis=1),
        )
        extremes = np.sort(np.stack([least, most], axis=1), axis=1)
        kept = (extremes + np.arange(0, whole, stretch)[:, None]).ravel()
        kept = np.concatenate([[0], kept, np.arange(whole, len(x)), [len(x) - 1]])
        x, y = x[kept], y[kept]
    changes = np.ones(len(y), bool)
    changes[1:-1] = (y[1:-1] != y[:-2]) | (y[1:-1] != y[2:])
    return x[changes], y[changes]
