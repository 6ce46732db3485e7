"""The worst numbers of a layer, and the error of one of them over the step."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from playground.analysis.inspections.gradient_check.results import STEPS, CheckedNumber
from playground.numbers.writing import figures, scientific
from playground.text import Text
from widgets.labels import label, show_text
from widgets.pages.inside.tabs.gradient_check.naming import entry_name
from widgets.pages.inside.tabs.gradient_check.picker import NumberPicker
from widgets.pages.inside.tabs.gradient_check.tables import CheckRow, CheckTable
from widgets.plots.curves import Curve
from widgets.plots.function_plot import FunctionPlot, Functions
from widgets.theme import Theme, current

POWERS = np.log10(STEPS)[::-1]


class WorstNumbers(QFrame):
    """A table of numbers and below it a curve of the chosen one, low in the middle like a V.

    Any other number of the layer is chosen below the table, and comes first in it.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.layer, self.entries, self._step = "", (), 1e-5
        self._gates: Sequence[Text] = ()
        self.caption, self.below = label(role="heading"), label(role="muted", wraps=True)
        titles = (self.tr("Number"), self.tr("Gradient"), self.tr("Difference"), self.tr("Error"), "")
        self.table = CheckTable(self.tr("Largest errors"), titles)
        self.table.row_chosen.connect(lambda _: self._draw())
        self.picker = NumberPicker()
        self.plot = FunctionPlot()
        self.plot.set_logarithmic(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 8)
        column.setSpacing(8)
        for part in (self.caption, self.table, self.picker, self.below):
            column.addWidget(part)
        column.addWidget(self.plot, 1)
        column.addStretch(0)  # while there is nothing to draw
        self.table.fit_rows(4)
        self.show_entries("", (), self._step)

    def show_entries(
        self, layer: str, entries: Sequence[CheckedNumber], step: float, gates: Sequence[Text] = ()
    ) -> None:
        """Show the worst numbers of a layer, perhaps of gates, which were checked with that step."""
        self._gates = gates
        if (layer, entries, step) == (self.layer, self.entries, self._step) and entries:
            return
        self.layer, self.entries, self._step = layer, entries, step
        shown = self.tr("{layer}: largest errors").format(layer=layer) if layer else self.tr("Largest errors")
        show_text(self.caption, shown)
        self.table.show_rows([self._row(entry) for entry in entries])
        if entries:
            self.table.selectRow(0)
        self._draw()

    def show_theme(self, theme: Theme) -> None:
        """Take on the colours of another theme."""
        self.table.recolour()
        self._draw()

    @property
    def chosen(self) -> CheckedNumber | None:
        """The entry whose curve is shown."""
        row = self.table.currentRow()
        return self.entries[row] if 0 <= row < len(self.entries) else None

    def _draw(self) -> None:
        entry = self.chosen
        for part in (self.table, self.plot):
            part.setVisible(entry is not None)
        if entry is None:
            show_text(self.below, self.tr("Check, or choose a layer and a number of it."))
            return
        colours = current().lines
        curves = [
            Curve(self.tr("over both sides"), np.array(entry.central[::-1]), colours[1]),
            Curve(self.tr("to one side"), np.array(entry.forward[::-1]), colours[2]),
        ]
        title = self.tr("Error over the step")
        self.plot.show_functions(title, Functions(self.tr("log₁₀ h"), POWERS, curves))
        self.plot.show_place(float(np.log10(self._step)))
        show_text(self.below, self._words(entry))

    def _words(self, entry: CheckedNumber) -> str:
        if entry.found.at_kink:
            words = self.tr(
                "{number} stands at a kink: the slopes of the loss to both sides differ, and backpropagation "
                "takes one of them. Nothing is wrong."
            )
        else:
            words = self.tr(
                "Relative error of {number} over the step h: a large step misses the curvature, a small one "
                "is lost to rounding. The upright line is h."
            )
        words = words.format(number=self._name(entry))
        return words[:1].upper() + words[1:]

    def _name(self, entry: CheckedNumber) -> str:
        return entry_name(entry, self._gates)

    def _row(self, entry: CheckedNumber) -> CheckRow:
        found = entry.found
        numbers = (figures(found.analytic, 4), figures(found.numerical, 4), scientific(found.error))
        return CheckRow((self._name(entry), *numbers), found.verdict)
