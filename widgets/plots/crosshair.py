"""What a plot of curves shows under the pointer: an upright line, a dot on each curve, and the values."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QLabel

from playground.record import record
from widgets.plots.axes import Axes
from widgets.plots.figure import label_style
from widgets.theme import Theme

LABEL_MARGINS = 36
"""Pixels that the label needs beside its text."""


@record
class Reading:
    """The value of one curve: its name, the text of the value, the colour, and how high it is drawn."""

    name: str
    text: str
    colour: str
    height: float


class Crosshair:
    """The marks on a canvas; hidden at first."""

    def __init__(self, canvas: Axes, font: QFont) -> None:
        self._view = canvas.getViewBox()
        self._canvas = canvas
        self._upright = pg.InfiniteLine(angle=90)
        self._dots = pg.ScatterPlotItem(size=7)
        self.label = QLabel(canvas)
        self.label.setFont(font)
        self.label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        for item in (self._upright, self._dots):
            item.setZValue(10)
            canvas.addItem(item, ignoreBounds=True)
        self.hide()

    def show(self, where: str, x: float, readings: list[Reading], notes: Iterable[str] = ()) -> None:
        """Mark a place, with the values from the highest to the lowest as the curves lie, and lines below."""
        readings = sorted(readings, key=lambda reading: -reading.height)
        self._upright.setValue(x)
        self._dots.setData(
            [x] * len(readings),
            [reading.height for reading in readings],
            brush=[QColor(reading.colour) for reading in readings],
        )
        rows = "".join(
            f"<tr><td style='color:{reading.colour}; padding-right:10px'>{reading.name}</td>"
            f"<td align='right'>{reading.text}</td></tr>"
            for reading in readings
        )
        below = "".join(f"<div>{escape(self._fitting(note, x))}</div>" for note in notes)
        self.label.setText(f"{where}<table cellspacing='0' cellpadding='0'>{rows}</table>{below}")
        self.label.adjustSize()
        self._place_label(x)
        self._set_visible(True)

    def hide(self) -> None:
        """Take the marks away."""
        self._set_visible(False)

    def show_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme."""
        self._upright.setPen(pg.mkPen(theme.outline, width=1))
        self._dots.setPen(pg.mkPen(theme.panel, width=1.5))
        self.label.setStyleSheet(label_style(theme))

    def _set_visible(self, visible: bool) -> None:
        for item in (self._upright, self._dots, self.label):
            item.setVisible(visible)

    def _fitting(self, text: str, x: float) -> str:
        """As much of a line as there is room for on the wider side of the upright line."""
        left = round(self._view.mapViewToScene(QPointF(x, 0)).x())
        room = max(left, self._canvas.width() - left) - LABEL_MARGINS
        return self.label.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, room)

    def _place_label(self, x: float) -> None:
        """Beside the upright line, on the side where there is room."""
        left = self._view.mapViewToScene(QPointF(x, 0)).x() + 10
        if left + self.label.width() > self._canvas.width():
            left -= self.label.width() + 20
        self.label.move(round(left), round(self._view.sceneBoundingRect().top()) + 4)
