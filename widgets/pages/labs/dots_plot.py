"""A plot of dots, with curves through them if there are any, on which the last dot is led about."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent

from widgets.figures.columns import Columns
from widgets.gesture import new_gesture
from widgets.pages.labs.leading import arrow_way
from widgets.plots.curves import Column
from widgets.plots.function_plot import FunctionPlot, Functions
from widgets.theme import Theme, current

Floats = NDArray[np.floating]

STRIDES = 50
"""How many times an arrow key leads the dot from one end to the other; with Shift a fifth of that."""
DOT, LED = 7, 14
ROOM = 0.05
"""What is left free beside the outermost dots, as a share of their width."""


@dataclass(frozen=True, eq=False)
class Dots:
    """Places (n,) each, and whether the last of them can be led about."""

    x: Floats
    y: Floats
    led: bool = False


class DotsPlot(FunctionPlot):
    """Drag the large dot, or lead it by the arrow keys.

    Signals:
        led: where the last dot is to be, and the gesture that leads it there.
    """

    led = Signal(float, float, int)

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setAccessibleName(title)
        self.dots = Dots(np.empty(0), np.empty(0))
        self._gesture: int | None = None
        self._small, self._large = pg.ScatterPlotItem(size=DOT), pg.ScatterPlotItem(size=LED)
        for height, item in ((6, self._small), (7, self._large)):
            item.setZValue(height)
            self.canvas.addItem(item, ignoreBounds=True)
        self.canvas.pressed.connect(self._take_hold)
        self.canvas.released.connect(self._let_go)
        self.canvas.pointed.connect(self._drag)
        self._colour_dots(current())

    def show_dots(self, dots: Dots, title: str, functions: Functions) -> None:
        """Show dots, and functions through them."""
        self.dots = dots
        others = len(dots.x) - dots.led
        self._small.setData(dots.x[:others], dots.y[:others])
        self._large.setData(dots.x[others:], dots.y[others:])
        self.canvas.setCursor(Qt.CursorShape.OpenHandCursor if dots.led else Qt.CursorShape.ArrowCursor)
        self.show_functions(title, functions)

    def show_cloud(self, dots: Dots, title: str, x_name: str) -> None:
        """Show dots alone, all of them between the axes."""
        low, high = float(dots.x.min()), float(dots.x.max())
        room = ROOM * (high - low) or 1.0
        ends = np.array([low - room, high + room])
        self.show_dots(dots, title, Functions(x_name, ends, []))

    def columns(self) -> Columns:
        """The functions, and the dots, which stand in rows of their own."""
        found = dict(super().columns()) if self._curves else {}
        points = {f"dot {axis}": values for axis, values in (("x", self.dots.x), ("y", self.dots.y))}
        longest = max(map(len, [*found.values(), *points.values()]))
        return {
            name: np.append(each, np.full(longest - len(each), np.nan))
            for name, each in (found | points).items()
        }

    def _held_values(self) -> Column:
        return np.concatenate([super()._held_values(), self.dots.y])

    def _draw_marks(self, functions: Functions) -> None:
        """The rings; zero lines only where 0 lies between the axes."""
        super()._draw_marks(functions)
        across, up = self.canvas.getViewBox().viewRange()
        for line, (low, high) in zip(self._zeros, (up, across), strict=True):
            line.setVisible(low <= 0 <= high)

    # --- leading the dot --------------------------------------------------------------------------------

    def _take_hold(self, place: QPointF) -> None:
        if self.dots.led:
            self._gesture = new_gesture()
            self._drag(place)

    def _drag(self, place: QPointF) -> None:
        if self._gesture is not None:
            at = self.canvas.getViewBox().mapSceneToView(place)
            self.led.emit(at.x(), at.y(), self._gesture)

    def _let_go(self) -> None:
        self._gesture = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Lead the dot by the arrows."""
        if (way := arrow_way(event)) is None or not self.dots.led:
            super().keyPressEvent(event)
            return
        across, up = ((end - begin) / STRIDES for begin, end in self.canvas.getViewBox().viewRange())
        x, y = self.dots.x[-1] + across * way[0], self.dots.y[-1] + up * way[1]
        self.led.emit(float(x), float(y), new_gesture())

    def show_theme(self, theme: Theme) -> None:
        """Take on the colours of another theme."""
        super().show_theme(theme)
        self._colour_dots(theme)

    def _colour_dots(self, theme: Theme) -> None:
        self._small.setPen(pg.mkPen(theme.panel, width=1))
        self._small.setBrush(pg.mkBrush(theme.muted))
        self._large.setPen(pg.mkPen(theme.text, width=2))
        self._large.setBrush(pg.mkBrush(theme.warning))
