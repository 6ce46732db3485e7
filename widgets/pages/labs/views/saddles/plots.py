"""The plots beside a saddle: losses over steps, signs of curvatures, and eigenvalues of random matrices."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite

import numpy as np

from playground.labs.race.racing import Way
from playground.labs.saddles.matrices import DIMENSIONS, MatrixSigns, MatrixSpectrum
from widgets.pages.labs.entries import entry_colour
from widgets.plots.curves import Curve, CurvePlot
from widgets.plots.notes import Note, NoteMarks
from widgets.theme import Theme, current


class LeavingPlot(CurvePlot):
    """The losses of both ways over the steps, and when the first should have left."""

    def __init__(self) -> None:
        super().__init__(self.tr("Loss over steps"), self.tr("step"))
        self._expected = NoteMarks()
        self._expected.show_theme(current())
        self.canvas.addItem(self._expected)

    def show_ways(self, names: Sequence[str], ways: Sequence[Way], steps: int, seen: int) -> None:
        """Show so many steps of each."""
        self.x_limits = (0, steps)
        curves = []
        for place, (name, way) in enumerate(zip(names, ways, strict=True)):
            values = np.full(steps + 1, np.nan)
            values[: len(way.losses)] = way.losses
            values[seen + 1 :] = np.nan
            curves.append(Curve(name, values, entry_colour(place)))
        self.show_curves(np.arange(steps + 1, dtype=np.float64), curves)

    def show_expected(self, step: float, words: str) -> None:
        """Mark when the way without noise should leave; nowhere where it never should."""
        self._expected.show_notes([Note(step, words)] if isfinite(step) else [])

    def show_theme(self, theme: Theme) -> None:
        """Take on the colours of another theme."""
        super().show_theme(theme)
        self._expected.show_theme(theme)


class SignsPlot(CurvePlot):
    """How many random matrices have no negative eigenvalue, over their size."""

    def __init__(self) -> None:
        limits, title = (1, DIMENSIONS[-1]), self.tr("Minima are rare")
        super().__init__(title, self.tr("matrix size"), x_limits=limits, logarithmic=True)

    def show_signs(self, signs: MatrixSigns) -> None:
        """Show what was counted; what was never met is a gap."""
        x, shown = np.array(DIMENSIONS, np.float64), current()
        met = np.where(signs.minima > 0, signs.minima, np.nan)
        curves = [
            Curve(self.tr("all positive"), met, shown.accent),
            Curve(self.tr("both signs"), np.where(signs.saddles > 0, signs.saddles, np.nan), shown.lines[0]),
            Curve(self.tr("if signs were tossed, 2⁻ⁿ"), 0.5**x, shown.muted, 1.0),
        ]
        self.show_curves(x, curves)


class SpectrumPlot(CurvePlot):
    """Where the eigenvalues of random matrices of one size lie, beside Wigner's semicircle."""

    def __init__(self) -> None:
        super().__init__(self.tr("Eigenvalues"), self.tr("eigenvalue"))

    def show_spectrum(self, found: MatrixSpectrum) -> None:
        """Show their density."""
        self.x_limits = (float(found.places[0]), float(found.places[-1]))
        curves = [
            Curve(self.tr("drawn"), found.density, current().accent),
            Curve(self.tr("semicircle"), found.semicircle, current().muted, 1.0),
        ]
        self.show_curves(found.places, curves)
