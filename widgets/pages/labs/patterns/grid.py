"""A grid of pixels between −1 and +1, which can be painted by mouse and by keyboard."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.figures.columns import Columns
from widgets.figures.ground import lay
from widgets.gesture import new_gesture
from widgets.pictures import signed_image
from widgets.plots.figure import Figure
from widgets.theme import current

Floats = NDArray[np.floating]

LEAST = 84
"""Pixels along a side at least."""

ARROWS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class PixelGrid(Figure):
    """A square of pixels: blue at +1, the ground at −1; those that differ from a wanted one are marked.

    The left button paints and the right one wipes; arrow keys move a frame, Enter turns the pixel in it over.

    Signals:
        painted: row, column, whether there is ink now, and the gesture.
    """

    painted = Signal(int, int, bool, int)

    def __init__(self, title: str, paints: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self.paints = paints
        self.values: Floats = -np.ones((10, 10))
        self.wanted: Floats | None = None
        self.place = (0, 0)
        """Where the keyboard is."""
        self._gesture, self._ink = -1, True
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setSizePolicy(policy)
        if paints:
            self.setCursor(Qt.CursorShape.CrossCursor)

    def show_values(self, values: Floats, wanted: Floats | None = None) -> None:
        """Show values (n,) of a square grid, and where they differ from others in sign."""
        side = round(len(values) ** 0.5)
        self.values = values.reshape(side, side)
        self.wanted = None if wanted is None else wanted.reshape(side, side)
        self.place = (min(self.place[0], side - 1), min(self.place[1], side - 1))
        self.update()

    def columns(self) -> Columns:
        """Row, column and value of each pixel."""
        rows, columns = np.indices(self.values.shape).reshape(2, -1) + 1
        return {"row": rows, "column": columns, "value": self.values.ravel()}

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(200, 200)

    def minimumSizeHint(self) -> QSize:
        """A small one."""
        return QSize(LEAST, LEAST)

    # --- where things are -------------------------------------------------------------------------------

    @property
    def square(self) -> QRectF:
        """Where the pixels are."""
        side = min(self.width(), self.height()) - 2
        return QRectF((self.width() - side) / 2, 1, side, side)

    def cell(self, row: int, column: int) -> QRectF:
        """Where a pixel is."""
        square, side = self.square, self.values.shape[0]
        step = square.width() / side
        return QRectF(square.left() + column * step, square.top() + row * step, step, step)

    def _at(self, point: QPointF) -> tuple[int, int] | None:
        square, side = self.square, self.values.shape[0]
        if not square.contains(point):
            return None
        step = square.width() / side
        row, column = (point.y() - square.top()) // step, (point.x() - square.left()) // step
        return min(int(row), side - 1), min(int(column), side - 1)

    # --- painting by hand -------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to paint, or to wipe with the other button."""
        buttons = (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton)
        if not self.paints or event.button() not in buttons:
            super().mousePressEvent(event)
            return
        self._gesture, self._ink = new_gesture(), event.button() == Qt.MouseButton.LeftButton
        self._paint_at(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on painting."""
        if self._gesture >= 0 and event.buttons():
            self._paint_at(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The stroke is done."""
        self._gesture = -1

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The right button wipes where there is something to paint; the menu key still opens the menu."""
        if not self.paints or event.reason() == QContextMenuEvent.Reason.Keyboard:
            super().contextMenuEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the frame, or turn its pixel over."""
        key, side = Qt.Key(event.key()), self.values.shape[0]
        if key in ARROWS and self.paints:
            down, right = ARROWS[key]
            self.place = ((self.place[0] + down) % side, (self.place[1] + right) % side)
            self.focused_by_key = True
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.paints:
            self.painted.emit(*self.place, bool(self.values[self.place] <= 0), new_gesture())
        else:
            super().keyPressEvent(event)

    def _paint_at(self, point: QPointF) -> None:
        place = self._at(point)
        if place is not None and (self.values[place] > 0) != self._ink:
            self.painted.emit(*place, self._ink, self._gesture)

    # --- painting ---------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pixels, and where the keyboard is."""
        with QPainter(self) as painter:
            self._paint(painter)
            if self.focused_by_key:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(QColor(current().focus), 2))
                painter.drawRect(self.cell(*self.place) if self.paints else self.square)

    def paint_figure(self, painter: QPainter) -> None:
        """Draw the pixels on the panel's colour."""
        lay(painter, self.rect(), current().panel)
        self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        shown, square = current(), self.square
        image = signed_image((np.nan_to_num(self.values) + 1) / 2, (-1.0, 1.0), shown)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        painter.drawImage(square, image)
        self._paint_lines(painter, square)
        if self.wanted is not None:
            self._paint_marks(painter)

    def _paint_lines(self, painter: QPainter, square: QRectF) -> None:
        side = self.values.shape[0]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QPen(QColor(current().panel), 1))
        for number in range(1, side):
            place = square.width() * number / side
            painter.drawLine(
                QPointF(square.left() + place, square.top()), QPointF(square.left() + place, square.bottom())
            )
            painter.drawLine(
                QPointF(square.left(), square.top() + place), QPointF(square.right(), square.top() + place)
            )

    def _paint_marks(self, painter: QPainter) -> None:
        """A small dot on every pixel that is not as wanted."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(current().negative))
        for row, column in np.argwhere(np.sign(self.values) != np.sign(self.wanted)).tolist():
            cell = self.cell(row, column)
            radius = max(1.5, cell.width() * 0.16)
            painter.drawEllipse(cell.center(), radius, radius)
