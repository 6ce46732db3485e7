"""A plot on which many thin lines lie behind the curves that count."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from widgets.plots.curves import Column
from widgets.plots.function_plot import FunctionPlot
from widgets.theme import Theme, current

Floats = NDArray[np.float64]

FAR = 1e4
"""What is farther away than so many times what is seen is drawn there."""
FAINT = 70
"""How much of 255 a thin line covers."""


class FanPlot(FunctionPlot):
    """The thin lines go beyond what is seen, where they must."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setAccessibleName(title)
        self._log_action.setVisible(False)
        view = self.canvas.getViewBox()
        view.setFlag(view.GraphicsItemFlag.ItemClipsChildrenToShape)
        self._limits = np.array([-1.0, 1.0])
        self._fan = pg.PlotCurveItem(connect="finite")
        self._fan.setZValue(-50)
        self.canvas.addItem(self._fan, ignoreBounds=True)
        self._colour_fan(current())

    def show_fan(self, x: Floats, lines: Floats, low: float, high: float) -> None:
        """Draw these lines (count, n) over x (n,); what is seen goes from low to high."""
        self._limits = np.array([low, high])
        gaps = np.column_stack([self.near(lines), np.full(len(lines), np.nan)])
        self._fan.setData(np.tile(np.append(x, np.nan), len(lines)), gaps.ravel())

    def near(self, values: Floats) -> Floats:
        """Values no farther away than can be drawn."""
        far = FAR * float(np.abs(self._limits).max())
        near: Floats = np.clip(values, -far, far)
        return near

    def _held_values(self) -> Column:
        return self._limits

    def set_logarithmic(self, logarithmic: bool) -> None:
        """The axis stays as it is: lines go below 0."""
        self.scale = replace(self.scale, logarithmic=False)

    def show_theme(self, theme: Theme) -> None:
        """Take on the colours of another theme."""
        super().show_theme(theme)
        self._colour_fan(theme)

    def _colour_fan(self, theme: Theme) -> None:
        thin = QColor(theme.lines[1])
        thin.setAlpha(FAINT)
        self._fan.setPen(pg.mkPen(thin, width=1))
