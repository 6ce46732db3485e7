"""What a map and a surface of a terrain share: ways down it, and the start, which keys can lead."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent

from playground.labs.race.racing import Way
from playground.labs.race.terrain import Box, Floats
from widgets.figures.columns import Columns
from widgets.gesture import new_gesture
from widgets.pages.labs.leading import arrow_way
from widgets.plots.figure import Figure

STRIDE = 0.02
"""How far an arrow key leads the start, as a share of what is seen; with Shift five times as far."""
HANDLE, REACH = 7.0, 16.0
"""Pixels of the start's radius, and around it in which it is taken hold of."""
DOT, END = 2.0, 5.5
MOST_DOTS = 150
"""With more steps than this dots would run into one another."""
HALF = 127
"""A lighter colour than this, of 255, is set off by a dark halo."""
MARGIN = 4
ROUND = 6

Marks = Sequence[tuple[float, float]]
"""Heights from 0 to 1, and the losses of places that are as high."""


class TerrainFigure(Figure):
    """Shows a terrain; a subclass says where its places are drawn.

    Signals:
        moved: where the start is to be, as shares of what is seen, and the gesture that leads it there.
    """

    moved = Signal(float, float, int)

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleDescription(self.tr("Arrow keys lead the start."))
        self.box: Box = (-1, 1, -1, 1)
        self.ways: Sequence[Way] = ()
        self.steps = 0
        self.start = (0.5, 0.5)
        self._names: Sequence[str] = ()

    def minimumSizeHint(self) -> QSize:
        """Room for a small map."""
        return QSize(240, 160)

    # --- what is shown ----------------------------------------------------------------------------------

    def show_ground(self, ground: Floats, box: Box, marks: Marks = ()) -> None:
        """Draw another terrain, of which some heights' losses are known."""
        raise NotImplementedError

    def show_start(self, start: tuple[float, float]) -> None:
        """Put the start at a place, as shares of what is seen."""
        self.start = start
        self.update()

    def show_ways(self, names: Sequence[str], ways: Sequence[Way], steps: int) -> None:
        """Draw so many steps of each way."""
        self._names, self.ways, self.steps = names, ways, steps
        self.update()

    def columns(self) -> Columns:
        """Step by step where each racer was; nothing where it had run away."""
        steps = max((len(way.places) for way in self.ways), default=0)
        found: Columns = {"step": np.arange(steps, dtype=np.float64)}
        for name, way in zip(self._names, self.ways, strict=True):
            for axis, letter in enumerate("xy"):
                column = np.full(steps, np.nan)
                column[: len(way.places)] = way.places[:, axis]
                found[f"{name} {letter}"] = column
        return found

    # --- painting ---------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the menu in its corner."""
        super().resizeEvent(event)
        self.put_menu_in_corner(MARGIN)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        with QPainter(self) as painter:
            self.paint_figure(painter)

    def paint_start(self, painter: QPainter, place: QPointF) -> None:
        """Draw the start at a pixel, and what can be done to it."""
        painter.setPen(QPen(QColor("black"), 2))
        painter.setBrush(QColor("white"))
        painter.drawEllipse(place, HANDLE, HANDLE)
        words, font = self.tr("start: drag me"), self.small_font()
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        label = metrics.boundingRect(words).adjusted(-5, -2, 5, 2)
        left = place.x() + 12 if place.x() < self.width() / 2 else place.x() - 12 - label.width()
        label.moveTo(left, min(max(place.y() - label.height() / 2, 2), self.height() - label.height() - 2))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(255, 255, 255, 200))
        painter.drawRoundedRect(label, 4, 4)
        painter.setPen(QColor("black"))
        painter.drawText(label, Qt.AlignmentFlag.AlignCenter, words)

    # --- leading the start ------------------------------------------------------------------------------

    def handle(self) -> QPointF:
        """The pixel where the start is."""
        raise NotImplementedError

    def is_near_start(self, pixel: QPointF) -> bool:
        """Whether the start is taken hold of there."""
        return (pixel - self.handle()).manhattanLength() < REACH

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Lead the start by the arrows."""
        if (way := arrow_way(event)) is None:
            super().keyPressEvent(event)
            return
        x, y = (min(max(at + STRIDE * to, 0.0), 1.0) for at, to in zip(self.start, way, strict=True))
        self.moved.emit(x, y, new_gesture())


def way_pens(colour: QColor) -> tuple[QPen, QPen]:
    """What a way is drawn with: first what sets it off, then its colour."""
    halo = QColor(0, 0, 0, 150) if colour.lightness() > HALF else QColor(255, 255, 255, 190)
    pens = QPen(halo, 3.4), QPen(colour, 1.8)
    for pen in pens:
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pens
