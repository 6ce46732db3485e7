"""The plots of the laboratory of normalization: a sample among others, and net inputs that drift."""

from __future__ import annotations

import numpy as np

from playground.labs.normalization.batches import AmongOthers
from playground.labs.normalization.drift import Drift
from widgets.plots.curves import Curve, CurvePlot
from widgets.plots.function_plot import FunctionPlot, Functions
from widgets.theme import current

FAINT = 1.0
"""The width of lines that bound others."""


class AmongOthersPlot(FunctionPlot):
    """What one value becomes in batches of many sizes, and at test time."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("One sample in many batches"))

    def show_found(self, found: AmongOthers, batch: int) -> None:
        """Show it, and which size the batches have."""
        theme, x = current(), np.log2(found.sizes)
        at_test = np.full(len(x), found.at_test)
        lines = [
            Curve(self.tr("at test time"), at_test, theme.lines[3], 2.2),
            Curve(self.tr("in training"), found.middle, theme.lines[1]),
            Curve(self.tr("95 %"), found.high, theme.lines[1], FAINT),
            Curve(self.tr("5 %"), found.low, theme.lines[1], FAINT),
        ]
        functions = Functions(self.tr("batch size, log₂"), x, lines)
        self.show_functions(self.tr("One sample in many batches"), functions)
        self.show_place(float(np.log2(batch)))


class DriftPlot(CurvePlot):
    """Net inputs of a deep neuron over training: their middle, and what 70 % lie between."""

    def __init__(self) -> None:
        super().__init__(self.tr("Net inputs of a deep neuron"), self.tr("update"), from_zero=False)

    def show_drifts(self, without: Drift, norm: Drift, every: int, seen: int) -> None:
        """Show so many looks, one after so many updates each."""
        theme, looks = current(), np.arange(without.quantiles.shape[1])
        self.x_limits = (0.0, float(max(looks[-1] * every, 1)))
        names = (self.tr("15 %"), self.tr("middle"), self.tr("85 %"))
        curves = []
        for drift, what, colour in (
            (without, self.tr("without"), theme.lines[3]),
            (norm, self.tr("with batch norm"), theme.lines[1]),
        ):
            for place in (1, 0, 2):
                values = np.where(looks <= seen, drift.quantiles[place], np.nan)
                name = what if place == 1 else f"{what} {names[place]}"
                curves.append(Curve(name, values, colour, FAINT if place != 1 else 2.0))
        ordered = [curves[0], curves[3], *curves[1:3], *curves[4:]]
        self.show_curves((looks * every).astype(np.float64), ordered)
