"""Lines through points by several losses, with one point that is led about."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent

from playground.labs.losses.laboratory import HIGH, WIDE
from playground.labs.losses.lines import Answers, FittedLine, GivenPoints
from widgets.gesture import new_gesture
from widgets.pages.labs.views.losses.plots import loss_colour
from widgets.plots.columns import Columns
from widgets.plots.curves import Column, Curve
from widgets.plots.decision_map import ARROWS
from widgets.plots.function_plot import FunctionPlot, Functions
from widgets.sentences import said
from widgets.theme import Theme, current

PLACES = 65
STRIDE = 0.25
"""How far an arrow key leads the point; with Shift four times as far."""
HEIGHTS = 1.6
"""What of a line is seen for classes, above and below."""


class LinesPlot(FunctionPlot):
    """Drag the point outside, or lead it by the arrow keys.

    Signals:
        led: where the point outside is to be, and the gesture that leads it there.
    """

    led = Signal(float, float, int)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Points with one outside"))
        self._points = GivenPoints(np.empty(0), np.empty(0))
        self._gesture: int | None = None
        self._dots = pg.ScatterPlotItem(size=7)
        self._outside = pg.ScatterPlotItem(size=14)
        for height, item in ((6, self._dots), (7, self._outside)):
            item.setZValue(height)
            self.canvas.addItem(item, ignoreBounds=True)
        self.canvas.pressed.connect(self._take_hold)
        self.canvas.released.connect(self._let_go)
        self.canvas.pointed.connect(self._drag)
        self.canvas.setCursor(Qt.CursorShape.OpenHandCursor)
        self._colour_points(current())

    def show_lines(self, answers: Answers, given: GivenPoints, lines: Sequence[FittedLine]) -> None:
        """Show points, and the line of each loss."""
        self._points = given
        x = np.linspace(min(-3.0, float(given.x[-1])), max(3.0, float(given.x[-1])), PLACES)
        curves = []
        for line in lines:
            heights = line.at(x)
            if answers == "classes":
                heights = np.where(np.abs(heights) <= HEIGHTS, heights, np.nan)
            curves.append(Curve(said(line.loss), heights, loss_colour(line.loss)))
        self._dots.setData(given.x[:-1], given.y[:-1])
        self._outside.setData(given.x[-1:], given.y[-1:])
        borders = [(line.border, 0.0) for line in lines if line.border is not None]
        seen = [(at, height) for at, height in borders if x[0] <= at <= x[-1]]
        marks = tuple(seen) if answers == "classes" else ()
        self.show_functions(self.tr("Points with one outside"), Functions("x", x, curves, marks=marks))

    def columns(self) -> Columns:
        """The lines; of the points those that lie nearest stand in rows of their own."""
        found, given = super().columns(), self._points
        spare = len(self.stops.x) - len(given.x)
        points = {"point x": given.x, "point y": given.y}
        return dict(found) | {name: np.append(each, np.full(spare, np.nan)) for name, each in points.items()}

    def _held_values(self) -> Column:
        return np.concatenate([super()._held_values(), self._points.y])

    # --- leading the point ------------------------------------------------------------------------------

    def _take_hold(self, place: QPointF) -> None:
        self._gesture = new_gesture()
        self._drag(place)

    def _drag(self, place: QPointF) -> None:
        if self._gesture is not None:
            at = self.canvas.getViewBox().mapSceneToView(place)
            self._lead_to(at.x(), at.y(), self._gesture)

    def _let_go(self) -> None:
        self._gesture = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Lead the point by the arrows."""
        if (way := ARROWS.get(Qt.Key(event.key()))) is None or not len(self._points.x):
            super().keyPressEvent(event)
            return
        far = STRIDE * (4 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        x, y = self._points.x[-1] + far * way[0], self._points.y[-1] + far * way[1]
        self._lead_to(x, y, new_gesture())

    def _lead_to(self, x: float, y: float, gesture: int) -> None:
        self.led.emit(min(max(x, -WIDE), WIDE), min(max(y, -HIGH), HIGH), gesture)

    def show_theme(self, theme: Theme) -> None:
        """Take on the colours of another theme."""
        super().show_theme(theme)
        self._colour_points(theme)

    def _colour_points(self, theme: Theme) -> None:
        self._dots.setPen(pg.mkPen(theme.panel, width=1))
        self._dots.setBrush(pg.mkBrush(theme.muted))
        self._outside.setPen(pg.mkPen(theme.text, width=2))
        self._outside.setBrush(pg.mkBrush(theme.warning))
