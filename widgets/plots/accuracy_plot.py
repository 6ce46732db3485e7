"""The plot of how often the network is right, or, for numbers, of how far off it is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtWidgets import QWidget

from playground.training.snapshot import Snapshot
from widgets.plots.curves import Curve
from widgets.plots.history_plot import HistoryPlot
from widgets.theme import Theme


class AccuracyPlot(HistoryPlot):
    """Accuracy in percent for classes, root mean squared error for numbers."""

    NAME = QT_TRANSLATE_NOOP("HistoryPlot", "Accuracy")

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, from_zero=False)

    def curves(self, snapshot: Snapshot, theme: Theme) -> Sequence[Curve]:
        """Every side of the split."""
        classes = snapshot.experiment.task.classes > 0
        metric, factor, name = (
            ("accuracy", 100.0, self.tr("accuracy")) if classes else ("rmse", 1.0, self.tr("error (RMSE)"))
        )
        self.unit = " %" if classes else ""
        sides = {
            "train": (self.tr("training {metric}"), theme.training),
            "validation": (self.tr("validation {metric}"), theme.lines[0]),
            "test": (self.tr("test {metric}"), theme.test),
        }
        return [
            Curve(words.format(metric=name), snapshot.history[f"{side}_{metric}"] * factor, colour)
            for side, (words, colour) in sides.items()
            if f"{side}_{metric}" in snapshot.history
        ]
