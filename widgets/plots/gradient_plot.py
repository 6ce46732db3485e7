"""The plot of each layer's gradient, in which one sees layers stop learning or go wild."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtWidgets import QWidget

from playground.training.snapshot import Snapshot
from widgets.plots.curves import Curve
from widgets.plots.history_plot import HistoryPlot
from widgets.sentences import layer_name
from widgets.theme import Theme


class GradientPlot(HistoryPlot):
    """The norm of the gradient, a curve for each layer that learns, the output first."""

    NAME = QT_TRANSLATE_NOOP("HistoryPlot", "Gradients")

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, logarithmic=True)

    def curves(self, snapshot: Snapshot, theme: Theme) -> Sequence[Curve]:
        """The layers of the present network, each in the colour of its place counted from the output."""
        network = snapshot.experiment.network
        recorded = [
            (layer_name(network, position), snapshot.history[f"gradient_norm.{layer.id}"])
            for position, layer in reversed(list(enumerate(network.layers)))
            if f"gradient_norm.{layer.id}" in snapshot.history
        ]
        return [
            Curve(name, norms, theme.lines[index % len(theme.lines)])
            for index, (name, norms) in enumerate(recorded)
        ]
