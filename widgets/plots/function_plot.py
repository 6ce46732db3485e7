"""A plot of functions as they are set now: their curves, where they have kinks, and where training stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from widgets.plots.curves import Column, Curve, CurvePlot
from widgets.plots.scale import HUGE
from widgets.plots.ticks import Limits
from widgets.theme import Theme, current

MARK_SIZE = 7
FILL_ALPHA = 48


@dataclass(frozen=True, eq=False)
class Functions:
    """What a plot of functions shows.

    Attributes:
        x_name: what x is.
        x: places, rising.
        curves: the functions there.
        x_limits: the ends of the x axis; the first and last x when not given.
        marks: places on the first curve that wear a ring.
        filled: whether the room below the first curve is tinted, as in a histogram.
        from_zero: whether the y axis begins at 0.
        reaches: what it goes up to at least; to the highest value when not given.
    """

    x_name: str
    x: Column
    curves: Sequence[Curve]
    x_limits: Limits | None = None
    marks: tuple[tuple[float, float], ...] = ()
    filled: bool = False
    from_zero: bool = False
    reaches: float = -HUGE


class FunctionPlot(CurvePlot):
    """Curves over an x that may be below 0, with the zero lines of both axes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "", x_limits=(0.0, 1.0), from_zero=False, parent=parent)
        self.canvas.getAxis("bottom").enableAutoSIPrefix(False)
        view = self.canvas.getViewBox()
        view.setFlag(view.GraphicsItemFlag.ItemClipsChildrenToShape, False)  # rings on an edge are whole
        self.place: float | None = None
        """The x at which an upright line stands."""
        self._functions: Functions | None = None
        self._rings = pg.ScatterPlotItem(size=MARK_SIZE)
        self._rings.setZValue(5)
        self._fill = pg.PlotCurveItem(pen=None, fillLevel=0)
        self._fill.setZValue(-60)
        self._upright = pg.InfiniteLine(angle=90)
        self._zeros = (pg.InfiniteLine(0, angle=0), pg.InfiniteLine(0, angle=90))
        for line in self._zeros:
            line.setZValue(-80)
        for item in (self._rings, self._fill, self._upright, *self._zeros):
            self.canvas.addItem(item, ignoreBounds=True)
        self._upright.hide()
        self._colour_marks(current())

    def show_functions(self, title: str, functions: Functions) -> None:
        """Show these functions under this title."""
        self.title, self.x_name, self._functions = title, functions.x_name, functions
        self.setAccessibleName(title)
        self.canvas.getAxis("bottom").setLabel(functions.x_name)
        self.x_limits = functions.x_limits or (float(functions.x[0]), float(functions.x[-1]))
        self.scale = replace(self.scale, from_zero=functions.from_zero, reaches=functions.reaches)
        self.canvas.lay_out_anew()
        self.pointed = None
        self.show_curves(functions.x, functions.curves)

    def show_place(self, x: float | None) -> None:
        """Put the upright line here, or take it away."""
        if x != self.place:
            self.place = x
            self._upright.setVisible(x is not None)
            self._upright.setValue(x or 0.0)

    def _draw(self) -> None:
        super()._draw()
        if self._functions is not None:
            self._draw_marks(self._functions)

    def _draw_marks(self, functions: Functions) -> None:
        places = np.array(functions.marks).reshape(-1, 2)
        self._rings.setData(places[:, 0], self.scale.heights(places[:, 1]))
        self._fill.setVisible(functions.filled and not self.scale.logarithmic)
        if functions.filled:
            self._fill.setData(functions.x, functions.curves[0].values)
        self._zeros[0].setVisible(not self.scale.logarithmic)

    def show_theme(self, theme: Theme) -> None:
        """Take on the colours of another theme."""
        super().show_theme(theme)
        self._colour_marks(theme)

    def _colour_marks(self, theme: Theme) -> None:
        for line in self._zeros:
            line.setPen(pg.mkPen(theme.outline, width=1))
        self._upright.setPen(pg.mkPen(theme.accent, width=1.4))
        self._rings.setPen(pg.mkPen(theme.text, width=1.4))
        self._rings.setBrush(QColor(theme.panel))
        tint = QColor(theme.lines[1])
        tint.setAlpha(FILL_ALPHA)
        self._fill.setBrush(tint)
