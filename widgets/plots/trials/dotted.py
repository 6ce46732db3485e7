"""The base of views with a dot for each trial that is done, on two axes."""

from __future__ import annotations

from abc import abstractmethod

import numpy as np
from PySide6.QtCore import QPointF, QSizeF
from PySide6.QtGui import QColor, QPainter, QPen

from widgets.kept_picture import KeptPicture
from widgets.plots.trials.axis import TrialAxis, TrialGrid
from widgets.plots.trials.drawing import cover, dots, drawn_dots, faint
from widgets.plots.trials.trial_columns import Floats, Rows
from widgets.plots.trials.trial_figure import TrialFigure, near
from widgets.theme import current

DOT, RING = 4.0, 5.0
COVER = 130
"""How much of 255 a dot covers."""


class DottedFigure(TrialFigure):
    """A subclass says what stands across and upwards, and may draw lines over the dots."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self._kept = KeptPicture()

    @abstractmethod
    def axes(self) -> tuple[TrialAxis, TrialAxis]:
        """What is across and what upwards."""

    @abstractmethod
    def points(self) -> tuple[Floats, Floats]:
        """The values across and upwards of the rows that are shown."""

    def paint_over(self, painter: QPainter, grid: TrialGrid) -> None:
        """Draw lines over the dots."""

    def paint_under(self, painter: QPainter, grid: TrialGrid) -> None:
        """Draw what lies below the dots."""

    def of(self) -> tuple[object, ...]:
        """What the picture is of, besides the trials."""
        return ()

    def rows(self) -> Rows:
        """All that are done."""
        return self.trials.done

    def grid(self) -> TrialGrid:
        """The axes in the widget."""
        return TrialGrid.within(QSizeF(self.size()), *self.axes())

    def places(self) -> Floats:
        """Pixels (rows, 2) of the dots."""
        if not len(self.rows()):
            return np.empty((0, 2))
        return self.grid().places(*self.points())

    def nearest(self, place: QPointF) -> int | None:
        """The dot that is nearest."""
        found = near(self.places(), place)
        return None if found is None else int(self.rows()[found])

    def spot(self, row: int) -> QPointF | None:
        """The dot of a row."""
        found = np.flatnonzero(self.rows() == row)
        if not len(found):
            return None
        place = self.places()[found[0]]
        return QPointF(*place.tolist()) if np.isfinite(place).all() else None

    def paint(self, painter: QPainter) -> None:
        """Draw dots and lines from their picture, and a ring around what is pointed at."""
        self._kept.paint(painter, self.size(), (self.trials, *self.of()), self._draw_stamped)
        if self.pointed is not None and (place := self.spot(self.pointed)) is not None:
            painter.setPen(QPen(QColor(current().text), 1.6))
            painter.setBrush(QColor(current().accent))
            painter.drawEllipse(place, RING, RING)

    def paint_whole(self, painter: QPainter) -> None:
        """Draw all as shapes."""
        grid = self.grid()
        self.paint_under(painter, grid)
        grid.paint(painter)
        drawn_dots(painter, self.places(), self._ink(), DOT)
        self.paint_over(painter, grid)

    def _ink(self) -> QColor:
        return faint(current().accent, cover(COVER, len(self.rows())))

    def _draw_stamped(self, painter: QPainter) -> None:
        painter.setFont(self.small_font())
        grid = self.grid()
        self.paint_under(painter, grid)
        grid.paint(painter)
        dots(painter, self.places(), self._ink(), DOT)
        self.paint_over(painter, grid)
