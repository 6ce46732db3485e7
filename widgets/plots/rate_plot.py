"""The plot of the learning rate, as the schedule has changed it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from playground.training.snapshot import Snapshot
from widgets.plots.curves import Curve
from widgets.plots.history_plot import HistoryPlot
from widgets.theme import Theme


class RatePlot(HistoryPlot):
    """The learning rate of each epoch."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Learning rate"), parent=parent)

    def curves(self, snapshot: Snapshot, theme: Theme) -> Sequence[Curve]:
        """One curve."""
        return [Curve(self.tr("learning rate"), snapshot.history["learning_rate"], theme.lines[2])]
