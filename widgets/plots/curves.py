"""The base of all plots of curves: calm axes, coloured names, a read-out under the pointer, a log axis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from playground.numbers.writing import figures
from playground.record import record
from widgets.figures.columns import Columns
from widgets.plots.axes import Axes
from widgets.plots.crosshair import Crosshair, Reading
from widgets.plots.figure import Figure
from widgets.plots.legend import Legend
from widgets.plots.line import Line
from widgets.plots.scale import AxisScale
from widgets.plots.stops import Stops
from widgets.plots.ticks import Limits, growing_limit
from widgets.spoken import announce
from widgets.theme import Theme, current

Column = NDArray[np.floating]

LINE_WIDTH = 1.6
PIXELS_A_POINT = 1.5
TICK_RISE = 2.0
"""Pixels by which the ticks of one curve stand above those of the curve before."""
STEADY = 0.01
"""The share of its whole range within which a curve is said to stay."""
REACH = 6
"""Pixels around a note in which it is read out."""


@record(eq=False)
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
        self.x_limits, self.unit = x_limits, unit
        self.scale = AxisScale(logarithmic, from_zero)
        self.stops = Stops()
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
        self.stops, self._curves = replace(self.stops, x=x), curves
        self.legend.show_names([(curve.name, curve.colour) for curve in curves])
        self._draw()

    def set_logarithmic(self, logarithmic: bool) -> None:
        """Let the y axis grow by factors, or by steps."""
        self.scale = replace(self.scale, logarithmic=logarithmic)
        self._log_action.setChecked(logarithmic)
        self._draw()

    def spoken(self) -> str:
        """Where each curve ends, and whether it rises or falls there."""
        x = self.stops.x
        told = [words for curve in self._curves if (words := self._told(curve))]
        if not told:
            return ""
        return f"{self.x_name} {figures(float(x[-1]), 5)}: {'; '.join(told)}"

    def _told(self, curve: Curve) -> str:
        values = curve.values[np.isfinite(curve.values)]
        if not len(values):
            return ""
        way = {-1: self.tr("falling"), 0: self.tr("steady"), 1: self.tr("rising")}[trend(values)]
        return f"{curve.name} {figures(float(values[-1]), 4)}{self.unit}, {way}"

    def set_x_name(self, name: str) -> None:
        """Say what x is."""
        if name != self.x_name:
            self.x_name = name
            self.canvas.set_x_name(name)

    def columns(self) -> Columns:
        """The x column and a column for each curve."""
        return {self.x_name: self.stops.x} | {curve.name: curve.values for curve in self._curves}

    # --- drawing ------------------------------------------------------------------------------------

    def _draw(self) -> None:
        while len(self._lines) > len(self._curves):
            self.canvas.removeItem(self._lines.pop())
        while len(self._lines) < len(self._curves):
            line = Line()
            line.setZValue(-len(self._lines))  # the first on top
            self.canvas.addItem(line)
            self._lines.append(line)
        points, x = max(100, round(self.canvas.width() / PIXELS_A_POINT)), self.stops.x
        self._fit(self._held_values())
        scale = self.scale
        for index, (line, curve) in enumerate(zip(self._lines, self._curves, strict=True)):
            own = slice(None) if curve.own is None else curve.own
            places = thinned(x[own], scale.drawn_heights(curve.values[own]), points)
            line.show_curve(*places, curve.colour, curve.width)
            line.show_ticks(x[scale.without_height(curve.values)], scale.lane, TICK_RISE * index)
        self._show_pointed()

    def _held_values(self) -> Column:
        """All values that the y axis is to hold."""
        return np.concatenate([curve.values for curve in self._curves]) if self._curves else np.empty(0)

    def _fit(self, values: Column) -> None:
        x, canvas = self.stops.x, self.canvas
        x_limits = self.x_limits or (0.0, growing_limit(float(x[-1]) if len(x) else 0.0))
        y_limits = self.scale.limits(values, canvas.divisions()[0])
        below = bool(self.scale.without_height(values).any())
        canvas.show_limits(x_limits, y_limits, self.scale.logarithmic, self.unit, below)
        self.scale = replace(self.scale, bottom=canvas.bottom, lane=canvas.lane)

    def paint_figure(self, painter: QPainter) -> None:
        """Draw names, axes and curves."""
        header = QRectF(self.legend.geometry())
        self.pointer.hide()
        self.paint_ground(painter)
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
                self.paint_focus(painter)

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
        view, stops = self.canvas.getViewBox(), self.stops
        if not len(stops.x) or not view.sceneBoundingRect().contains(place):
            self._point_to(None)
            return
        reach = REACH * view.viewPixelSize()[0]
        self._point_to(stops.nearest(view.mapSceneToView(place).x(), reach))

    def _point_to(self, index: int | None) -> None:
        self.pointed = index
        self._show_pointed()

    def _show_pointed(self) -> None:
        stops = self.stops
        if self.pointed is None or not len(stops.x):
            self.pointer.hide()
            return
        self.pointed = index = min(self.pointed, stops.last)
        readings = []
        for curve in self._curves:
            value = curve.values[index : index + 1]
            height = self.scale.places(value)[0]
            if np.isfinite(height):
                text = figures(float(curve.values[index]), 4) + self.unit
                readings.append(Reading(escape(curve.name), text, curve.colour, float(height)))
        x = float(stops.x[index])
        self.pointer.show(f"{self.x_name} {figures(x, 5)}", x, readings, stops.noted.get(index, ()))

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
        if direction is None or not len(self.stops.x):
            super().keyPressEvent(event)
            return
        self._point_to(self.stops.beside(self.pointed, direction))
        announce(self, self._read_out())

    def _read_out(self) -> str:
        """What is read out, in words."""
        if self.pointed is None:
            return ""
        told = [
            f"{curve.name} {figures(float(curve.values[self.pointed]), 4)}{self.unit}"
            for curve in self._curves
        ]
        notes = self.stops.noted.get(self.pointed, ())
        return ", ".join([f"{self.x_name} {figures(float(self.stops.x[self.pointed]), 5)}", *told, *notes])


def trend(values: Column) -> int:
    """Whether numbers rise (1), fall (−1) or stay (0) in the end: their last tenth beside the one before."""
    part = max(len(values) // 10, 1)
    if len(values) < 2 * part:
        return 0
    change = float(values[-part:].mean() - values[-2 * part : -part].mean())
    return 0 if abs(change) <= STEADY * float(np.ptp(values)) else 1 if change > 0 else -1


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
