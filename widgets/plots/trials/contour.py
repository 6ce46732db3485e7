"""Two settings against one another, and the goal as colours between the trials."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QCoreApplication, QRectF
from PySide6.QtGui import QImage, QPainter

from widgets.plots.trials.axis import TrialAxis, TrialGrid
from widgets.plots.trials.dotted import DottedFigure
from widgets.plots.trials.drawing import shades
from widgets.plots.trials.smooth import field
from widgets.plots.trials.trial_columns import Floats, SettingColumn
from widgets.quick import draw_part

ROWS, COLUMNS = 60, 90
WIDTH = 5.0
"""How far a trial tells of what is around it, in cells."""
LEVELS = 10
LEAST = 3
"""Trials below which nothing can be said between them."""


class ContourPlot(DottedFigure):
    """The better, the brighter, in bands; where no trial is near there is none."""

    def __init__(self) -> None:
        super().__init__(_tr("Two settings"))
        self._pair = ("", "")

    def show_settings(self, across: str, upwards: str) -> None:
        """Show these two."""
        if (across, upwards) != self._pair:
            self._pair = (across, upwards)
            self.update()

    def of(self) -> tuple[object, ...]:
        """Both settings."""
        return self._pair

    @property
    def pair(self) -> tuple[SettingColumn, SettingColumn] | None:
        """The settings that are shown; the first two where none are chosen."""
        settings = self.trials.settings
        if len(settings) < 2:
            return None
        known = {each.place: each for each in settings}
        x = known.get(self._pair[0], settings[0])
        y = known.get(self._pair[1])
        if y is None or y is x:
            y = next(each for each in settings if each is not x)
        return x, y

    def axes(self) -> tuple[TrialAxis, TrialAxis]:
        """One across, one upwards."""
        if self.pair is None:
            return TrialAxis(), TrialAxis()
        done = self.trials.done
        x, y = (
            TrialAxis.over(each.title, each.values[done], each.logarithmic, each.names) for each in self.pair
        )
        return x, y

    def points(self) -> tuple[Floats, Floats]:
        """The values of both."""
        done = self.trials.done
        if self.pair is None:
            nothing = np.full(len(done), np.nan)
            return nothing, nothing
        x, y = (each.values[done] for each in self.pair)
        return x, y

    def paint_under(self, painter: QPainter, grid: TrialGrid) -> None:
        """The bands."""
        trials = self.trials
        if self.pair is None or len(trials.done) < LEAST:
            return
        x, y = self.points()
        goodness = trials.goodness[trials.done]
        found = field(grid.x.shares(x), grid.y.shares(y), goodness, (ROWS, COLUMNS), WIDTH)[::-1]
        bands = (np.floor(np.nan_to_num(found) * LEVELS) + 0.5) / LEVELS
        pixels = np.empty((ROWS, COLUMNS, 4), np.uint8)
        pixels[..., :3] = shades(bands.ravel()).reshape(ROWS, COLUMNS, 3)
        pixels[..., 3] = np.where(np.isnan(found), 0, 150)
        image = QImage(pixels.data, COLUMNS, ROWS, COLUMNS * 4, QImage.Format.Format_RGBA8888).copy()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        draw_part(painter, grid.area, image, QRectF(0, 0, COLUMNS, ROWS))


def _tr(text: str) -> str:
    return QCoreApplication.translate("ContourPlot", text)
