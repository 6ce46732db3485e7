"""The panel of the curves of runs: a tab for each thing that lies over one another."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from widgets.elided_label import ElidedLabel
from widgets.pages.runs.plot import LossesPlot
from widgets.pages.runs.quantities import Quantity, score_column
from widgets.pages.runs.rows import Row
from widgets.plots.toggle_tab import ToggleTab
from widgets.workspace import Workspace


class RunCurves(QFrame):
    """Losses at first; how far weights are apart where there are runs side by side."""

    def __init__(self, workspace: Workspace, plot: LossesPlot, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self._runs, self._plot = workspace.runs, plot
        self._rows: Sequence[Row] = ()
        self.quantity = Quantity.LOSS
        self.tabs = {
            Quantity.LOSS: ToggleTab(self.tr("Loss")),
            Quantity.SCORE: ToggleTab(self.tr("Accuracy")),
            Quantity.GRADIENT: ToggleTab(self.tr("Gradients")),
            Quantity.APART: ToggleTab(self.tr("Weights apart")),
        }
        self.tabs[Quantity.GRADIENT].setToolTip(self.tr("The norm of the gradient at the last step."))
        self.tabs[Quantity.APART].setToolTip(
            self.tr("The norm ‖Δ‖ of the difference of all weights from those of the run in front.")
        )
        group = QButtonGroup(self)
        head = QHBoxLayout()
        head.setSpacing(18)
        for quantity, tab in self.tabs.items():
            group.addButton(tab)
            tab.setChecked(quantity is self.quantity)
            tab.toggled.connect(partial(self._choose, quantity))
            head.addWidget(tab)
        head.addStretch(1)
        self._widths = ElidedLabel(self.tr("training thin, test bold"))
        self._widths.setProperty("role", "muted")
        self._widths.setToolTip(self._widths.text())
        head.addWidget(self._widths)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 4, 12, 10)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(plot, 1)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Draw these runs."""
        self._rows = rows
        beside = bool(self._runs.runs)
        self.tabs[Quantity.APART].setVisible(beside)
        if not beside and self.quantity is Quantity.APART:
            self.tabs[Quantity.LOSS].setChecked(True)
        if any(score_column(row.history) == "r2" for row in rows):
            self.tabs[Quantity.SCORE].setText(self.tr("R²"))
        elif rows:
            self.tabs[Quantity.SCORE].setText(self.tr("Accuracy"))
        histories = [(row.name, row.colour, row.history) for row in rows]
        if self.quantity is Quantity.APART:
            apart = {("beside", run.place): run.snapshot.apart for run in self._runs.runs if run.snapshot}
            histories = [(row.name, row.colour, apart.get(row.key) or {}) for row in rows]
        self._plot.show_runs(histories, self.quantity)

    def _choose(self, quantity: Quantity, checked: bool) -> None:
        if checked:
            self.quantity = quantity
            self._widths.setVisible(quantity in (Quantity.LOSS, Quantity.SCORE))
            self.show_rows(self._rows)
