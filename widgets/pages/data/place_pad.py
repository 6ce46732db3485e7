"""The plane of the samples, on which a click asks about a place."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.data import Samples
from playground.data.prepared import PreparedData
from widgets.key_focus import KeyFocus
from widgets.panels.thumbnail import paint_samples
from widgets.plots.decision_map import ARROWS
from widgets.theme import current

SIDE = 150
DRAWN = 400
"""Samples that are drawn."""
CROSS = 6
STRIDE = 0.04
"""The share of the plane that an arrow leads on."""


class PlacePad(KeyFocus):
    """Shows training samples and the place that is asked about; a click, a drag and arrows ask about another.

    Signals:
        asked: the place, x₁ and x₂.
    """

    asked = Signal(float, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._data: PreparedData | None = None
        self._place = (0.0, 0.0)
        self.setAccessibleName(self.tr("Place on the plane"))
        self.setToolTip(self.tr("Click a place to ask what the network says there."))
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_data(self, data: PreparedData) -> None:
        """Show some of these samples."""
        self._data = data
        self.update()

    def show_place(self, across: float, up: float) -> None:
        """Mark a place."""
        if (across, up) != self._place:
            self._place = (across, up)
            self.update()

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(SIDE, SIDE)

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    @property
    def square(self) -> QRectF:
        """Where the plane is."""
        side = min(self.width(), self.height())
        return QRectF((self.width() - side) / 2, 0, side, side).adjusted(1, 1, -1, -1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the samples, and a cross at the place."""
        if self._data is None:
            return
        data, shown, square = self._data, current(), self.square
        few = Samples(data.train.raw[:DRAWN], data.train.labels[:DRAWN], data.dataset.task)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(shown.focus if self.focused_by_key else shown.border), 1))
            painter.setBrush(QColor(shown.canvas))
            painter.drawRoundedRect(square, 6, 6)
            painter.setClipRect(square)
            paint_samples(painter, data.dataset, few, square, shown)
            painter.setPen(QPen(QColor(shown.text), 2))
            middle = self._on_screen()
            painter.drawLine(middle - QPointF(CROSS, 0), middle + QPointF(CROSS, 0))
            painter.drawLine(middle - QPointF(0, CROSS), middle + QPointF(0, CROSS))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Ask about this place."""
        self._ask(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Ask about the places on the way."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._ask(event.position())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ask about a place a little in the direction of an arrow, with Shift less far away."""
        step = ARROWS.get(Qt.Key(event.key()))
        if step is None or self._data is None:
            super().keyPressEvent(event)
            return
        share = STRIDE / 4 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else STRIDE
        self._ask(self._on_screen() + QPointF(step[0], -step[1]) * share * self.square.width())

    def _ask(self, at: QPointF) -> None:
        if self._data is None:
            return
        square = self.square
        shares = (at.x() - square.left()) / square.width(), (square.bottom() - at.y()) / square.height()
        ends = [column.range for column in self._data.dataset.columns]
        across, up = (
            float(low + np.clip(share, 0, 1) * (high - low))
            for share, (low, high) in zip(shares, ends, strict=True)
        )
        self.asked.emit(across, up)

    def _on_screen(self) -> QPointF:
        assert self._data is not None
        square, ends = self.square, [column.range for column in self._data.dataset.columns]
        across, up = (
            (value - low) / (high - low) for value, (low, high) in zip(self._place, ends, strict=True)
        )
        return QPointF(square.left() + across * square.width(), square.bottom() - up * square.height())
