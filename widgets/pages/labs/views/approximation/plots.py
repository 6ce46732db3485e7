"""The plots beside a built function: how wide and deep networks do, and how layers fold a line."""

from __future__ import annotations

import numpy as np

from playground.labs.approximation.width_and_depth import DEPTHS, SIZES, Errors, folded
from widgets.plots.curves import Curve, CurvePlot
from widgets.sentences import counted
from widgets.theme import current

PLACES = np.linspace(0, 1, 1025)
"""Every bend of seven folds is one of them."""


class WidthPlot(CurvePlot):
    """The error over the number of hidden neurons, a curve for each number of layers."""

    def __init__(self) -> None:
        super().__init__(
            self.tr("Error by neurons"), self.tr("hidden neurons"), x_limits=(0, SIZES[-1]), logarithmic=True
        )

    def show_errors(self, errors: Errors) -> None:
        """Show what was measured so far."""
        names = [counted("{count} layer", "{count} layers", depth) for depth in DEPTHS]
        colours = current().lines
        curves = [
            Curve(name, errors.over_sizes(depth), colours[place], own=np.isfinite(errors.over_sizes(depth)))
            for place, (depth, name) in enumerate(zip(DEPTHS, names, strict=True))
        ]
        self.show_curves(np.array(SIZES, np.float64), curves)


class FoldingPlot(CurvePlot):
    """What comes out of the last of some layers that fold, and of the one before."""

    def __init__(self) -> None:
        super().__init__(self.tr("Folding"), "x", x_limits=(0, 1))

    def show_folds(self, folds: int) -> None:
        """Show so many layers."""
        shown = current()
        last = Curve(self.tr("last layer"), folded(PLACES, folds), shown.accent)
        before = Curve(self.tr("the one before"), folded(PLACES, folds - 1), shown.muted, 1.0)
        self.show_curves(PLACES, [last, before])
