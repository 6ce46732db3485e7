"""The plot of one vital sign of every layer over the epochs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QT_TRANSLATE_NOOP, Qt
from PySide6.QtWidgets import QWidget

from playground.training.snapshot import Snapshot
from widgets.plots.curves import Curve
from widgets.plots.history_plot import HistoryPlot
from widgets.sentences import layer_name
from widgets.theme import Theme, current

USUAL = 1e-3
"""How long a step beside the weights is as a rule."""
BY_FACTORS = ("update_ratio", "gradient_norm", "spread")
"""Those whose axis grows by factors; the others are shares and cosines of 0 to 1."""


class VitalsPlot(HistoryPlot):
    """A curve for each layer that has the sign, the output first; for update ratios a line at 10⁻³."""

    NAME = QT_TRANSLATE_NOOP("HistoryPlot", "Layers over the epochs")

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, logarithmic=True)
        self.sign = "update_ratio"
        """Which vital sign is shown."""
        self.usual = pg.InfiniteLine(np.log10(USUAL), angle=0)
        self.usual.setZValue(-50)
        self.canvas.addItem(self.usual, ignoreBounds=True)
        self._colour_usual(current())

    def show_sign(self, sign: str) -> None:
        """Show another sign."""
        if sign != self.sign:
            self.sign, self._drawn = sign, None
            self.set_logarithmic(sign in BY_FACTORS)
            if self._snapshot is not None:
                self.show_snapshot(self._snapshot)

    def curves(self, snapshot: Snapshot, theme: Theme) -> Sequence[Curve]:
        """The layers of the present network, each in the colour of its place counted from the output."""
        if snapshot.vitals is None:
            return []
        log, network = snapshot.vitals.log, snapshot.experiment.network
        recorded = [
            (layer_name(network, position), log[f"{self.sign}.{layer.id}"])
            for position, layer in reversed(list(enumerate(network.layers)))
            if f"{self.sign}.{layer.id}" in log
        ]
        return [
            Curve(name, values, theme.lines[index % len(theme.lines)])
            for index, (name, values) in enumerate(recorded)
        ]

    def _is_drawn(self, snapshot: Snapshot) -> bool:
        drawn = self._drawn
        return drawn is not None and drawn.vitals is snapshot.vitals

    def _draw_history(self, snapshot: Snapshot) -> None:
        self._drawn = snapshot
        if snapshot.vitals is not None and "epoch" in snapshot.vitals.log:
            self._show_marks(snapshot)
            self.show_curves(snapshot.vitals.log["epoch"], self.curves(snapshot, current()))

    def _draw(self) -> None:
        super()._draw()
        self.usual.setVisible(self.sign == "update_ratio" and self.scale.logarithmic)

    def show_theme(self, theme: Theme) -> None:
        """Take on the colours of another theme."""
        super().show_theme(theme)
        self._colour_usual(theme)

    def _colour_usual(self, theme: Theme) -> None:
        self.usual.setPen(pg.mkPen(theme.muted, width=1.2, style=Qt.PenStyle.DashLine))
