"""The plot of schedules: learning rates over the epochs."""

from __future__ import annotations

from collections.abc import Sequence

from playground.labs.schedules.rates import Floats
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
