"""The middle of the tab Trace: the equations of a stage, and below them the way from net input to loss."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSplitter, QWidget

from playground.analysis.inspections.trace.curves import activation_with_point, loss_with_point
from playground.analysis.inspections.trace.trace import Trace
from playground.engine.calculation.names import symbol
from playground.engine.losses import Loss
from widgets.pages.inside.tabs.trace.curves import StepCurves
from widgets.pages.inside.tabs.trace.panels import TitledPanel, muted
from widgets.pages.inside.tabs.trace.stage_panel import StagePanel
from widgets.sentences import said
from widgets.theme import current

OF_UNIT = re.compile(r"(z|a|da|delta|slope)\d+|p|s|e|log_p")
"""The names of matrices that have a row for each unit."""


class MiddlePanel(QSplitter):
    """Shows one stage, and where on their curves activation and loss are."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.stage = StagePanel()
        self._means: QLabel = muted()
        self._means.setWordWrap(False)
        self._means.setMinimumWidth(1)
        self.way = TitledPanel(self.tr("From net input to loss"), self._means)
        self.curves = StepCurves(self.way)
        self.way.column.addWidget(self.curves, 1)
        self.addWidget(self.stage)
        self.addWidget(self.way)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(8)
        self.setStretchFactor(0, 3)
        self.setStretchFactor(1, 2)
        self.setSizes([420, 250])
        self._unit = 0
        self._shown: tuple[Trace, int, Loss] | None = None
        self.stage.sheet.pointed.connect(self._follow)

    def _follow(self, name: str, row: int, column: int) -> None:
        """Show the curve of the unit whose number is pointed at."""
        if self._shown is not None and not column and OF_UNIT.fullmatch(name) and row != self._unit:
            self._unit = row
            self._show_curves(*self._shown)

    def show_stage(self, trace: Trace, number: int, written: str, loss: Loss) -> None:
        """Show a stage of a trace."""
        self._shown = trace, number, loss
        self.stage.show_stage(trace, number, written)
        self._show_curves(trace, number, loss)

    def _show_curves(self, trace: Trace, number: int, loss: Loss) -> None:
        nodes = trace.ran.network.graph.nodes
        stage = trace.stages[min(number, len(trace.stages) - 1)]
        last = len(nodes)
        layer = trace.number(stage.layer_id) if stage.layer_id else last
        of_unit = activation_with_point(trace, layer, self._unit)
        of_unit = of_unit or activation_with_point(trace, last, 0)
        of_loss = loss_with_point(trace, loss, self._unit if layer == last else 0)
        theme = current()
        shown = []
        if of_unit is not None:
            axis = f"{symbol(f'z{of_unit.number}')}[{of_unit.unit + 1}]"
            shown.append((of_unit, axis, theme.positive))
        if of_loss is not None:
            names = {"p": self.tr("P(truth)"), "a": f"{symbol(f'a{last}')}[{of_loss.unit + 1}]"}
            shown.append((of_loss, names[of_loss.over], theme.negative))
        self.curves.show_curves(shown)
        self.way.setVisible(bool(shown))
        activation = getattr(nodes[layer - 1].layer, "activation", None)
        names = [said(activation)] if activation is not None else []
        self._means.setText(" · ".join([*names, said(loss)]))

    def choose(self, name: str, unit: int) -> None:
        """Write out an entry, and show the curve of that unit."""
        self._unit = unit
        self.stage.sheet.choose(name, (unit, 0))
