"""A plot of functions on which a place is led along: dragged, or moved by the arrow keys."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent

from widgets.gesture import new_gesture
from widgets.pages.labs.leading import arrow_way
from widgets.plots.function_plot import FunctionPlot

STRIDES = 100
"""How many times an arrow key leads the place from one end to the other; with Shift a fifth of that."""


class LedPlot(FunctionPlot):
    """The upright line is taken along by the pointer, or by left and right.

    Signals:
        led: the x that it is to stand at, and the gesture that leads it there.
    """

    led = Signal(float, int)

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setAccessibleName(title)
        self._gesture: int | None = None
        self.canvas.pressed.connect(self._take_hold)
        self.canvas.released.connect(self._let_go)
        self.canvas.pointed.connect(self._drag)
        self.canvas.setCursor(Qt.CursorShape.SizeHorCursor)

    def _take_hold(self, place: QPointF) -> None:
        self._gesture = new_gesture()
        self._drag(place)

    def _drag(self, place: QPointF) -> None:
        if self._gesture is not None:
            self._lead_to(self.canvas.getViewBox().mapSceneToView(place).x(), self._gesture)

    def _let_go(self) -> None:
        self._gesture = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Lead the place by the arrows."""
        way = arrow_way(event)
        if way is None or not way[0] or self.place is None or self.x_limits is None:
            super().keyPressEvent(event)
            return
        stride = (self.x_limits[1] - self.x_limits[0]) / STRIDES
        self._lead_to(self.place + way[0] * stride, new_gesture())

    def _lead_to(self, x: float, gesture: int) -> None:
        low, high = self.x_limits or (x, x)
        self.led.emit(min(max(x, low), high), gesture)
