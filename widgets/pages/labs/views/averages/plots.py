"""The plots of moving averages: the numbers with what is made of them, and what each number weighs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Signal
from PySide6.QtGui import QColor

from playground.labs.averages.averaging import MovingAverage
from playground.labs.averages.noisy_series import Floats
from playground.numbers.writing import figures
from widgets.pages.labs.entries import entry_colour
from widgets.plots.curves import Curve, CurvePlot
from widgets.plots.notes import Note, NoteMarks
from widgets.theme import Theme, current

DOT, DOT_ALPHA = 4.5, 150
WINDOWS = 3.0
"""How much of the past is drawn, in windows of the average that reaches back farthest."""
LEAST_PAST = 10


class NumbersPlot(CurvePlot):
    """The numbers as dots, and a curve for each average.

    Signals:
        read_out: another place is read out, or none.
    """

    read_out = Signal()

    def __init__(self) -> None:
        super().__init__(self.tr("Numbers and their averages"), "", from_zero=False)
        self._dots = pg.ScatterPlotItem(size=DOT, pen=None)
        self._dots.setZValue(-50)
        self.canvas.addItem(self._dots, ignoreBounds=True)
        self._colour_dots(current())

    def show_courses(
        self, counted: str, values: Floats, names: Sequence[str], courses: Sequence[Floats], seen: int
    ) -> None:
        """Show so many numbers, and the averages up to there."""
        self.set_x_name(counted)
        self.x_limits = (0.0, float(max(len(values), 1)))

        def so_far(numbers: Floats) -> Floats:
            return np.where(np.arange(len(numbers)) < seen, numbers, np.nan)

        nowhere = np.zeros(len(values), bool)  # the numbers are dots, and no line joins them
        curves = [Curve(self.tr("numbers"), so_far(values), current().muted, own=nowhere)]
        curves += [
            Curve(name, so_far(course), entry_colour(place), width=2.0)
            for place, (name, course) in enumerate(zip(names, courses, strict=True))
        ]
        self.show_curves(np.arange(1.0, len(values) + 1), curves)

    def _draw(self) -> None:
        super()._draw()
        if self._curves:
            heights = self.scale.heights(self._curves[0].values)
            there = np.isfinite(heights)
            self._dots.setData(self.stops.x[there], heights[there])

    def _point_to(self, index: int | None) -> None:
        before = self.pointed
        super()._point_to(index)
        if self.pointed != before:
            self.read_out.emit()

    def show_theme(self, theme: Theme) -> None:
        """Take on the colours of another theme."""
        super().show_theme(theme)
        self._colour_dots(theme)

    def _colour_dots(self, theme: Theme) -> None:
        colour = QColor(theme.muted)
        colour.setAlpha(DOT_ALPHA)
        self._dots.setBrush(colour)


class WeightsPlot(CurvePlot):
    """What each number of the past weighs in the averages, and how far back they reach."""

    def __init__(self) -> None:
        super().__init__(self.tr("Weights of the past"), "")
        self._windows = NoteMarks()
        self._windows.show_theme(current())
        self.canvas.addItem(self._windows)

    def show_weights(
        self, x_name: str, names: Sequence[str], averages: Sequence[MovingAverage], count: int, most: int
    ) -> None:
        """Show the weights when so many numbers have come, out of a series of so many at most."""
        self.set_x_name(x_name)
        reach = min(max(WINDOWS * max(each.window for each in averages), LEAST_PAST), max(most, 2))
        past = np.arange(int(reach), dtype=np.float64)
        self.x_limits = (0.0, float(max(int(reach) - 1, 1)))
        curves = []
        for place, (name, average) in enumerate(zip(names, averages, strict=True)):
            weights = np.full(len(past), np.nan)
            there = average.weights(count)[: len(past)]
            weights[: len(there)] = there
            curves.append(Curve(name, weights, entry_colour(place)))
        notes = tuple(
            Note(each.window, (f"{name}: {figures(each.window, 3)}",))
            for name, each in zip(names, averages, strict=True)
            if each.window <= self.x_limits[1]
        )
        self.stops = replace(self.stops, notes=notes)
        self._windows.show_notes(notes)
        self.show_curves(past, curves)

    def show_theme(self, theme: Theme) -> None:
        """Take on the colours of another theme."""
        super().show_theme(theme)
        self._windows.show_theme(theme)
