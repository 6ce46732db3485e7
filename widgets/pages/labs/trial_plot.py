"""The plot of a trial: one number of each variant over the epochs."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from playground.labs.trial import Floats, TrialCourse
from widgets.pages.labs.entries import entry_colour
from widgets.plots.curves import Curve, CurvePlot


class TrialPlot(CurvePlot):
    """One number of every variant over the epochs, such as a loss."""

    def __init__(self, title: str, of: Callable[[TrialCourse], Floats], logarithmic: bool = False) -> None:
        super().__init__(title, self.tr("epoch"), logarithmic=logarithmic)
        self._of = of

    def show_courses(self, names: Sequence[str], courses: Sequence[TrialCourse], epochs: int) -> None:
        """Show how they learnt so far, on an axis of so many epochs."""
        self.x_limits = (0.0, float(max(epochs, 1)))
        x = np.arange(epochs + 1, dtype=np.float64)
        curves = [
            Curve(name, self._of(course), entry_colour(place))
            for place, (name, course) in enumerate(zip(names, courses, strict=True))
        ]
        self.show_curves(x, curves)
