"""Two goals against one another, and the trials that no other beats in both."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor, QPainter

from widgets.figures.columns import Columns
from widgets.plots.trials.axis import TrialAxis, TrialGrid
from widgets.plots.trials.dotted import DottedFigure
from widgets.plots.trials.drawing import drawn_dots, stairs
from widgets.plots.trials.trial_columns import Floats
from widgets.theme import current

LINE, DOT = 1.6, 7.0


class ParetoPlot(DottedFigure):
    """The front as stairs: below and left of it nothing was found, where less is better."""

    def __init__(self) -> None:
        super().__init__(_tr("Pareto front"))

    def axes(self) -> tuple[TrialAxis, TrialAxis]:
        """The second goal across, the first upwards."""
        goals, done = self.trials.goals, self.trials.done
        if len(goals) < 2:
            return TrialAxis(), TrialAxis()
        first, second = (
            TrialAxis.over(goal.title, goal.values[done], goal.logarithmic) for goal in goals[:2]
        )
        return second, first

    def points(self) -> tuple[Floats, Floats]:
        """Both goals."""
        if len(self.trials.goals) < 2:
            nothing = np.full(len(self.rows()), np.nan)
            return nothing, nothing
        first, second = (goal.values[self.trials.done] for goal in self.trials.goals[:2])
        return second, first

    def columns(self) -> Columns:
        """Those of all views, and whether a trial is on the front."""
        found = dict(super().columns())
        if len(self.trials.goals) > 1:
            found[_tr("on the front")] = np.isin(self.rows(), self.trials.front).astype(int)
        return found

    def paint_over(self, painter: QPainter, grid: TrialGrid) -> None:
        """The front."""
        if len(self.trials.goals) < 2 or not len(self.trials.done):
            return
        first, second = (goal.values[self.trials.front] for goal in self.trials.goals[:2])
        order = np.argsort(second, kind="stable")
        places = grid.places(second[order], first[order])
        stairs(painter, places, current().accent, LINE)
        drawn_dots(painter, places, QColor(current().accent), DOT)


def _tr(text: str) -> str:
    return QCoreApplication.translate("ParetoPlot", text)
