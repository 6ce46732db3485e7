"""A sheet of equations: matrices in brackets, tinted by their numbers; a pointed entry shows its terms."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from playground.engine.calculation import Equation, Values
from playground.engine.calculation.names import symbol
from playground.engine.calculation.terms import terms
from playground.numbers.writing import figures, fixed, short
from widgets.colouring import diverging_colours, places
from widgets.pages.inside.tabs.trace.sheet_layout import (
    BRACKET,
    CAPTION,
    LaidMatrix,
    LaidText,
    Place,
    SheetLayout,
    lay_out,
)
from widgets.theme import Theme, current, themes

PALER = 1.35
"""Tints end so much short of the full colours, that numbers on them can be read."""


class MatrixSheet(QWidget):
    """Shows equations with their numbers.

    Signals:
        told: an entry is written out in numbers; "" for none.
        pointed: that entry, by the name of its matrix, its row and its column.
    """

    told = Signal(str)
    pointed = Signal(str, int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.equations: Sequence[Equation] = ()
        self._values: Values = {}
        self.laid = SheetLayout()
        self._used: dict[str, set[Place]] = {}
        self._at: tuple[int, str, Place] | None = None
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Equations"))
        themes.changed.connect(self.update)

    def show_equations(self, equations: Sequence[Equation], values: Values) -> None:
        """Show these; an entry that was pointed at stays so, where it is still there."""
        same = list(equations) == list(self.equations)
        self.equations, self._values = tuple(equations), values
        self._lay()
        self._tell(self._at if same else None)

    def _lay(self) -> None:
        self.laid = lay_out(self.equations, self._values, self.width() - 4, self.fontMetrics())
        self.setFixedHeight(max(self.laid.height, 1))
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay all out anew for another width."""
        if event.size().width() != event.oldSize().width():
            self._lay()

    def sizeHint(self) -> QSize:
        """As high as it takes."""
        return QSize(300, self.laid.height)

    # --- pointing ---------------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Write out the entry below the pointer."""
        found = self.entry_at(event.position().toPoint())
        if found is not None:
            self._tell(found)

    def entry_at(self, place: QPoint) -> tuple[int, str, Place] | None:
        """The equation, the matrix and the entry there."""
        for laid in self.laid.matrices:
            if (entry := laid.at(place)) is not None:
                return laid.equation, laid.name, entry
        return None

    def step(self, by: int) -> QRect:
        """Go to the next entry that an equation gives, or to one before; returns where that is."""
        entries = self.laid.results()
        if not entries:
            return QRect()
        keys = [(laid.equation, laid.name, place) for laid, place in entries]
        here = keys.index(self._at) if self._at in keys else (-1 if by > 0 else 0)
        laid, place = entries[(here + by) % len(entries)]
        self._tell((laid.equation, laid.name, place))
        return laid.cell(*place)

    def choose(self, name: str, place: Place) -> None:
        """Write out an entry of a matrix by its name, where an equation gives it."""
        for number, equation in enumerate(self.equations):
            if equation.name == name:
                self._tell((number, name, place))

    def _tell(self, at: tuple[int, str, Place] | None) -> None:
        if at is not None and at[0] >= len(self.equations):
            at = None
        self._at, self._used = at, {}
        if at is None:
            self.told.emit("")
        else:
            number, name, place = at
            matrix = np.atleast_2d(self._values[name])
            if place[0] >= matrix.shape[0] or place[1] >= matrix.shape[1]:
                self._tell(None)
                return
            value = figures(float(matrix[place]), 4)
            equation = self.equations[number]
            left = _indexed(name, place, matrix.shape)
            if equation.name == name and equation.source:
                found = terms(equation, self._values, place)
                self._used = found.used
                self.told.emit(f"{left} = {found.text} = {value}")
            else:
                self.told.emit(f"{left} = {value}")
            self.pointed.emit(name, *place)
        self.update()

    # --- painting ---------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what of the sheet is seen."""
        theme, seen = current(), event.rect()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for text in self.laid.texts:
                if text.rect.intersects(seen):
                    self._paint_text(painter, text, theme)
            for laid in self.laid.matrices:
                if laid.rect.adjusted(-BRACKET, 0, BRACKET, CAPTION).intersects(seen):
                    self._paint_matrix(painter, laid, theme)

    def _paint_text(self, painter: QPainter, text: LaidText, theme: Theme) -> None:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold if text.role == "heading" else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(QColor(theme.muted if text.role == "sign" else theme.text))
        painter.drawText(text.rect, Qt.AlignmentFlag.AlignVCenter, text.text)

    def _paint_matrix(self, painter: QPainter, laid: LaidMatrix, theme: Theme) -> None:
        matrix = np.atleast_2d(self._values[laid.name])
        shown = (matrix.T if laid.turned else matrix)[: laid.shown[0], : laid.shown[1]]
        tints = _tints(shown, matrix, theme)
        font = QFont(self.font())
        font.setFeature(QFont.Tag.fromString("tnum"), 1)
        painter.setFont(font)
        for row, column in np.ndindex(*shown.shape):
            cell = laid.cell(row, column)
            inside = QRectF(cell).adjusted(1.5, 1.5, -1.5, -1.5)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tints[row][column]))
            painter.drawRoundedRect(inside, 3, 3)
            if self._is_lit(laid, (column, row) if laid.turned else (row, column)):
                painter.setPen(QPen(QColor(theme.accent), 1.6))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(inside, 3, 3)
            painter.setPen(QColor(theme.text))
            painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, cell_text(float(shown[row, column])))
        self._paint_frame(painter, laid, theme)

    def _is_lit(self, laid: LaidMatrix, entry: Place) -> bool:
        """Whether an entry is pointed at, or is a term of what is."""
        if self._at is None or laid.equation != self._at[0]:
            return False
        if laid.name == self._at[1] and (laid.result or not self._used):
            return entry == self._at[2]
        return not laid.result and entry in self._used.get(laid.name, ())

    def _paint_frame(self, painter: QPainter, laid: LaidMatrix, theme: Theme) -> None:
        painter.setPen(QPen(QColor(theme.muted), 1.2))
        rect = QRectF(laid.rect).adjusted(-4, 0, 4, 0)
        for x, end in ((rect.left(), 4), (rect.right(), -4)):
            painter.drawLine(QPoint(int(x), int(rect.top())), QPoint(int(x), int(rect.bottom())))
            for y in (rect.top(), rect.bottom()):
                painter.drawLine(QPoint(int(x), int(y)), QPoint(int(x) + end, int(y)))
        shown, size = laid.sizes
        size = self.tr("{shown} of {size}").format(shown=shown, size=size) if shown else size
        caption = f"{laid.caption}  {size}"
        font = QFont(self.font())
        font.setPixelSize(max(font.pixelSize(), self.fontInfo().pixelSize()) - 2)
        painter.setFont(font)
        painter.setPen(QColor(theme.muted))
        below = QRect(laid.rect.x() - 4, laid.rect.bottom() + 1, laid.rect.width() + 30, CAPTION)
        painter.drawText(below, Qt.AlignmentFlag.AlignVCenter, caption)


def _indexed(name: str, place: Place, shape: tuple[int, ...]) -> str:
    """An entry by its name, counted from 1: W₂[3, 1]; a column's by its row alone."""
    if shape == (1, 1):
        return symbol(name)
    index = f"{place[0] + 1}" if shape[1] == 1 else f"{place[0] + 1}, {place[1] + 1}"
    return f"{symbol(name)}[{index}]"


def cell_text(value: float) -> str:
    """A number as it stands in a cell: three decimals, or a power of ten where those say little."""
    if value == 0:
        return "0"
    if 1e-3 <= abs(value) < 1e4:
        return fixed(value, 3 if abs(value) < 100 else 1)
    return short(value, 2)


def _tints(shown: np.ndarray, matrix: np.ndarray, theme: Theme) -> list[list[str]]:
    finite = np.abs(matrix[np.isfinite(matrix)])
    level = float(finite.max(initial=0)) * PALER or 1.0
    seen = places(np.clip(np.nan_to_num(shown), -level, level), -level, level)
    flat = diverging_colours(seen.ravel(), theme)
    width = shown.shape[1]
    return [flat[start : start + width] for start in range(0, len(flat), width)]
