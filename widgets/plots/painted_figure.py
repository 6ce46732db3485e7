"""A plot that is painted by hand: alike in the window and in a file."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent

from widgets.figures.ground import lay
from widgets.plots.figure import Figure
from widgets.theme import current


class PaintedFigure(Figure):
    """A subclass draws all of it in `paint`, over the panel's colour."""

    def paint(self, painter: QPainter) -> None:
        """Draw what there is to be seen."""
        raise NotImplementedError

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it, and a ring where the keyboard is."""
        with QPainter(self) as painter:
            self.paint(painter)
            self.paint_focus(painter)

    def paint_figure(self, painter: QPainter) -> None:
        """Draw it on the panel's colour."""
        lay(painter, self.rect(), current().panel)
        self.paint(painter)
