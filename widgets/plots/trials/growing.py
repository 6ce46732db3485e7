"""A picture of thousands of lines that is drawn a piece at a time, and goes on where it was."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from widgets.theme import current

Draw = Callable[[QPainter, int, int], object]
"""Draws the lines of things from one number to another, of which the last is left out."""

BUDGET = 0.003
"""Seconds that may be drawn at once."""
FIRST, MOST = 16, 128
PAUSE = 8
"""Milliseconds between two pieces."""


class GrowingPicture:
    """What there is already stays while things are added; all is drawn anew where it shows something else."""

    def __init__(self, widget: QWidget) -> None:
        self._widget = widget
        self._of: tuple[object, ...] | None = None
        self._picture, self._before = QPixmap(), QPixmap()
        self._drawn, self._piece = 0, FIRST

    def paint(self, painter: QPainter, size: QSize, of: tuple[object, ...], count: int, draw: Draw) -> None:
        """Paint what there is of things 0 to count, and more of them the next time.

        While all is drawn anew in the same size, what there was before stays in sight.
        """
        ratio = painter.device().devicePixelRatioF()
        wanted = (*of, size, ratio, current())
        if wanted != self._of or count < self._drawn:
            self._begin(wanted, size, ratio)
        if self._drawn < count:
            self._go_on(count, draw)
        complete = self._drawn >= count
        if complete:
            self._before = QPixmap()
        else:
            QTimer.singleShot(PAUSE, self._widget, self._widget.update)
        painter.drawPixmap(0, 0, self._picture if self._before.isNull() else self._before)

    def forget(self) -> None:
        """Draw all of it anew, and let nothing of before be seen."""
        self._of, self._picture, self._before = None, QPixmap(), QPixmap()

    @property
    def drawn(self) -> int:
        """How many things are in it."""
        return self._drawn

    def _begin(self, of: tuple[object, ...], size: QSize, ratio: float) -> None:
        same_size = self._picture.size() == size * ratio
        if not same_size:
            self._before = QPixmap()
        elif self._before.isNull():
            self._before = self._picture
        self._of, self._drawn = of, 0
        self._picture = QPixmap(size * ratio)
        self._picture.setDevicePixelRatio(ratio)
        self._picture.fill(Qt.GlobalColor.transparent)

    def _go_on(self, count: int, draw: Draw) -> None:
        begun = perf_counter()
        with QPainter(self._picture) as inner:
            inner.setRenderHint(QPainter.RenderHint.Antialiasing)
            while self._drawn < count and (left := BUDGET - (perf_counter() - begun)) > 0:
                start, end = self._drawn, min(self._drawn + self._piece, count)
                before = perf_counter()
                draw(inner, start, end)
                took = max(perf_counter() - before, 1e-6)
                self._drawn = end
                self._piece = int(min(max((end - start) * left / took / 2, FIRST), MOST))
