"""A slider over chosen numbers, in which one drag is one gesture."""

from __future__ import annotations

from bisect import bisect_left
from math import isfinite

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QStyle, QStyleOptionSlider, QWidget

from playground.numbers.writing import figures
from widgets.gesture import new_gesture
from widgets.spoken import SpokenSlider

WHEEL_PAUSE = 400
"""Milliseconds without the wheel after which its next turn is a new gesture."""


class StopSlider(SpokenSlider):
    """Stands on one of its stops, which rise and need not be evenly spaced.

    A click on the groove brings the handle there.  The wheel is taken only with the focus.
    """

    moved = Signal(object, int)
    """The stop that a person moved to, and the gesture."""

    def __init__(self, stops: tuple[float, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stops = stops
        self.words = lambda: figures(float(self.stops[self.value()]), 4)
        self._gesture: int | None = None
        self._wheel_time = -WHEEL_PAUSE
        self.setRange(0, len(stops) - 1)
        self.setPageStep(max(1, len(stops) // 10))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.valueChanged.connect(lambda index: self.moved.emit(self.stops[index], self._current_gesture()))

    def number(self, place: int) -> float:
        """The stop at a place, or the place itself where that is without end."""
        stop = float(self.stops[place])
        return stop if isfinite(stop) else float(place)

    def show_number(self, number: float) -> None:
        """Stand on the stop nearest to a number; nothing is emitted."""
        index = min(bisect_left(self.stops, number), len(self.stops) - 1)
        if index and number - self.stops[index - 1] < self.stops[index] - number:
            index -= 1
        if index != self.value():
            with QSignalBlocker(self):
                self.setValue(index)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a drag, from the pointer when it is not on the handle."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._gesture = new_gesture()
            option = QStyleOptionSlider()
            self.initStyleOption(option)
            part = QStyle.SubControl.SC_SliderHandle
            handle = self.style().subControlRect(QStyle.ComplexControl.CC_Slider, option, part, self)
            if not handle.contains(event.position().toPoint()):
                x, span = round(event.position().x() - handle.width() / 2), self.width() - handle.width()
                self.setValue(QStyle.sliderValueFromPosition(0, self.maximum(), x, span, option.upsideDown))
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a drag."""
        super().mouseReleaseEvent(event)
        self._gesture = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move by keys; a key held down is one gesture."""
        if not event.isAutoRepeat():
            self._gesture = new_gesture()
        super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """End the gesture of a key."""
        super().keyReleaseEvent(event)
        if not event.isAutoRepeat():
            self._gesture = None

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Move by the wheel when focused; turns that follow one another quickly are one gesture."""
        if not self.hasFocus():
            event.ignore()
            return
        if self._gesture is None or event.timestamp() - self._wheel_time > WHEEL_PAUSE:
            self._gesture = new_gesture()
        self._wheel_time = event.timestamp()
        super().wheelEvent(event)

    def _current_gesture(self) -> int:
        """The gesture under way, or a new one when something else moves the slider (a screen reader, say)."""
        return new_gesture() if self._gesture is None else self._gesture
