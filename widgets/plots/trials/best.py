"""What each trial came to, in their order, and the best so far as stairs."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QPainter

from widgets.figures.columns import Columns
from widgets.plots.trials.axis import TrialAxis, TrialGrid
from widgets.plots.trials.dotted import DottedFigure
from widgets.plots.trials.drawing import stairs
from widgets.plots.trials.trial_columns import Floats
from widgets.theme import current

STAIRS = 2.0


class BestSoFarPlot(DottedFigure):
    """Trials in the order in which they ended."""

    def __init__(self) -> None:
        super().__init__(_tr("Best so far"))

    def axes(self) -> tuple[TrialAxis, TrialAxis]:
        """Trials across, the first goal upwards."""
        goals = self.trials.goals
        x = TrialAxis(_tr("trial"), 0.0, float(max(len(self.trials), 10)))
        if not goals:
            return x, TrialAxis()
        return x, TrialAxis.over("", goals[0].values[self.trials.done], goals[0].logarithmic)

    def points(self) -> tuple[Floats, Floats]:
        """The place of each among those that ended, and what it came to."""
        return self._order(), self.trials.goals[0].values[self.trials.done]

    def columns(self) -> Columns:
        """Those of all views, and the best so far."""
        found = dict(super().columns())
        if len(self.trials.done):
            found[_tr("best so far")] = self.trials.steps()[1]
        return found

    def paint_over(self, painter: QPainter, grid: TrialGrid) -> None:
        """The stairs, drawn out to the newest trial."""
        if not len(self.trials.done):
            return
        best = self.trials.steps()[1]
        falls = np.concatenate([[True], best[1:] != best[:-1]])
        x, y = self._order()[falls], best[falls]
        last = float(self._order()[-1])
        places = grid.places(np.append(x, last), np.append(y, best[-1]))
        stairs(painter, places, current().accent, STAIRS)

    def _order(self) -> Floats:
        return self.trials.numbers[self.trials.done].astype(np.float64)


def _tr(text: str) -> str:
    return QCoreApplication.translate("BestSoFarPlot", text)
