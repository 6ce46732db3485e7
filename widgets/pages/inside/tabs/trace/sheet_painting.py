"""Draws the matrices of a sheet: their numbers on tints, in brackets, with what is shown of large ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QCoreApplication, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from playground.engine.calculation import Values
from playground.numbers.writing import fixed, short
from widgets.colouring import diverging_colours, places
from widgets.pages.inside.tabs.trace.sheet_layout import CAPTION, LaidMatrix, LaidText, Place
from widgets.theme import Theme

LEAST_THUMB = 12
PALER = 1.35
"""Tints end so much short of the full colours, that numbers on them can be read."""


@dataclass(frozen=True, eq=False)
class SheetPainting:
    """A sheet that is being drawn.

    Attributes:
        size: of the font, in pixels.
        lit: whether an entry of a matrix is written out, or is a term of what is.
    """

    painter: QPainter
    values: Values
    theme: Theme
    font: QFont
    size: int
    lit: Callable[[LaidMatrix, Place], bool]

    def paint_text(self, text: LaidText) -> None:
        """Write words."""
        font = QFont(self.font)
        font.setWeight(QFont.Weight.DemiBold if text.role == "heading" else QFont.Weight.Normal)
        self.painter.setFont(font)
        self.painter.setPen(QColor(self.theme.muted if text.role == "sign" else self.theme.text))
        self.painter.drawText(text.rect, Qt.AlignmentFlag.AlignVCenter, text.text)

    def paint_matrix(self, laid: LaidMatrix) -> None:
        """Draw what is shown of a matrix, in brackets."""
        matrix = np.atleast_2d(self.values[laid.name])
        (top, left), (rows, columns) = laid.first, laid.shown
        shown = (matrix.T if laid.turned else matrix)[top : top + rows, left : left + columns]
        tints = _tints(shown, matrix, self.theme)
        font = QFont(self.font)
        font.setFeature(QFont.Tag.fromString("tnum"), 1)
        self.painter.setFont(font)
        for row, column in np.ndindex(*shown.shape):
            at = top + row, left + column
            cell = laid.cell(*at)
            inside = QRectF(cell).adjusted(1.5, 1.5, -1.5, -1.5)
            self.painter.setPen(Qt.PenStyle.NoPen)
            self.painter.setBrush(QColor(tints[row][column]))
            self.painter.drawRoundedRect(inside, 3, 3)
            if self.lit(laid, at[::-1] if laid.turned else at):
                self.painter.setPen(QPen(QColor(self.theme.accent), 1.6))
                self.painter.setBrush(Qt.BrushStyle.NoBrush)
                self.painter.drawRoundedRect(inside, 3, 3)
            self.painter.setPen(QColor(self.theme.text))
            self.painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, cell_text(float(shown[row, column])))
        self._paint_frame(laid)

    def _paint_bars(self, laid: LaidMatrix) -> None:
        """Which part of a large matrix is shown."""
        self.painter.setPen(Qt.PenStyle.NoPen)
        for axis, bar in enumerate(laid.bars()):
            if bar.isEmpty():
                continue
            self.painter.setBrush(QColor(self.theme.control))
            self.painter.drawRoundedRect(bar, 2, 2)
            self.painter.setBrush(QColor(self.theme.muted))
            thumb = _thumb(bar, not axis, laid.first[axis], laid.shown[axis], laid.shape[axis])
            self.painter.drawRoundedRect(thumb, 2, 2)

    def _paint_frame(self, laid: LaidMatrix) -> None:
        self.painter.setPen(QPen(QColor(self.theme.muted), 1.2))
        rect = QRectF(laid.rect).adjusted(-4, 0, 4, 0)
        for x, end in ((rect.left(), 4), (rect.right(), -4)):
            self.painter.drawLine(QPoint(int(x), int(rect.top())), QPoint(int(x), int(rect.bottom())))
            for y in (rect.top(), rect.bottom()):
                self.painter.drawLine(QPoint(int(x), int(y)), QPoint(int(x) + end, int(y)))
        shown, size = laid.sizes
        size = _tr("{shown} of {size}").format(shown=shown, size=size) if shown else size
        caption = f"{laid.caption}  {size}"
        font = QFont(self.font)
        font.setPixelSize(max(font.pixelSize(), self.size) - 2)
        self.painter.setFont(font)
        self.painter.setPen(QColor(self.theme.muted))
        self._paint_bars(laid)
        self.painter.setPen(QColor(self.theme.muted))
        below = QRect(laid.rect.x() - 4, laid.rect.bottom() + 3, laid.rect.width() + 120, CAPTION)
        self.painter.drawText(below, Qt.AlignmentFlag.AlignVCenter, caption)


def _thumb(bar: QRect, vertical: bool, first: int, shown: int, size: int) -> QRectF:
    """The part of a bar that stands for what is shown."""
    length = bar.height() if vertical else bar.width()
    thumb = max(length * shown / size, LEAST_THUMB)
    start = (length - thumb) * first / max(size - shown, 1)
    if vertical:
        return QRectF(bar.x(), bar.y() + start, bar.width(), thumb)
    return QRectF(bar.x() + start, bar.y(), thumb, bar.height())


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


def _tr(text: str) -> str:
    return QCoreApplication.translate("MatrixSheet", text)
