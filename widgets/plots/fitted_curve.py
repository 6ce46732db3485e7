"""What the network says along a line, for data with one input: a curve through the samples."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from widgets.colouring import Floats
from widgets.plots.curves import Column, Curve, CurvePlot
from widgets.plots.points import Points
from widgets.theme import current

POINT_SIZE = 6


class FittedCurve(CurvePlot):
    """Curves over the input, with training samples as dots and test samples as rings.

    Signals:
        probed: the index of the place that is read out, or None.
    """

    probed = Signal(object)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, "x", x_limits=(-6.0, 6.0), from_zero=False, parent=parent)
        self._training, self._test = Points(), Points()
        self._lane: float | None = None
        """Where the samples stand that have no place on a logarithmic axis; None before any stand."""
        self._dots = pg.ScatterPlotItem(size=POINT_SIZE)
        self._rings = pg.ScatterPlotItem(size=POINT_SIZE)
        for item in (self._rings, self._dots):
            item.setZValue(-50)
            self.canvas.addItem(item, ignoreBounds=True)

    def show_points(self, training: Points, test: Points, lanes: Sequence[tuple[float, str]] = ()) -> None:
        """Show samples at places (n, 2): the input, and the target or the lane of the class."""
        if tuple(lanes) != self.canvas.names:
            self.canvas.names = tuple(lanes)
            self.canvas.lay_out_anew()
        self._training, self._test = training, test
        self._lane = None
        self._draw()

    def _draw(self) -> None:
        """The samples keep their places while the axis does."""
        super()._draw()
        lane = self.scale.lane if self.scale.logarithmic else inf
        if lane != self._lane:
            self._lane = lane
            self._place_points()

    def _place_points(self) -> None:
        x, y = self._training.places.T
        colours = [QColor(colour) for colour in self._training.colours]
        self._dots.setData(x, self.scale.places(y), brush=colours, pen=pg.mkPen(current().panel, width=0.5))
        x, y = self._test.places.T
        pens = [pg.mkPen(colour, width=1.2) for colour in self._test.colours]
        self._rings.setData(x, self.scale.places(y), brush=None, pen=pens)

    def show_fit(self, x: str, ends: tuple[float, float], outputs: Floats, curves: Sequence[Curve]) -> None:
        """Show outputs (m, r), evenly over the axis of that name from end to end."""
        self.set_x_name(x)
        self.x_limits = ends
        self.show_curves(np.linspace(*ends, outputs.shape[-1]), curves)

    def _held_values(self) -> Column:
        """The axes hold the samples as well."""
        targets = [points.places[:, 1] for points in (self._training, self._test)]
        return np.concatenate([super()._held_values(), *targets])

    @property
    def probe(self) -> tuple[float] | None:
        """The x that is read out."""
        return None if self.pointed is None else (float(self.stops.x[self.pointed]),)

    def probed_values(self) -> Floats | None:
        """The outputs (m,) there."""
        return (
            None if self.pointed is None else np.array([curve.values[self.pointed] for curve in self._curves])
        )

    def _point_to(self, index: int | None) -> None:
        super()._point_to(index)
        self.probed.emit(index)
