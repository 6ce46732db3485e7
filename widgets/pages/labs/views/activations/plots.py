"""The plots of the laboratory of activations: the curve, the way through the layers, many layers as one."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg

from playground.analysis import curves
from playground.labs.activations import ActivationExplorer
from playground.labs.activations.as_one import AsOne
from playground.labs.activations.signal import SignalTravel
from playground.labs.activations.wide import Expected
from widgets.pages.labs.led_plot import LedPlot
from widgets.plots.curves import Curve, CurvePlot
from widgets.plots.function_plot import FunctionPlot, Functions
from widgets.theme import Theme, current

FAINT = 1.0
"""The width of lines that others are compared with."""
TANGENT = 1.3
"""How far from its place a tangent is drawn to either side."""


class TangentPlot(LedPlot):
    """An activation and its slope, with the tangent at a place."""

    def __init__(self) -> None:
        super().__init__(self.tr("Activation and its slope"))
        self._tangent = pg.PlotCurveItem(antialias=True)
        self._touching = pg.ScatterPlotItem(size=11)
        for depth, item in ((6, self._tangent), (7, self._touching)):
            item.setZValue(depth)
            self.canvas.addItem(item, ignoreBounds=True)
        self._colour_tangent(current())

    def show_lab(self, lab: ActivationExplorer) -> None:
        """Show the curve as it is set, and the tangent."""
        theme, curve = current(), curves.activation_curve(lab.activation)
        lines = [Curve("f", curve.value, theme.lines[1]), Curve("f′", curve.slope, theme.lines[3])]
        self.show_functions(
            self.tr("Activation and its slope"), Functions("z", curve.x, lines, curves.NET_INPUTS)
        )
        (value, slope), place = lab.here, lab.place
        ends = np.array([place - TANGENT, place + TANGENT])
        self._tangent.setData(ends, value + slope * (ends - place))
        self._touching.setData([place], [value])
        self.show_place(place)

    def show_theme(self, theme: Theme) -> None:
        """Take on the colours of another theme."""
        super().show_theme(theme)
        self._colour_tangent(theme)

    def _colour_tangent(self, theme: Theme) -> None:
        self._tangent.setPen(pg.mkPen(theme.lines[3], width=1.6))
        self._touching.setPen(pg.mkPen(theme.lines[3], width=2))
        self._touching.setBrush(pg.mkBrush(theme.panel))


class TravelPlot(CurvePlot):
    """The variance of net inputs, activations and gradients, layer by layer."""

    def __init__(self) -> None:
        super().__init__(self.tr("Variance through the layers"), self.tr("layer"), logarithmic=True)

    def show_passage(self, passage: SignalTravel, expected: Expected | None, seen: int) -> None:
        """Show so many layers of it; of the gradient all, which comes from the other end."""
        theme, depth = current(), len(passage.net)
        layers = np.arange(1.0, depth + 1)
        self.x_limits = (1.0, float(depth))
        there = layers <= seen
        lines = [
            Curve(self.tr("Var z"), np.where(there, passage.net, np.nan), theme.lines[1]),
            Curve(self.tr("Var a"), np.where(there, passage.activations, np.nan), theme.lines[0]),
            Curve(self.tr("Var δ"), np.where(there, passage.gradients, np.nan), theme.lines[3]),
        ]
        if expected is not None:
            lines += [
                Curve(self.tr("z expected"), expected.net, theme.muted, FAINT),
                Curve(self.tr("δ expected"), expected.gradients, theme.outline, FAINT),
            ]
        self.show_curves(layers, lines)


class AsOnePlot(FunctionPlot):
    """Outputs of the last layer along a line through the inputs, and what one layer can make of it."""

    def show_found(self, found: AsOne | None) -> None:
        """Show it; an empty plot where nothing arrives."""
        theme = current()
        lines = []
        if found is not None:
            names = [self.tr("neuron {n}").format(n=n) for n in range(1, len(found.outputs) + 1)]
            colours = (theme.lines[1], theme.lines[4], theme.lines[2])
            lines = [Curve(*each) for each in zip(names, found.outputs, colours, strict=True)]
            lines.append(Curve(self.tr("one layer for neuron 1"), found.one, theme.lines[3]))
        x = np.zeros(1) if found is None else found.along
        self.show_functions(
            self.tr("Many layers as one"),
            Functions(self.tr("along a line through the inputs"), x, lines, x_limits=(-3.0, 3.0)),
        )
