"""The speed of training, from one batch a second to as fast as it goes."""

from __future__ import annotations

from math import inf

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from playground.numbers.writing import whole
from widgets.panels.captioned import Captioned, room_for
from widgets.slider import StopSlider

STOPS = (
    1, 2, 3, 5, 10, 20, 30, 50, 100, 200, 300, 500,
    1000, 2000, 3000, 5000, 10_000, 30_000, 100_000, 300_000, inf,
)  # fmt: skip
"""Batches a second; the right end is without limit."""


class SpeedControl(Captioned):
    """A slider whose steps are factors, with its value in words above it."""

    changed = Signal(object)
    """Batches a second as a float, or None for as fast as it goes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.slider = StopSlider(STOPS)
        super().__init__("", self.slider, parent)
        self.slider.setAccessibleName(self.tr("Speed"))
        self.caption.setMinimumWidth(room_for(self.caption, *map(self._caption, STOPS)))
        self.slider.words = lambda: self._words(STOPS[self.slider.value()])
        self.slider.show_number(inf)
        self.slider.moved.connect(lambda number, _gesture: self._moved(number))
        self._say(inf)

    def set_speed(self, speed: float | None) -> None:
        """Go at so many batches a second; None for as fast as it goes."""
        number = inf if speed is None else min(STOPS, key=lambda stop: abs(stop - speed))
        self.slider.show_number(number)
        self._moved(number)

    def _moved(self, number: float) -> None:
        self._say(number)
        self.changed.emit(None if number == inf else float(number))

    def _words(self, number: float) -> str:
        if number == inf:
            return self.tr("as fast as it goes")
        return self.tr("{count} batches/s").format(count=whole(round(number)))

    def _caption(self, number: float) -> str:
        return self.tr("Speed · {words}").format(words=self._words(number))

    def _say(self, number: float) -> None:
        words = self._words(number)
        self.show_caption(self._caption(number))
        self.slider.setToolTip(self.tr("How fast training goes: {words}.").format(words=words))
