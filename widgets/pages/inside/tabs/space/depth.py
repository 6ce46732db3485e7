"""The slider from layer to layer, on which samples fold over from one to the next."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from widgets.plots.figure import SMALL_PIXELS
from widgets.slider import StopSlider
from widgets.theme import current, themes

BETWEEN = 20
"""Stops from one layer to the next."""
HANDLE = 8.0
"""From the end of the slider to where its handle stands there."""


class DepthNames(QWidget):
    """The names of layers below the places of a slider, as many as there is room for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.names: Sequence[str] = ()
        self.depth = 0.0
        font = self.font()
        font.setPixelSize(SMALL_PIXELS)
        self.setFont(font)
        self.setFixedHeight(self.fontMetrics().height() + 2)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        themes.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the names, that of the layer which is seen brighter."""
        theme, metrics = current(), self.fontMetrics()
        with QPainter(self) as painter:
            for room, name, place in self.rooms():
                near = abs(place - self.depth) < 0.5
                painter.setPen(QColor(theme.text if near else theme.muted))
                words = metrics.elidedText(name, Qt.TextElideMode.ElideRight, int(room.width()))
                painter.drawText(room, Qt.AlignmentFlag.AlignCenter, words)

    def rooms(self) -> list[tuple[QRectF, str, int]]:
        """Where each name is written that there is room for, itself, and its layer's number."""
        last = max(len(self.names) - 1, 1)
        gap = (self.width() - 2 * HANDLE) / last
        metrics, found, free = self.fontMetrics(), [], 0.0
        for place, name in enumerate(self.names):
            width = min(metrics.horizontalAdvance(name) + 2.0, max(gap - 6, 60.0))
            left = min(max(HANDLE + place * gap - width / 2, 0.0), self.width() - width)
            if left >= free:
                found.append((QRectF(left, 0, width, self.height()), name, place))
                free = left + width + 8
        return found


class DepthSlider(QWidget):
    """Stands on a layer, or on the way to the next.

    Signals:
        moved: where it is now, 0 the inputs.
    """

    moved = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.slider = StopSlider((0.0,))
        self.slider.setAccessibleName(self.tr("From layer to layer"))
        self.slider.setToolTip(self.tr("Drag to see how samples move from one layer to the next."))
        self.names = DepthNames()
        self.slider.words = self._words
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.slider)
        column.addWidget(self.names)
        self.slider.moved.connect(self._move)

    def show_depth(self, names: Sequence[str], depth: float) -> None:
        """Stand there, among layers of these names."""
        count = BETWEEN * (len(names) - 1) + 1
        if len(self.slider.stops) != count:
            self.slider.blockSignals(True)
            self.slider.stops = tuple(stop / BETWEEN for stop in range(count))
            self.slider.setRange(0, count - 1)
            self.slider.setPageStep(BETWEEN)
            self.slider.blockSignals(False)
        if not self.slider.isSliderDown():
            self.slider.show_number(depth)
        self.names.names, self.names.depth = names, self.slider.stops[self.slider.value()]
        self.names.update()

    def _words(self) -> str:
        """The layer at which it stands, or the two between which it does."""
        names, depth = self.names.names, self.slider.stops[self.slider.value()]
        if not names:
            return ""
        here, on = names[int(depth)], names[min(ceil(depth), len(names) - 1)]
        return here if here is on else f"{here} – {on}"

    def _move(self, depth: float, gesture: int) -> None:
        self.names.depth = depth
        self.names.update()
        self.moved.emit(depth)
