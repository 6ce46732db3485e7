"""The plots of the laboratory of losses: over the output, and behind a sigmoid."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from playground.engine.losses import Loss
from playground.labs.losses import LossExplorer
from playground.labs.losses.one_output import SigmoidCourse
from widgets.pages.labs.entries.colours import entry_colour
from widgets.pages.labs.led_plot import LedPlot
from widgets.plots.curves import Curve, CurvePlot
from widgets.plots.function_plot import Functions
from widgets.sentences import said
from widgets.theme import current


def loss_colour(loss: Loss) -> str:
    """The same in every plot."""
    return entry_colour(Loss.ready().index(type(loss)))


class OutputPlot(LedPlot):
    """A loss and its slope over the output."""

    def __init__(self) -> None:
        super().__init__(self.tr("Loss over the output"))

    def show_lab(self, lab: LossExplorer) -> None:
        """Show the loss as it is set, and where it is looked at."""
        theme, found = current(), lab.over_output()
        lines = [
            Curve(self.tr("loss"), found.value, theme.lines[1]),
            Curve(self.tr("slope"), found.slope, theme.lines[3]),
        ]
        here = float(lab.here().value[0])
        name = self.tr("output a") if lab.loss.for_numbers else self.tr("net input of the output z")
        self.show_functions(
            self.tr("Loss over the output"),
            Functions(name, lab.outputs, lines, marks=((lab.output, here),), from_zero=True),
        )
        self.show_place(lab.output)


class SigmoidPlot(LedPlot):
    """The slopes of losses in the net input of a sigmoid whose answer should be 1."""

    def __init__(self) -> None:
        super().__init__(self.tr("Slope behind a sigmoid"))

    def show_courses(self, lab: LossExplorer, courses: Sequence[SigmoidCourse]) -> None:
        """Show what there is to follow, and where learning begins."""
        lines = [Curve(said(each.loss), each.slopes, loss_colour(each.loss)) for each in courses]
        self.show_functions(
            self.tr("Slope behind a sigmoid"), Functions(self.tr("net input z"), lab.deep, lines)
        )
        self.show_place(lab.start)


class CoursePlot(CurvePlot):
    """How far the output is from 1, step after step."""

    def __init__(self) -> None:
        super().__init__(self.tr("Learning behind a sigmoid"), self.tr("step"))

    def show_courses(self, courses: Sequence[SigmoidCourse], seen: int) -> None:
        """Show so many steps."""
        steps = max((len(each.errors) for each in courses), default=1)
        x = np.arange(steps, dtype=np.float64)
        self.x_limits = (0.0, float(max(steps - 1, 1)))
        lines = [
            Curve(said(each.loss), np.where(x <= seen, each.errors, np.nan), loss_colour(each.loss))
            for each in courses
        ]
        self.show_curves(x, lines)
