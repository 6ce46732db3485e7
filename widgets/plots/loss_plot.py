"""The plot of the loss, which training is to make small."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QT_TRANSLATE_NOOP

from playground.training.snapshot import Snapshot
from widgets.plots.curves import Curve
from widgets.plots.history_plot import HistoryPlot
from widgets.theme import Theme


class LossPlot(HistoryPlot):
    """The loss on the training and on the test samples."""

    NAME = QT_TRANSLATE_NOOP("HistoryPlot", "Loss")

    def curves(self, snapshot: Snapshot, theme: Theme) -> Sequence[Curve]:
        """Both sides of the split."""
        history = snapshot.history
        return [
            Curve(self.tr("training"), history["train_loss"], theme.training),
            Curve(self.tr("test"), history["test_loss"], theme.test),
        ]
