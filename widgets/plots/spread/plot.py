"""The plot of how the numbers of a layer are spread: bars for the present, ridges for the epochs before."""

from __future__ import annotations

import operator

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from playground.training.chronicle import Spread
from widgets.elided_label import ElidedLabel
from widgets.figures.columns import Columns
from widgets.labels import label
from widgets.plots.confusion_matrix import Spot
from widgets.plots.figure import Figure
from widgets.plots.spot_label import SpotLabel
from widgets.plots.spread.ridges import RidgePicture, words_of
from widgets.rest import Rest
from widgets.theme import Theme, current

HEAD = 26.0
PAUSE = 200
"""Milliseconds between two pictures."""


class SpreadPlot(Figure):
    """Shows one quantity of one layer; left and right move the bin that is read out, as the pointer does."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Histograms"), parent)
        self.lie_on_panel()
        self.spread: Spread = ()
        """What is shown, the present last."""
        self.nothing = ""
        """What stands here in its place."""
        self.heading = label(role="heading")
        self.note = ElidedLabel()
        self.note.setProperty("role", "caption")
        self.label = SpotLabel(self.small_font(), self)
        self._picture: RidgePicture | None = None
        self._next: tuple[Spread, str] | None = None
        self._rest = Rest(self._show_next, PAUSE, self)
        self._pointed: QPointF | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        head = QHBoxLayout()
        head.setContentsMargins(4, 0, 0, 0)
        head.setSpacing(10)
        head.addWidget(self.heading)
        head.addWidget(self.note, 1)
        head.addWidget(self.menu_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(head)
        column.addStretch(1)
        self.show_theme(current())

    def show_spread(self, title: str, note: str, spread: Spread, nothing: str, running: bool = False) -> None:
        """Show this, or what there is to say where it is empty; while training is `running`, now and then."""
        self.heading.setText(title)
        self.note.setText(note)
        self.note.setToolTip(note)
        self._next = spread, nothing
        self._rest.ask(at_once=not (running and self._follows(spread)))

    def _follows(self, spread: Spread) -> bool:
        """Whether it is the same at a later moment."""
        return bool(spread and self.spread) and spread[0] is self.spread[0]

    def _show_next(self) -> None:
        """Show what came last."""
        if self._next is None:
            return
        (spread, nothing), self._next = self._next, None
        same = len(spread) == len(self.spread) and all(map(operator.is_, spread, self.spread))
        if same and nothing == self.nothing:
            return
        self.spread, self.nothing, self._picture = spread, nothing, None
        self._read_out()
        self.update()

    @property
    def picture(self) -> RidgePicture | None:
        """What is painted, in its place; None where there is nothing."""
        if self._picture is None and self.spread:
            area = QRectF(self.rect()).adjusted(0, HEAD, 0, 0)
            self._picture = RidgePicture(self.spread, area, self.small_font())
        return self._picture

    def columns(self) -> Columns:
        """A row for each bin of each epoch: its ends, and how many numbers are in it."""
        if not self.spread:
            return {}
        rows = self.spread
        return {
            "epoch": np.concatenate([np.full(len(row.counts), row.epoch) for row in rows]),
            self.tr("from"): np.concatenate([row.edges[:-1] for row in rows]),
            self.tr("to"): np.concatenate([row.edges[1:] for row in rows]),
            self.tr("count"): np.concatenate([row.counts for row in rows]),
        }

    # --- painting ---------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it, and that the plot has the focus of the keyboard."""
        with QPainter(self) as painter:
            self.paint_ground(painter)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint(painter)
            self.paint_focus(painter)

    def paint_figure(self, painter: QPainter) -> None:
        """Draw title and picture on a ground."""
        self.paint_ground(painter)
        painter.setPen(QColor(current().text))
        painter.setFont(self.small_font())
        painter.drawText(QRectF(6, 4, self.width(), HEAD), f"{self.heading.text()}  {self.note.text()}")
        self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        if self.picture is not None:
            self.picture.paint(painter, current())
            return
        painter.setPen(QColor(current().muted))
        inside = QRectF(self.rect()).adjusted(20, HEAD, -20, -HEAD)
        painter.drawText(inside, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self.nothing)

    # --- pointing ---------------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read out the bin under the pointer."""
        self._pointed = event.position()
        self._read_out()

    def leaveEvent(self, event: QEvent) -> None:
        """Take the read-out away."""
        self._pointed = None
        self._read_out()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Read out another bin of the present."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None or self.picture is None:
            super().keyPressEvent(event)
            return
        bars, x = self.picture.bars, self.picture.x(self.spread[-1].edges)
        width = float(x[1] - x[0])
        at = self._pointed.x() + step * width if self._pointed is not None else float(x[0]) + width / 2
        at = min(max(at, float(x[0]) + width / 2), float(x[-1]) - width / 2)
        self._pointed = QPointF(at, bars.bottom() - 2)
        self._read_out()

    def _read_out(self) -> None:
        found = self.picture.at(self._pointed) if self._pointed is not None and self.picture else None
        if found is None:
            self.label.show_spot(None)
            return
        place, row, number = found
        words = self.tr("epoch {0}: {3} from {1} to {2}").format(*words_of(row, number))
        self.label.show_spot(Spot(place, words))

    # --- keeping up -------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Find the places for the new size."""
        super().resizeEvent(event)
        self._picture = None
        self._read_out()

    def show_theme(self, theme: Theme) -> None:
        """Take on the colours of another theme."""
        super().show_theme(theme)
        self.label.show_theme(theme)
