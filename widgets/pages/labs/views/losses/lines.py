"""Lines through points by several losses, with one point that is led about."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from playground.labs.losses.lines import Answers, FittedLine, GivenPoints
from widgets.pages.labs.dots_plot import Dots, DotsPlot
from widgets.pages.labs.views.losses.plots import loss_colour
from widgets.plots.curves import Curve
from widgets.plots.function_plot import Functions
from widgets.sentences import said

PLACES = 65
HEIGHTS = 1.6
"""What of a line is seen for classes, above and below."""


class LinesPlot(DotsPlot):
    """Points, the last of them outside, and the line of each loss through them."""

    def __init__(self) -> None:
        super().__init__(self.tr("Points with one outside"))

    def show_lines(self, answers: Answers, given: GivenPoints, lines: Sequence[FittedLine]) -> None:
        """Show points, and the line of each loss; of two classes, where it crosses 0."""
        x = np.linspace(min(-3.0, float(given.x[-1])), max(3.0, float(given.x[-1])), PLACES)
        classes = answers == "classes"
        borders = [line.border for line in lines if line.border is not None and classes]
        functions = Functions(
            "x",
            x,
            [Curve(said(line.loss), _seen(line.at(x), classes), loss_colour(line.loss)) for line in lines],
            marks=tuple((border, 0.0) for border in borders if x[0] <= border <= x[-1]),
        )
        self.show_dots(Dots(given.x, given.y, led=True), self.tr("Points with one outside"), functions)


def _seen(heights: np.ndarray, classes: bool) -> np.ndarray:
    """Of the lines of classes only what lies about the classes."""
    return np.where(np.abs(heights) <= HEIGHTS, heights, np.nan) if classes else heights
