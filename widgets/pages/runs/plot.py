"""What was recorded of runs, over one another."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from widgets.pages.runs.colours import run_colour
from widgets.pages.runs.quantities import History, Quantity, drawn
from widgets.plots.curves import Curve, CurvePlot
from widgets.plots.notes import Note, NoteMarks
from widgets.theme import Theme, current

THIN, BOLD = 1.0, 2.2


class LossesPlot(CurvePlot):
    """What training gives thin and the test samples bold, a colour a run; drawn while it is seen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_tr("Losses of the runs"), _tr("epoch"), parent=parent)
        self._runs: list[tuple[str, int, History]] = []
        self._drawn: list[tuple[str, int, History]] = []
        self._quantity = Quantity.LOSS
        self._moment = NoteMarks()
        self._moment.show_theme(current())
        self.canvas.addItem(self._moment)

    def mark(self, epoch: float | None) -> None:
        """Mark the epoch that is looked at; None for the present."""
        self._moment.show_notes(() if epoch is None else (Note(epoch, ()),))

    def show_runs(self, runs: Sequence[tuple[str, int, History]], quantity: Quantity = Quantity.LOSS) -> None:
        """Show what was recorded of these runs, by their names, in their colours."""
        self._runs = [run for run in runs if quantity.x_column in run[2]]
        if quantity is not self._quantity:
            self._quantity, self._drawn = quantity, []
            self.set_x_name(_tr("step") if quantity is Quantity.APART else _tr("epoch"))
            self._moment.setVisible(quantity is not Quantity.APART)
        if self.isVisible() and not self._is_drawn():
            self._draw_runs()

    def _is_drawn(self) -> bool:
        return len(self._drawn) == len(self._runs) and all(
            run[:2] == drawn[:2] and run[2] is drawn[2]
            for run, drawn in zip(self._runs, self._drawn, strict=True)
        )

    def _draw_runs(self) -> None:
        self._drawn = self._runs
        column = self._quantity.x_column
        places = [history[column] for _, _, history in self._runs]
        x = np.unique(np.concatenate(places)) if places else np.empty(0)
        curves = []
        for name, colour, history in self._runs:
            rows = np.searchsorted(x, history[column])  # where an epoch had no step, two are one
            own = np.isin(np.arange(len(x)), rows)
            for each in drawn(history, self._quantity):
                values = np.full(len(x), np.nan)
                values[rows] = each.values
                width = BOLD if each.bold else THIN
                curves.append(Curve(f"{name} {each.side}", values, run_colour(colour), width, own))
        self.show_curves(x, curves)
        self.legend.show_names([(name, run_colour(colour)) for name, colour, _ in self._runs])

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what was recorded meanwhile."""
        super().showEvent(event)
        self._draw_runs()

    def show_theme(self, theme: Theme) -> None:
        """Take on the colours of another theme."""
        super().show_theme(theme)
        self._moment.show_theme(theme)
        self._draw_runs()


def _tr(text: str) -> str:
    return QCoreApplication.translate("LossesPlot", text)
