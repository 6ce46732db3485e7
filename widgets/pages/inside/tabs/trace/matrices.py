"""A sheet of equations: matrices in brackets, tinted by their numbers; a pointed entry shows its terms."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from playground.engine.calculation import Equation, Values
from playground.engine.calculation.names import symbol
from playground.engine.calculation.terms import terms
from playground.numbers.writing import figures
from widgets.key_focus import KeyFocus
from widgets.pages.inside.tabs.trace.sheet_drag import SheetDrag, drag_at, wheel_steps
from widgets.pages.inside.tabs.trace.sheet_layout import (
    BRACKET,
    CAPTION,
    LaidMatrix,
    Place,
    SheetLayout,
    lay_out,
)
from widgets.pages.inside.tabs.trace.sheet_painting import SheetPainting
from widgets.theme import current, themes


class MatrixSheet(KeyFocus):
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
        self._firsts: dict[str, Place] = {}
        self._drag: SheetDrag | None = None
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
        self.laid = lay_out(self.equations, self._values, self.width() - 4, self.fontMetrics(), self._firsts)
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
        """Write out the entry below the pointer, or move what is shown of the matrix that is held."""
        if self._drag is not None:
            if self._show_from(self._drag.laid, self._drag.first(event.position().toPoint())):
                self._lay()
            return
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
        return self._where()

    def choose(self, name: str, place: Place) -> QRect:
        """Write out an entry of a matrix by its name, where an equation gives it; returns where that is."""
        for number, equation in enumerate(self.equations):
            if equation.name == name:
                self._tell((number, name, place))
        return self._where()

    # --- moving what is shown of large matrices ---------------------------------------------------------

    def move_entry(self, rows: int, columns: int) -> QRect:
        """Write out an entry so many rows and columns away, of whatever size the matrix is; where it is."""
        if self._at is None:
            return self.step(1)
        number, name, place = self._at
        sizes = np.atleast_2d(self._values[name]).shape
        down, across = (
            min(max(at + by, 0), size - 1) for at, by, size in zip(place, (rows, columns), sizes, strict=True)
        )
        self._tell((number, name, (down, across)))
        return self._where()

    def move_page(self, down: int, across: int) -> QRect:
        """The same by as many rows and columns as are shown at once."""
        of_entry = (laid.shown for laid in self.laid.matrices if laid.result and _is_of(laid, self._at))
        rows, columns = next(of_entry, (1, 1))
        return self.move_entry(down * rows, across * columns)

    def _where(self) -> QRect:
        """Where the entry that is written out is."""
        for laid in self.laid.matrices:
            if _is_of(laid, self._at) and self._at is not None:
                row, column = self._at[2][::-1] if laid.turned else self._at[2]
                if laid.has(row, column):
                    return laid.cell(row, column)
        return QRect()

    def _reveal(self) -> None:
        """Show of each matrix of the equation what is written out, and what that is made of."""
        moved = False
        for laid in self.laid.matrices:
            if self._at is None or laid.equation != self._at[0] or laid.is_whole:
                continue
            used = {self._at[2]} if _is_of(laid, self._at) else self._used.get(laid.name, set())
            places = {place[::-1] for place in used} if laid.turned else used
            if places and not any(laid.has(*place) for place in places):
                moved |= self._show_from(laid, min(places))
        if moved:
            self._lay()

    def _show_from(self, laid: LaidMatrix, first: Place) -> bool:
        """Show a matrix from another row and column of the sheet on; whether that changes anything."""
        down, across = (
            min(max(start, 0), size - count)
            for start, size, count in zip(first, laid.shape, laid.shown, strict=True)
        )
        found = (across, down) if laid.turned else (down, across)
        if self._firsts.get(laid.name, (0, 0)) == found:
            return False
        self._firsts[laid.name] = found
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of a matrix that is larger than what is shown of it, or of its bar."""
        self._drag = drag_at(self.laid, event.position().toPoint())
        if self._drag is not None:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._drag = None
        self.unsetCursor()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Move the rows of a large matrix with Ctrl, its columns with Shift or sideways."""
        laid = next(
            (each for each in self.laid.matrices if each.rect.contains(event.position().toPoint())), None
        )
        by = wheel_steps(event)
        if laid is None or laid.is_whole or by == (0, 0):
            event.ignore()
        elif self._show_from(laid, (laid.first[0] + by[0], laid.first[1] + by[1])):
            self._lay()

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
            self._reveal()
            self.pointed.emit(name, *place)
        self.update()

    # --- painting ---------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what of the sheet is seen."""
        theme, seen = current(), event.rect()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            drawing = SheetPainting(
                painter, self._values, theme, self.font(), self.fontInfo().pixelSize(), self._is_lit
            )
            for text in self.laid.texts:
                if text.rect.intersects(seen):
                    drawing.paint_text(text)
            for laid in self.laid.matrices:
                if laid.rect.adjusted(-BRACKET, 0, BRACKET, CAPTION).intersects(seen):
                    drawing.paint_matrix(laid)
            self.paint_focus(painter)

    def _is_lit(self, laid: LaidMatrix, entry: Place) -> bool:
        """Whether an entry is pointed at, or is a term of what is."""
        if self._at is None or laid.equation != self._at[0]:
            return False
        if laid.name == self._at[1] and (laid.result or not self._used):
            return entry == self._at[2]
        return not laid.result and entry in self._used.get(laid.name, ())


def _is_of(laid: LaidMatrix, at: tuple[int, str, Place] | None) -> bool:
    """Whether an entry is one of that matrix."""
    return at is not None and (laid.equation, laid.name) == at[:2]


def _indexed(name: str, place: Place, shape: tuple[int, ...]) -> str:
    """An entry by its name, counted from 1: W₂[3, 1]; a column's by its row alone."""
    if shape == (1, 1):
        return symbol(name)
    index = f"{place[0] + 1}" if shape[1] == 1 else f"{place[0] + 1}, {place[1] + 1}"
    return f"{symbol(name)}[{index}]"
