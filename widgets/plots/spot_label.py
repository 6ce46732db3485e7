"""A small label over a plot: what is said of the spot that is pointed at."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLabel, QWidget

from widgets.plots.confusion_matrix import Spot
from widgets.plots.figure import label_style
from widgets.theme import Theme

BESIDE = 6
"""Pixels between the spot and the label."""


class SpotLabel(QLabel):
    """Stands beside a spot of the plot it lies over, on the side where there is room."""

    def __init__(self, font: QFont, plot: QWidget) -> None:
        super().__init__(plot)
        self.setFont(font)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_spot(self, spot: Spot | None) -> None:
        """Say what there is to say of a spot; None takes the label away."""
        if spot is None:
            self.hide()
            return
        self.setText(spot.words)
        self.adjustSize()
        plot = self.parentWidget()
        x = spot.area.right() + BESIDE
        if x + self.width() > plot.width():
            x = max(spot.area.left() - BESIDE - self.width(), 0.0)
        y = min(max(spot.area.center().y() - self.height() / 2, 0.0), plot.height() - self.height())
        self.move(round(x), round(y))
        self.show()

    def show_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme."""
        self.setStyleSheet(label_style(theme))
