"""Where the matrices of a stage's equations lie on a sheet, line by line; nothing is drawn here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QFontMetrics

from playground.engine.calculation import Equation, Values
from playground.engine.calculation.boxes import MatrixBox, boxes
from playground.engine.calculation.names import symbol
from playground.engine.calculation.writing import in_symbols
from playground.numbers.writing import by

CELL_WIDTH, CELL_HEIGHT = 58, 22
BRACKET, GAP, INDENT = 7, 9, 12
TITLE, CAPTION, BETWEEN = 26, 20, 10
BAR = 4
"""How wide what moves the rows and the columns of a large matrix is."""
MOST_ROWS, MOST_COLUMNS = 8, 6

SMALLER = 0.85
"""The size of captions beside that of other words."""

Place: TypeAlias = tuple[int, int]


@dataclass(frozen=True, eq=False)
class LaidMatrix:
    """A matrix on the sheet: which equation it is of, which of its rows and columns are shown, and where.

    Attributes:
        rect: its cells, within the brackets.
        first: the row and the column that are shown first; `shown` how many there are, of `shape`.
        result: whether it is what the equation gives.
        caption: its name, as it is written.
    """

    equation: int
    name: str
    turned: bool
    rect: QRect
    first: Place
    shown: tuple[int, int]
    shape: tuple[int, int]
    result: bool
    caption: str

    @property
    def sizes(self) -> tuple[str, str]:
        """How many rows and columns are shown, or which, "" where all are; and how many there are."""
        count = 1 if self.shape[1] == 1 else 2
        shown = by(self.shown[:count]) if self.first == (0, 0) else " × ".join(self._spans[:count])
        return "" if self.is_whole else shown, by(self.shape[:count])

    @property
    def is_whole(self) -> bool:
        """Whether all of it is shown."""
        return self.shown == self.shape

    @property
    def _spans(self) -> list[str]:
        """From which row and column to which."""
        return [f"{start + 1}–{start + count}" for start, count in zip(self.first, self.shown, strict=True)]

    def bars(self) -> tuple[QRect, QRect]:
        """Where what moves the rows and what moves the columns lies; empty where all of them are shown."""
        rect, (rows, columns) = self.rect, self.shown
        down = QRect(rect.right() + 7, rect.y(), BAR, rect.height()) if rows < self.shape[0] else QRect()
        across = QRect(rect.x(), rect.bottom() + 3, rect.width(), BAR) if columns < self.shape[1] else QRect()
        return down, across

    def cell(self, row: int, column: int) -> QRect:
        """Where an entry is, by the row and column that it has on the sheet."""
        row, column = row - self.first[0], column - self.first[1]
        corner = self.rect.topLeft() + QPoint(column * CELL_WIDTH, row * CELL_HEIGHT)
        return QRect(corner.x(), corner.y(), CELL_WIDTH, CELL_HEIGHT)

    def has(self, row: int, column: int) -> bool:
        """Whether that entry is among those that are shown."""
        inside = zip((row, column), self.first, self.shown, strict=True)
        return all(start <= place < start + count for place, start, count in inside)

    def at(self, place: QPoint) -> Place | None:
        """The entry of the matrix, as it is without being turned, at a place of the sheet."""
        if not self.rect.contains(place):
            return None
        row = self.first[0] + min((place.y() - self.rect.y()) // CELL_HEIGHT, self.shown[0] - 1)
        column = self.first[1] + min((place.x() - self.rect.x()) // CELL_WIDTH, self.shown[1] - 1)
        return (column, row) if self.turned else (row, column)


@dataclass(frozen=True, eq=False)
class LaidText:
    """Words on the sheet; `role` says how they look: title, heading, sign or caption."""

    rect: QRect
    text: str
    role: str


@dataclass(eq=False)
class SheetLayout:
    """All that lies on a sheet of some width."""

    matrices: list[LaidMatrix] = field(default_factory=list)
    texts: list[LaidText] = field(default_factory=list)
    height: int = 0

    def results(self) -> list[tuple[LaidMatrix, Place]]:
        """The entries that equations give, in order, as far as they are shown."""
        return [
            (laid, (laid.first[0] + row, laid.first[1] + column))
            for laid in self.matrices
            if laid.result
            for row in range(laid.shown[0])
            for column in range(laid.shown[1])
        ]


def lay_out(
    equations: Sequence[Equation],
    values: Values,
    width: int,
    metrics: QFontMetrics,
    firsts: Mapping[str, Place],
) -> SheetLayout:
    """The sheet of some equations; `firsts` say which row and column of a matrix are shown first."""
    sheet = SheetLayout()
    y = 4
    for number, equation in enumerate(equations):
        y = _Row(sheet, values, width, metrics, number, firsts).lay(equation, y) + BETWEEN
    sheet.height = y
    return sheet


class _Row:
    """Lays one equation: its title, and its matrices below that, in as many rows as it takes."""

    def __init__(
        self,
        sheet: SheetLayout,
        values: Values,
        width: int,
        metrics: QFontMetrics,
        number: int,
        firsts: Mapping[str, Place],
    ) -> None:
        self._sheet, self._values, self._width = sheet, values, width
        self._metrics, self._number, self._firsts = metrics, number, firsts
        self._x, self._y, self._low = INDENT, 0, 0

    def lay(self, equation: Equation, y: int) -> int:
        """Lay it from a height on; returns where it ends."""
        if equation.heading:
            self._text(QRect(0, y, self._width, TITLE), equation.heading, "heading")
            y += TITLE
        self._text(QRect(0, y, self._width, TITLE), in_symbols(equation), "title")
        self._y = self._low = y + TITLE
        pieces = boxes(equation, self._values)
        for piece in pieces:
            self._put(piece, result=False)
        if pieces:
            self._put("←" if equation.changes else "=", result=False)
        self._put(MatrixBox(equation.name), result=True)
        return self._low

    def _put(self, piece: MatrixBox | str, result: bool) -> None:
        size = self._size(piece)
        if self._x > INDENT and self._x + size.width() > self._width:
            self._x, self._y = INDENT, self._low + 4
        if isinstance(piece, str):
            self._text(QRect(self._x, self._y, size.width(), CELL_HEIGHT), piece, "sign")
        else:
            self._matrix(piece, size, result)
        self._x += size.width() + GAP
        self._low = max(self._low, self._y + size.height() + CAPTION)

    def _size(self, piece: MatrixBox | str) -> QRect:
        if isinstance(piece, str):
            return QRect(0, 0, self._metrics.horizontalAdvance(piece) + 2, CELL_HEIGHT)
        rows, columns = self._shown(piece)
        width = columns * CELL_WIDTH + 2 * BRACKET
        if (rows, columns) != (shape := self._shape(piece)):
            count = 1 if shape[1] == 1 else 2
            widest = " × ".join(f"{size}–{size}" for size in shape[:count])
            caption = f"{symbol(piece.name)}ᵗ  {widest} of {by(shape[:count])}"
            width = max(width, round(self._metrics.horizontalAdvance(caption) * SMALLER))
        return QRect(0, 0, width, rows * CELL_HEIGHT)

    def _shape(self, piece: MatrixBox) -> tuple[int, int]:
        rows, columns = np.atleast_2d(self._values[piece.name]).shape
        return (columns, rows) if piece.turned else (rows, columns)

    def _shown(self, piece: MatrixBox) -> tuple[int, int]:
        rows, columns = self._shape(piece)
        room = max((self._width - INDENT - 2 * BRACKET) // CELL_WIDTH, 1)
        return min(rows, MOST_ROWS), min(columns, MOST_COLUMNS, room)

    def _matrix(self, piece: MatrixBox, size: QRect, result: bool) -> None:
        shape = self._shape(piece)
        width = self._shown(piece)[1] * CELL_WIDTH
        rect = QRect(self._x + BRACKET, self._y, width, size.height())
        name, shown = f"{symbol(piece.name)}{'ᵗ' if piece.turned else ''}", self._shown(piece)
        first = self._firsts.get(piece.name, (0, 0))
        first = first[::-1] if piece.turned else first
        down, across = (
            max(min(start, size - count), 0) for start, count, size in zip(first, shown, shape, strict=True)
        )
        laid = LaidMatrix(
            self._number, piece.name, piece.turned, rect, (down, across), shown, shape, result, name
        )
        self._sheet.matrices.append(laid)

    def _text(self, rect: QRect, text: str, role: str) -> None:
        self._sheet.texts.append(LaidText(rect, text, role))
