"""The plot of the loss, which training is to make small."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QT_TRANSLATE_NOOP

from playground.training.snapshot import Snapshot
from widgets.plots.curves import Curve
from widgets.plots.history_plot import HistoryPlot
from widgets.theme import Theme


class LossPlot(HistoryPlot):
    """The loss on the training, validation and test samples."""

    NAME = QT_TRANSLATE_NOOP("HistoryPlot", "Loss")

    def curves(self, snapshot: Snapshot, theme: Theme) -> Sequence[Curve]:
        """Every side of the split."""
        history = snapshot.history
        sides = {
            "train_loss": (self.tr("training"), theme.training),
            "validation_loss": (self.tr("validation"), theme.lines[0]),
            "test_loss": (self.tr("test"), theme.test),
        }
        return [
            Curve(name, history[column], colour)
            for column, (name, colour) in sides.items()
            if column in history
        ]
