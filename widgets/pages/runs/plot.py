"""The losses of runs over one another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from widgets.pages.runs.colours import run_colour
from widgets.plots.curves import Curve, CurvePlot
from widgets.plots.notes import Note, NoteMarks
from widgets.theme import Theme, current

THIN, BOLD = 1.0, 2.2

History = Mapping[str, NDArray[np.float64]]


class LossesPlot(CurvePlot):
    """Training losses thin and test losses bold, a colour a run; drawn while it is seen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_tr("Losses of the runs"), _tr("epoch"), parent=parent)
        self._runs: list[tuple[str, int, History]] = []
        self._drawn: list[tuple[str, int, History]] = []
        self._moment = NoteMarks()
        self._moment.show_theme(current())
        self.canvas.addItem(self._moment)

    def mark(self, epoch: float | None) -> None:
        """Mark the epoch that is looked at; None for the present."""
        self._moment.show_notes(() if epoch is None else (Note(epoch, ()),))

    def show_runs(self, runs: Sequence[tuple[str, int, History]]) -> None:
        """Show the histories of these runs, by their names, in their colours."""
        self._runs = [run for run in runs if "epoch" in run[2]]
        if self.isVisible() and not self._is_drawn():
            self._draw_runs()

    def _is_drawn(self) -> bool:
        return len(self._drawn) == len(self._runs) and all(
            run[:2] == drawn[:2] and run[2] is drawn[2]
            for run, drawn in zip(self._runs, self._drawn, strict=True)
        )

    def _draw_runs(self) -> None:
        self._drawn = self._runs
        epochs = [history["epoch"] for _, _, history in self._runs]
        x = np.unique(np.concatenate(epochs)) if epochs else np.empty(0)
        curves = []
        for name, colour, history in self._runs:
            own = np.isin(x, history["epoch"])
            for column, side, width in (
                ("test_loss", _tr("test"), BOLD),
                ("train_loss", _tr("training"), THIN),
            ):
                if column not in history:
                    continue
                values = np.full(len(x), np.nan)
                values[own] = history[column]
                curves.append(Curve(f"{name} {side}", values, run_colour(colour), width, own))
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
