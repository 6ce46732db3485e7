"""The plot of the loss, which training is to make small."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QT_TRANSLATE_NOOP

from playground.training.snapshot import Snapshot
from widgets.plots.curves import Curve
from widgets.plots.history_plot import HistoryPlot
from widgets.theme import Theme
from widgets.tips import tip

SMOOTHED = "train_loss_smoothed"
"""The column of the loss by smoothed labels; there while labels are smoothed."""
OF_DATA = "train_loss_data"
"""The column of the loss without what layers add to it; there while one adds something."""


class LossPlot(HistoryPlot):
    """The loss on the training, validation and test samples."""

    NAME = QT_TRANSLATE_NOOP("HistoryPlot", "Loss")

    def curves(self, snapshot: Snapshot, theme: Theme) -> Sequence[Curve]:
        """Every side of the split; the smoothed loss and that of the data alone, where they are others."""
        history = snapshot.history
        sides = {
            "train_loss": (self.tr("training"), theme.training),
            "validation_loss": (self.tr("validation"), theme.lines[0]),
            "test_loss": (self.tr("test"), theme.test),
            SMOOTHED: (self.tr("smoothed"), theme.lines[2]),
            OF_DATA: (self.tr("training, data alone"), theme.lines[3]),
        }
        self.legend.setToolTip(self._tip(snapshot))
        return [
            Curve(name, history[column], colour)
            for column, (name, colour) in sides.items()
            if column in history
        ]

    def _tip(self, snapshot: Snapshot) -> str:
        lines = []
        if SMOOTHED in snapshot.history:
            lines += [
                self.tr("Training, validation and test are by the true labels, so they can be compared."),
                self.tr("Smoothed is the training loss by the smoothed labels, which training makes small."),
            ]
        if OF_DATA in snapshot.history:
            lines.append(
                self.tr(
                    "The loss is that of the data and what layers add to it, such as a KL term; "
                    "the data alone are the part by which outputs differ from their targets."
                )
            )
        return tip(*lines)
