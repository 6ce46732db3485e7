"""The plot of the learning rate, as the schedule has changed it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QT_TRANSLATE_NOOP

from playground.training.snapshot import Snapshot
from widgets.plots.curves import Curve
from widgets.plots.history_plot import HistoryPlot
from widgets.theme import Theme


class RatePlot(HistoryPlot):
    """The learning rate of each epoch."""

    NAME = QT_TRANSLATE_NOOP("HistoryPlot", "Learning rate")

    def curves(self, snapshot: Snapshot, theme: Theme) -> Sequence[Curve]:
        """One curve."""
        return [Curve(self.tr("learning rate"), snapshot.history["learning_rate"], theme.lines[2])]
