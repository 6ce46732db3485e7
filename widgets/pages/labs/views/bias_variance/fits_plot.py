"""Many fits over one another, with the truth, their average, and the samples of the last."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor

from playground.labs.bias_variance.errors import Fits
from widgets.figures.columns import Columns
from widgets.pages.labs.fan_plot import FanPlot
from widgets.plots.curves import Curve
from widgets.plots.function_plot import Functions
from widgets.theme import Theme, current

REACH = 0.35
"""How far the plot goes beyond truth and noise, as a share of what they take."""
DOT = 7


class FitsPlot(FanPlot):
    """Thin lines for all sets, of which the last one that is seen stands out."""

    def __init__(self) -> None:
        super().__init__(QCoreApplication.translate("FitsPlot", "Fits"))
        self._fits: Fits | None = None
        self._seen = 0
        self._last = pg.PlotCurveItem(antialias=True)
        self._dots = pg.ScatterPlotItem(size=DOT)
        for depth, item in ((-40, self._last), (10, self._dots)):
            item.setZValue(depth)
            self.canvas.addItem(item, ignoreBounds=True)
        self._colour_last(current())

    def show_fits(self, fits: Fits, noise: float, seen: int) -> None:
        """Show the fits of so many sets."""
        self._fits, self._seen = fits, seen
        low, high = float(fits.truth.min()) - 2 * noise, float(fits.truth.max()) + 2 * noise
        room = REACH * max(high - low, 1e-6)
        self.show_fan(fits.grid, fits.predictions[:seen], low - room, high + room)
        if seen:
            self._last.setData(fits.grid, self.near(fits.predictions[seen - 1]))
            self._dots.setData(fits.x[seen - 1], self.near(fits.y[seen - 1]))
        for item in (self._last, self._dots):
            item.setVisible(seen > 0)
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

    def show_theme(self, theme: Theme) -> None:
        """Take on the colours of another theme."""
        super().show_theme(theme)
        self._colour_last(theme)

    def _colour_last(self, theme: Theme) -> None:
        self._last.setPen(pg.mkPen(theme.lines[1], width=1.6))
        self._dots.setBrush(QColor(theme.lines[1]))
        self._dots.setPen(pg.mkPen(theme.panel, width=1.2))
