"""The losses of runs over one another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from playground.training.snapshot import Snapshot
from widgets.pages.runs.colours import run_colour
from widgets.plots.curves import Curve, CurvePlot
from widgets.theme import Theme

THIN, BOLD = 1.0, 2.2

History = Mapping[str, NDArray[np.float64]]


class LossesPlot(CurvePlot):
    """Training losses thin and test losses bold, a colour a run; drawn while it is seen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_tr("Losses of the runs"), _tr("epoch"), parent=parent)
        self._runs: list[tuple[str, int, History]] = []
        self._drawn: list[tuple[str, int, History]] = []

    def show_runs(self, runs: Sequence[tuple[str, int, Snapshot]]) -> None:
        """Show the histories of these runs, by their names and places."""
        self._runs = [
            (name, place, snapshot.history) for name, place, snapshot in runs if "epoch" in snapshot.history
        ]
        if self.isVisible() and not self._is_drawn():
            self._draw_runs()

    def _is_drawn(self) -> bool:
        return len(self._drawn) == len(self._runs) and all(
            name == drawn_name and history is drawn
            for (name, _, history), (drawn_name, _, drawn) in zip(self._runs, self._drawn, strict=True)
        )

    def _draw_runs(self) -> None:
        self._drawn = self._runs
        epochs = [history["epoch"] for _, _, history in self._runs]
        x = np.unique(np.concatenate(epochs)) if epochs else np.empty(0)
        curves = []
        for name, place, history in self._runs:
            own = np.isin(x, history["epoch"])
            for column, side, width in (
                ("test_loss", _tr("test"), BOLD),
                ("train_loss", _tr("training"), THIN),
            ):
                if column not in history:
                    continue
                values = np.full(len(x), np.nan)
                values[own] = history[column]
                curves.append(Curve(f"{name} {side}", values, run_colour(place), width, own))
        self.show_curves(x, curves)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what was recorded meanwhile."""
        super().showEvent(event)
        self._draw_runs()

    def show_theme(self, theme: Theme) -> None:
        """Take on the colours of another theme."""
        super().show_theme(theme)
        self._draw_runs()


def _tr(text: str) -> str:
    return QCoreApplication.translate("LossesPlot", text)
