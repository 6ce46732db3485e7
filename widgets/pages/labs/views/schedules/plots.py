"""The plots of schedules: learning rates over the epochs, and the losses of networks that learn by them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from playground.labs.schedules.rates import Floats
from playground.labs.trial import TrialCourse
from widgets.pages.labs.entries import entry_colour
from widgets.plots.curves import Curve, CurvePlot


class RatesPlot(CurvePlot):
    """The learning rate by every schedule."""

    def __init__(self) -> None:
        super().__init__(self.tr("Learning rates"), self.tr("epoch"))

    def show_rates(self, names: Sequence[str], curves: Sequence[tuple[Floats, Floats]], epochs: int) -> None:
        """Show curves over the same places in a training of so many epochs."""
        x = curves[0][0]
        self.x_limits = (0.0, float(epochs))
        shown = [
            Curve(name, rates, entry_colour(place), width=2.0)
            for place, (name, (_, rates)) in enumerate(zip(names, curves, strict=True))
        ]
        self.show_curves(x, shown)


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
