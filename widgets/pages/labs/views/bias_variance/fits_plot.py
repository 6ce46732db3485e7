"""Many fits over one another, with the truth, their average, and the samples of the last."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QColor

from playground.labs.bias_variance.errors import Fits, Floats
from widgets.plots.columns import Columns
from widgets.plots.curves import Column, Curve
from widgets.plots.function_plot import FunctionPlot, Functions
from widgets.theme import Theme, current

REACH = 0.35
"""How far the plot goes beyond truth and noise, as a share of what they take."""
FAR = 1e4
"""What is farther away than so many times what is seen is drawn there."""
DOT = 7


class FitsPlot(FunctionPlot):
    """Thin lines for all sets, of which the last one that is seen stands out."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Fits"))
        view = self.canvas.getViewBox()
        view.setFlag(view.GraphicsItemFlag.ItemClipsChildrenToShape)
        self._fits: Fits | None = None
        self._seen = 0
        self._limits = np.array([-1.0, 1.0])
        self._fan = pg.PlotCurveItem(connect="finite")
        self._last = pg.PlotCurveItem(antialias=True)
        self._dots = pg.ScatterPlotItem(size=DOT)
        for depth, item in ((-50, self._fan), (-40, self._last), (10, self._dots)):
            item.setZValue(depth)
            self.canvas.addItem(item, ignoreBounds=True)
        self._colour_fits(current())

    def show_fits(self, fits: Fits, noise: float, seen: int) -> None:
        """Show the fits of so many sets."""
        self._fits, self._seen = fits, seen
        low, high = float(fits.truth.min()) - 2 * noise, float(fits.truth.max()) + 2 * noise
        room = REACH * max(high - low, 1e-6)
        self._limits = np.array([low - room, high + room])
        theme = current()
        curves = [Curve(self.tr("truth"), fits.truth, theme.lines[0], width=2.2)]
        if seen:
            mean = fits.predictions[:seen].mean(axis=0)
            curves.append(Curve(self.tr("average of the fits"), mean, theme.lines[3], width=2.2))
        self.show_functions(self.tr("Fits"), Functions("x", fits.grid, curves))

    def columns(self) -> Columns:
        """The truth, the average, and what each set led to."""
        found = dict(super().columns())
        if self._fits is not None:
            for place, values in enumerate(self._fits.predictions[: self._seen], 1):
                found[self.tr("set {number}").format(number=place)] = values
        return found

    def _held_values(self) -> Column:
        return self._limits

    def _draw(self) -> None:
        super()._draw()
        fits, seen = self._fits, self._seen
        if fits is None:
            return
        lines = np.column_stack([self._near(fits.predictions[:seen]), np.full(seen, np.nan)])
        self._fan.setData(np.tile(np.append(fits.grid, np.nan), seen), lines.ravel())
        if seen:
            self._last.setData(fits.grid, self._near(fits.predictions[seen - 1]))
            self._dots.setData(fits.x[seen - 1], self._near(fits.y[seen - 1]))
        self._last.setVisible(seen > 0)
        self._dots.setVisible(seen > 0)

    def _near(self, values: Floats) -> Floats:
        """Values no farther away than can be drawn."""
        far = FAR * float(np.abs(self._limits).max())
        near: Floats = np.clip(values, -far, far)
        return near

    def set_logarithmic(self, logarithmic: bool) -> None:
        """The axis stays as it is: fits go below 0."""
        self.scale = replace(self.scale, logarithmic=False)
        self._log_action.setChecked(False)

    def show_theme(self, theme: Theme) -> None:
        """Take on the colours of another theme."""
        super().show_theme(theme)
        self._colour_fits(theme)

    def _colour_fits(self, theme: Theme) -> None:
        thin = QColor(theme.lines[1])
        thin.setAlpha(70)
        self._fan.setPen(pg.mkPen(thin, width=1))
        self._last.setPen(pg.mkPen(theme.lines[1], width=1.6))
        self._dots.setBrush(QColor(theme.lines[1]))
        self._dots.setPen(pg.mkPen(theme.panel, width=1.2))
