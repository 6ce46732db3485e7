"""Weights over the strength of a penalty, the price of sharing, and all networks that dropout leaves."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QCoreApplication

from playground.labs.regularization import Regularization
from playground.labs.regularization.dropping import SubNetworks
from playground.labs.regularization.laboratory import STRENGTHS
from playground.labs.regularization.shrinking import Price, cost, wines
from widgets.figures.columns import Columns
from widgets.pages.labs.entries import entry_colour
from widgets.pages.labs.fan_plot import FanPlot
from widgets.pages.labs.led_plot import LedPlot
from widgets.plots.curves import Curve
from widgets.plots.function_plot import Functions
from widgets.sentences import column_name
from widgets.theme import current

LOW, HIGH = float(np.log10(STRENGTHS[0])), float(np.log10(STRENGTHS[-1]))
SPREADS = np.linspace(0, 100, 51)
ROOM = 0.15
"""How far the plot of networks goes beyond the truth, as a share of what is seen."""


class PathsPlot(LedPlot):
    """The weights of eight measurements of wines by which their alcohol is told."""

    def __init__(self) -> None:
        title = QCoreApplication.translate("PathsPlot", "Weights over λ")
        super().__init__(title)
        self._title = title

    def show_paths(self, weights: np.ndarray[tuple[int, ...], np.dtype[np.float64]], strength: float) -> None:
        """Show the weights (k, p) of all strengths, and where the one that is set stands."""
        names = wines()[0]
        curves = [
            Curve(column_name(name), weights[:, place], entry_colour(place))
            for place, name in enumerate(names)
        ]
        self.show_functions(self._title, Functions("log₁₀ λ", np.log10(STRENGTHS), curves))
        self.show_place(float(np.clip(np.log10(max(strength, STRENGTHS[0])), LOW, HIGH)))


class SharingPlot(LedPlot):
    """What four equal inputs cost by how evenly the weights are spread over them; the output is the same."""

    def __init__(self) -> None:
        title = QCoreApplication.translate("SharingPlot", "One input or a quarter of each")
        super().__init__(title)
        self._title = title

    def show_spread(self, lab: Regularization) -> None:
        """Show all spreads, and where the one that is set stands."""
        lines = current().lines
        shared = [lab.shared(spread) for spread in SPREADS.tolist()]
        sizes = np.array([cost(weights, Price(1, 1)) for weights in shared])
        squares = np.array([2 * cost(weights, Price(1, 0)) for weights in shared])
        curves = [Curve("Σ|w|", sizes, lines[3], width=2.0), Curve("Σw²", squares, lines[1], width=2.0)]
        name = self.tr("spread in percent")
        self.show_functions(self._title, Functions(name, SPREADS, curves, from_zero=True))
        self.show_place(lab.spread)


class DropoutPlot(FanPlot):
    """What all networks say, their average, and the scaled whole."""

    def __init__(self) -> None:
        super().__init__(QCoreApplication.translate("DropoutPlot", "Networks that dropout leaves"))
        self._networks: SubNetworks | None = None

    def show_networks(self, found: SubNetworks) -> None:
        """Show them."""
        self._networks, lines = found, current().lines
        low, high = float(found.outputs.min()), float(found.outputs.max())
        room = ROOM * max(high - low, 1e-3)
        self.show_fan(found.x, found.outputs, low - room, high + room)
        curves = [
            Curve(self.tr("scaled whole"), found.scaled, lines[3], width=2.2),
            Curve(self.tr("average of all"), found.average, lines[0], width=2.2),
        ]
        self.show_functions(self.tr("Networks that dropout leaves"), Functions("x", found.x, curves))

    def columns(self) -> Columns:
        """The average, the scaled whole, and what each network says."""
        found = dict(super().columns())
        if self._networks is not None:
            for place, outputs in enumerate(self._networks.outputs, 1):
                found[self.tr("network {number}").format(number=place)] = outputs
        return found
