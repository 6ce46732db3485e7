"""All activations with all initial weights as a table: which pairs keep a signal, and which lose it."""

from __future__ import annotations

import numpy as np
from numpy import isfinite, isnan
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QResizeEvent,
)

from playground.labs.activations.pairs import Pairs
from playground.numbers.writing import fixed
from widgets.contrast import mixed, readable_on
from widgets.figures.columns import Columns
from widgets.plots.painted_figure import PaintedFigure
from widgets.sentences import said
from widgets.theme import current

GAP, MARGIN = 2.0, 4.0
HIGHEST = 78.0
"""Pixels that the names of columns, which stand upright, take at most."""
SMALLEST, LARGEST = 8, 11
"""Pixels of the font of figures."""
NAMES = 0.26
"""The share of the width that the names of rows may take."""
FULL = 6.0
"""Powers of ten at which the colour is strongest."""
MOVES = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class PairsTable(PaintedFigure):
    """A cell each pair with the power of ten by which it strays; a click takes the pair.

    Signals:
        chosen: an activation and an initializer that are to be looked at.
    """

    chosen = Signal(object, object)

    def __init__(self) -> None:
        super().__init__(self.tr("All pairs"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self._pairs: Pairs | None = None
        self._current = (-1, -1)
        self._pointed: tuple[int, int] | None = None

    def minimumSizeHint(self) -> QSize:
        """Room for short figures."""
        return QSize(260, 200)

    def show_pairs(self, pairs: Pairs, current_pair: tuple[str, str]) -> None:
        """Show what is known; the pair of these kinds is the one that is looked at."""
        self._pairs = pairs
        rows = [each.tag() for each in pairs.activations]
        columns = [each.tag() for each in pairs.initializers]
        activation, initializer = current_pair
        place = columns.index(initializer) if initializer in columns else -1
        self._current = (rows.index(activation) if activation in rows else -1, place)
        self.update()

    def columns(self) -> Columns:
        """The names of the activations, and a column of powers for each initializer."""
        if self._pairs is None:
            return {}
        names = {self.tr("activation"): np.array([said(each) for each in self._pairs.activations])}
        heads = [said(each) for each in self._pairs.initializers]
        return names | dict(zip(heads, self._pairs.powers.T, strict=True))

    # --- where things are -------------------------------------------------------------------------------

    @property
    def _grid(self) -> QRectF:
        assert self._pairs is not None
        metrics = QFontMetricsF(self.small_font())
        rows, columns = (
            max(metrics.horizontalAdvance(said(each)) for each in family) + 8
            for family in (self._pairs.activations, self._pairs.initializers)
        )
        left, top = min(rows, NAMES * self.width()), min(columns, HIGHEST)
        return QRectF(self.rect()).adjusted(left, top, -MARGIN, -MARGIN)

    def cell(self, row: int, column: int) -> QRectF:
        """Where one pair is."""
        assert self._pairs is not None
        rows, columns = self._pairs.powers.shape
        grid = self._grid
        width, height = grid.width() / columns, grid.height() / rows
        place = QRectF(grid.left() + column * width, grid.top() + row * height, width, height)
        return place.adjusted(GAP / 2, GAP / 2, -GAP / 2, -GAP / 2)

    def _at(self, point: QPointF) -> tuple[int, int] | None:
        if self._pairs is None or not (grid := self._grid).contains(point):
            return None
        rows, columns = self._pairs.powers.shape
        row = int((point.y() - grid.top()) / grid.height() * rows)
        column = int((point.x() - grid.left()) / grid.width() * columns)
        return min(row, rows - 1), min(column, columns - 1)

    # --- painting ---------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the menu in the corner above the names."""
        super().resizeEvent(event)
        self.menu_button.move(0, 0)

    def paint(self, painter: QPainter) -> None:
        """Draw the table."""
        if self._pairs is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.small_font())
        self._paint_names(painter, self._pairs)
        font = self.small_font()
        font.setPixelSize(int(min(max(self.cell(0, 0).height() - 2, SMALLEST), LARGEST)))
        painter.setFont(font)
        for row, column in np.ndindex(self._pairs.powers.shape):
            self._paint_cell(painter, self.cell(row, column), float(self._pairs.powers[row, column]))
        for place, colour in ((self._pointed, current().muted), (self._current, current().accent)):
            if place is not None and min(place) >= 0:
                painter.setPen(QPen(QColor(colour), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(self.cell(*place), 3, 3)

    def _paint_names(self, painter: QPainter, pairs: Pairs) -> None:
        painter.setPen(QColor(current().muted))
        metrics = QFontMetricsF(self.small_font())
        middle, right = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignRight
        for row, each in enumerate(pairs.activations):
            cell = self.cell(row, 0)
            room = QRectF(0, cell.top() - 2, cell.left() - 6, cell.height() + 4)
            name = metrics.elidedText(said(each), Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, right | middle, name)
        for column, each in enumerate(pairs.initializers):
            cell = self.cell(0, column)
            painter.save()
            painter.translate(cell.center().x(), cell.top() - 5)
            painter.rotate(-90)
            name = metrics.elidedText(said(each), Qt.TextElideMode.ElideRight, cell.top() - 8)
            painter.drawText(QRectF(0, -10, cell.top(), 20), middle, name)
            painter.restore()

    def _paint_cell(self, painter: QPainter, cell: QRectF, power: float) -> None:
        theme = current()
        strength = 0.0 if isnan(power) else min(abs(power) / FULL, 1.0)
        ground = mixed(theme.zero, theme.positive if power > 0 else theme.negative, strength)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(cell, 3, 3)
        if not isnan(power):
            painter.setPen(readable_on(ground))
            painter.drawText(cell.adjusted(-4, -4, 4, 4), Qt.AlignmentFlag.AlignCenter, written(power))

    # --- choosing ---------------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell of the pair under the pointer."""
        self._point_to(self._at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """Tell of none."""
        self._point_to(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the pair under the pointer."""
        if event.button() == Qt.MouseButton.LeftButton and (place := self._at(event.position())) is not None:
            self._point_to(place)
            self._take(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from pair to pair by the arrows, and take one by Enter."""
        if self._pairs is None:
            return
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._pointed is not None:
            self._take(self._pointed)
        elif (move := MOVES.get(key)) is not None:
            begin = self._pointed or tuple(max(0, at) for at in self._current)
            ends = zip(begin, move, self._pairs.powers.shape, strict=True)
            row, column = (min(max(at + to, 0), count - 1) for at, to, count in ends)
            self._point_to((row, column))
        else:
            super().keyPressEvent(event)

    def _take(self, place: tuple[int, int]) -> None:
        assert self._pairs is not None
        row, column = place
        self.chosen.emit(self._pairs.activations[row], self._pairs.initializers[column])

    def _point_to(self, place: tuple[int, int] | None) -> None:
        if place != self._pointed:
            self._pointed = place
            words = "" if place is None else self._words(*place)
            self.setToolTip(words)
            self.setAccessibleDescription(words)
            self.update()

    def _words(self, row: int, column: int) -> str:
        assert self._pairs is not None
        power = float(self._pairs.powers[row, column])
        pair = f"{said(self._pairs.activations[row])}, {said(self._pairs.initializers[column])}"
        if isnan(power):
            return pair
        if not isfinite(power):
            nothing, too_much = self.tr("{pair}: nothing is left"), self.tr("{pair}: too large to be told")
            return (nothing if power < 0 else too_much).format(pair=pair)
        words = self.tr("{pair}: signal or gradient changes by 10 to the power of {power}")
        return words.format(pair=pair, power=fixed(power, 1))


def written(power: float) -> str:
    """A power of ten as it stands in a cell; 0 for what is kept."""
    if not isfinite(power):
        return "∞" if power > 0 else "−∞"
    return fixed(round(power), 0)
