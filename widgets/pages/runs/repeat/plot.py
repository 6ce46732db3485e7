"""The median of several seeds over epochs, in the band between the quartiles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from playground.analysis.repeats.bands import Bands
from widgets.figures.columns import Columns
from widgets.plots.curves import Column, Curve, CurvePlot

OPACITY = 72
BOLD = 2.0


@dataclass(frozen=True, eq=False)
class ColouredBands:
    """The bands of a run, its name and its colour."""

    name: str
    bands: Bands
    colour: str


class BandPlot(CurvePlot):
    """A band for each run that is repeated."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_tr("Over seeds"), _tr("epoch"), parent=parent)
        self._bands: Sequence[ColouredBands] = ()
        self._fills: list[pg.FillBetweenItem] = []
        self.setMinimumHeight(190)

    def show_bands(self, shown: Sequence[ColouredBands]) -> None:
        """Show these."""
        self._bands = shown
        x = np.unique(np.concatenate([each.bands.epochs for each in shown])) if shown else np.empty(0)
        curves = []
        for each in shown:
            own = np.isin(x, each.bands.epochs)
            values = np.full(len(x), np.nan)
            values[own] = each.bands.median
            curves.append(Curve(each.name, values, each.colour, BOLD, own))
        self.show_curves(x, curves)

    def columns(self) -> Columns:
        """Of each run the median and the quartiles."""
        found: dict[str, Column] = {self.x_name: self.stops.x}
        for each in self._bands:
            own = np.isin(self.stops.x, each.bands.epochs)
            for name, values in (
                (_tr("{run} median").format(run=each.name), each.bands.median),
                (_tr("{run} lower quartile").format(run=each.name), each.bands.low),
                (_tr("{run} upper quartile").format(run=each.name), each.bands.high),
            ):
                found[name] = np.full(len(self.stops.x), np.nan)
                found[name][own] = values
        return found

    def _held_values(self) -> Column:
        """The axis holds the bands as well."""
        ends = [values for each in self._bands for values in (each.bands.low, each.bands.high)]
        return np.concatenate([super()._held_values(), *ends])

    def _draw(self) -> None:
        super()._draw()
        while len(self._fills) > len(self._bands):
            self.canvas.removeItem(self._fills.pop())
        while len(self._fills) < len(self._bands):
            fill = pg.FillBetweenItem(pg.PlotCurveItem(), pg.PlotCurveItem())
            fill.setZValue(-60)
            self.canvas.addItem(fill, ignoreBounds=True)
            self._fills.append(fill)
        for fill, each in zip(self._fills, self._bands, strict=True):
            colour = QColor(each.colour)
            colour.setAlpha(OPACITY)
            fill.setBrush(colour)
            edges = (self.scale.places(values) for values in (each.bands.low, each.bands.high))
            fill.setCurves(*(pg.PlotCurveItem(each.bands.epochs, edge) for edge in edges))


def _tr(text: str) -> str:
    return QCoreApplication.translate("BandPlot", text)
