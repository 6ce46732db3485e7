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
        """Every side of the split; where labels are smoothed, the names tell what can be compared."""
        history = snapshot.history
        smooths = SMOOTHED in history
        plain = self.tr("{side} (plain)") if smooths else "{side}"
        sides = {
            "train_loss": (plain.format(side=self.tr("training")), theme.training),
            "validation_loss": (plain.format(side=self.tr("validation")), theme.lines[0]),
            "test_loss": (plain.format(side=self.tr("test")), theme.test),
            SMOOTHED: (self.tr("training (smoothed)"), theme.lines[1]),
        }
        self.legend.setToolTip(self._smoothing_tip() if smooths else "")
        return [
            Curve(name, history[column], colour)
            for column, (name, colour) in sides.items()
            if column in history
        ]

    def _smoothing_tip(self) -> str:
        return tip(
            self.tr("The plain losses go by the true labels, so they can be compared with each other."),
            self.tr("The smoothed one goes by the smoothed labels; it is what training makes small."),
        )
