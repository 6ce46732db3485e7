"""The plot of the loss, which training is to make small."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QT_TRANSLATE_NOOP

from playground.training.snapshot import Snapshot
from widgets.forms.control import tip
from widgets.plots.curves import Curve
from widgets.plots.history_plot import HistoryPlot
from widgets.theme import Theme

SMOOTHED = "train_loss_smoothed"
"""The column of the loss by smoothed labels; there while labels are smoothed."""


class LossPlot(HistoryPlot):
    """The loss on the training, validation and test samples."""

    NAME = QT_TRANSLATE_NOOP("HistoryPlot", "Loss")

    def curves(self, snapshot: Snapshot, theme: Theme) -> Sequence[Curve]:
        """Every side of the split, and the smoothed loss that training makes small, where there is one."""
        history = snapshot.history
        sides = {
            "train_loss": (self.tr("training"), theme.training),
            "validation_loss": (self.tr("validation"), theme.lines[0]),
            "test_loss": (self.tr("test"), theme.test),
            SMOOTHED: (self.tr("smoothed"), theme.lines[2]),
        }
        self.legend.setToolTip(self._smoothing_tip() if SMOOTHED in history else "")
        return [
            Curve(name, history[column], colour)
            for column, (name, colour) in sides.items()
            if column in history
        ]

    def _smoothing_tip(self) -> str:
        return tip(
            self.tr("Training, validation and test are by the true labels, so they can be compared."),
            self.tr("Smoothed is the training loss by the smoothed labels, which training makes small."),
        )
