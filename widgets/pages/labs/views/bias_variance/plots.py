"""Errors by the size of the model: what they are made of, and what each part of the data says."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor

from playground.labs.bias_variance.errors import Floats, SizeErrors
from widgets.figures.columns import Columns
from widgets.pages.labs.led_plot import LedPlot
from widgets.plots.curves import Column, Curve
from widgets.plots.function_plot import Functions
from widgets.theme import Theme, current

HIGHEST = 4.0
"""How many times the error of knowing nothing a linear axis shows at most."""
TINT = 0.35
LEAST = 1e-9
"""An error as small as that is as good as none."""


class SizePlot(LedPlot):
    """Curves over the size of the model, along which the one that is set is led."""

    def __init__(self, title: str, *, logarithmic: bool) -> None:
        super().__init__(title)
        self._title = title
        self._whole: dict[str, Floats] = {}
        self._top = 1.0
        self.set_logarithmic(logarithmic)

    def show_errors(
        self, x_name: str, found: Sequence[SizeErrors], most: int, size: int, named: Sequence[Curve]
    ) -> None:
        """Show these curves, as long as what was found; `most` is the largest size."""
        x = np.array([each.size for each in found], np.float64)
        self._whole = {curve.name: curve.values for curve in named}
        limits = (0.0, float(max(most, 1)))
        self.show_functions(
            self._title, Functions(x_name, x, [self._held(curve) for curve in named], limits, from_zero=True)
        )
        self.show_place(float(size))

    def columns(self) -> Columns:
        """The errors as they are, also where the plot ends."""
        return {self.x_name: self.stops.x} | self._whole

    def _held(self, curve: Curve) -> Curve:
        values = np.clip(curve.values, LEAST, None if self.scale.logarithmic else self._top)
        return Curve(curve.name, values, curve.colour, curve.width)

    def show_top(self, ignorance: float) -> None:
        """Say what error it is to know nothing: a linear axis goes a little farther."""
        self._top = HIGHEST * max(ignorance, 1e-6)

    def set_logarithmic(self, logarithmic: bool) -> None:
        """Show again what was cut off, or cut it off."""
        super().set_logarithmic(logarithmic)
        if self._whole and self._functions is not None:
            curves = [
                self._held(Curve(curve.name, self._whole[curve.name], curve.colour, curve.width))
                for curve in self._functions.curves
            ]
            self.show_curves(self.stops.x, curves)


class StackPlot(SizePlot):
    """Noise, bias² and variance stacked on one another."""

    def __init__(self) -> None:
        self._fills: tuple[pg.PlotCurveItem, ...] = ()
        title = QCoreApplication.translate("StackPlot", "Bias², variance and noise")
        super().__init__(title, logarithmic=False)
        self._fills = tuple(pg.PlotCurveItem(pen=None, fillLevel=0) for _ in range(3))
        for depth, fill in enumerate(self._fills):
            fill.setZValue(-70 + depth)
            self.canvas.addItem(fill, ignoreBounds=True)
        self._colour_fills(current())

    def show_stack(
        self, x_name: str, found: Sequence[SizeErrors], noise: float, most: int, size: int
    ) -> None:
        """Show what the error of each size is made of; the top one is all of it."""
        theme = current()
        bias = np.array([each.bias for each in found]) + noise
        whole = bias + np.array([each.variance for each in found])
        self.show_errors(
            x_name,
            found,
            most,
            size,
            (
                Curve(self.tr("+ variance"), whole, theme.lines[1], width=2.0),
                Curve(self.tr("+ bias²"), bias, theme.lines[3]),
                Curve(self.tr("noise"), np.full(len(found), noise), theme.muted),
            ),
        )

    def _draw(self) -> None:
        super()._draw()
        for fill, curve in zip(self._fills, self._curves, strict=False):
            fill.setFillLevel(self.scale.bottom if self.scale.logarithmic else 0.0)
            fill.setData(self.stops.x, np.nan_to_num(self.scale.drawn_heights(_column(curve.values))))

    def show_theme(self, theme: Theme) -> None:
        """Take on the colours of another theme."""
        super().show_theme(theme)
        self._colour_fills(theme)

    def _colour_fills(self, theme: Theme) -> None:
        for fill, colour in zip(self._fills, (theme.lines[1], theme.lines[3], theme.muted), strict=True):
            fill.setBrush(_mixed(QColor(colour), QColor(theme.panel)))


class PartsPlot(SizePlot):
    """What training, validation and test data say of one model."""

    def __init__(self) -> None:
        title = QCoreApplication.translate("PartsPlot", "Training, validation and test")
        super().__init__(title, logarithmic=True)

    def show_parts(self, x_name: str, found: Sequence[SizeErrors], most: int, size: int) -> None:
        """Show the errors of the first set."""
        theme = current()
        self.show_errors(
            x_name,
            found,
            most,
            size,
            (
                Curve(self.tr("training"), np.array([each.training for each in found]), theme.training),
                Curve(self.tr("validation"), np.array([each.validation for each in found]), theme.lines[2]),
                Curve(self.tr("test"), np.array([each.test for each in found]), theme.test),
            ),
        )


def _column(values: Column) -> Floats:
    return np.asarray(values, np.float64)


def _mixed(colour: QColor, ground: QColor) -> QColor:
    """A colour laid thinly on a ground, which nothing shines through."""
    pairs = zip(colour.getRgb()[:3], ground.getRgb()[:3], strict=True)
    return QColor(*(round(TINT * above + (1 - TINT) * below) for above, below in pairs))
