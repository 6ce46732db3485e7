"""What a Boltzmann machine has learnt over the epochs: errors, free energies, and exact likelihood."""

from __future__ import annotations

import numpy as np

from playground.labs.boltzmann.learning import Seen
from widgets.plots.curves import Curve, CurvePlot
from widgets.theme import current


class ErrorsPlot(CurvePlot):
    """Mean squared errors of reconstructions."""

    def __init__(self) -> None:
        super().__init__(self.tr("Reconstruction error"), self.tr("epoch"))

    def show_seen(self, seen: Seen) -> None:
        """Show them up to now."""
        history, shown = seen.history, current()
        curves = [
            Curve(self.tr("training"), history["train_error"], shown.training),
            Curve(self.tr("test"), history["test_error"], shown.test),
        ]
        self.show_curves(history["epoch"], curves)


class EnergiesPlot(CurvePlot):
    """Free energies, and in small machines the logarithm of the likelihood."""

    def __init__(self) -> None:
        super().__init__(self.tr("Free energy"), self.tr("epoch"), from_zero=False)

    def show_seen(self, seen: Seen) -> None:
        """Show them up to now."""
        history, shown = seen.history, current()
        curves = [
            Curve(self.tr("free energy, training"), history["train_energy"], shown.training),
            Curve(self.tr("test"), history["test_energy"], shown.test),
        ]
        if np.isfinite(history["likelihood"]).all():
            name = self.tr("log-likelihood, exact")
            curves.insert(0, Curve(name, history["likelihood"], shown.lines[0]))
        self.show_curves(history["epoch"], curves)
