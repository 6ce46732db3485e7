"""One confusion matrix as a picture: where its cells and figures lie, and how they are painted."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from playground.engine.metrics import Counts
from playground.numbers.writing import percent
from playground.record import record
from widgets.contrast import mixed, readable_on
from widgets.plots.confusion_words import cell_words, figure_words, figures
from widgets.theme import Theme, class_colours

TITLE = 26.0
"""Height of the line above, with the title."""
LINE = 16.0
"""Height of a line of small text."""
GAP = 2.0
ROUNDING = 4.0
DOT = 7.0
SPACE = 14.0
"""Between the figures below the matrix."""
WIDEST = 2.6
"""How many times as wide as high a cell may be."""
LEAST_COUNT, MOST_COUNT = 11.0, 16.0
"""The size of the counts in pixels."""

LEFT, CENTRE = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignHCenter


@record
class Spot:
    """A place that can be pointed at, and what is said of it."""

    area: QRectF
    words: str


@record(eq=False)
class MatrixPicture:
    """A matrix in its place.

    Attributes:
        title, colour: which samples it is of, and the colour of that name.
        names: of the classes.
        counts: how often each true class (row) was taken for each class (column).
        metrics: precision, recall, f1 and auc, 0 to 1.
        area: where it is, figures and all; its title is above.
        font: of all but the counts.
    """

    title: str
    colour: str
    names: tuple[str, ...]
    counts: Counts
    metrics: Mapping[str, float]
    area: QRectF
    font: QFont

    # --- where things are ---------------------------------------------------------------------------

    @cached_property
    def figures(self) -> list[tuple[QRectF, str, str]]:
        """Where each figure is, its name and its number; on as many lines at the foot as they need."""
        left, line, placed = 0.0, 0, []
        for name, text in figures(self.metrics):
            width = self._width(f"{name} {text}") + 4
            if left and left + width > self.area.width():
                left, line = 0.0, line + 1
            placed.append((QRectF(left, line * LINE, width, LINE), name, text))
            left += width + SPACE
        origin = QPointF(self.area.left(), self.area.bottom() - (line + 1) * LINE)
        return [(area.translated(origin), name, text) for area, name, text in placed]

    @cached_property
    def grid(self) -> QRectF:
        """Where the cells are."""
        widest = DOT + 13 + max(self._width(name) for name in self.names)
        room = self.area.adjusted(LINE + min(widest, self.area.width() / 3), LINE, 0, 0)
        room.setBottom(self.figures[0][0].top() - 6)
        return room.adjusted(0, 0, min(0.0, WIDEST * room.height() - room.width()), 0)

    def cell(self, row: int, column: int) -> QRectF:
        """Where one cell is."""
        width, height = self.grid.width() / len(self.names), self.grid.height() / len(self.names)
        place = QRectF(self.grid.left() + column * width, self.grid.top() + row * height, width, height)
        return place.adjusted(GAP / 2, GAP / 2, -GAP / 2, -GAP / 2)

    @cached_property
    def spots(self) -> list[Spot]:
        """Every cell, row by row, and then the figures."""
        cells = [
            Spot(self.cell(row, column), cell_words(self.counts, row, column, self.names))
            for row, column in np.ndindex(self.counts.shape)
        ]
        explained = zip(self.figures, figure_words(self.names), strict=True)
        return cells + [Spot(area, words) for (area, *_), words in explained]

    @cached_property
    def shares(self) -> NDArray[np.float64]:
        """Each count as a share of its row, (classes, classes)."""
        return self.counts / np.maximum(self.counts.sum(axis=1, keepdims=True), 1)

    @cached_property
    def _count_font(self) -> QFont:
        font = QFont(self.font)
        font.setPixelSize(round(min(MOST_COUNT, max(LEAST_COUNT, self.cell(0, 0).height() * 0.28))))
        font.setWeight(QFont.Weight.DemiBold)
        return font

    @cached_property
    def _lines(self) -> int:
        """How much there is room for in every cell: nothing, the count, or the count and its share."""
        cell, metrics = self.cell(0, 0), QFontMetricsF(self._count_font)
        count = metrics.horizontalAdvance(str(self.counts.max()))
        if cell.width() < count + 2 or cell.height() < LEAST_COUNT:
            return 0
        fits = cell.width() >= self._width(percent(1.0)) and cell.height() >= metrics.height() + LINE + 2
        return 2 if fits else 1

    @cached_property
    def _metrics(self) -> QFontMetricsF:
        return QFontMetricsF(self.font)

    def _width(self, text: str) -> float:
        return self._metrics.horizontalAdvance(text)

    # --- painting -----------------------------------------------------------------------------------

    def paint(self, painter: QPainter, theme: Theme) -> None:
        """Draw all but the title."""
        painter.setFont(self.font)
        self._paint_sides(painter, theme)
        for index in range(len(self.names)):
            self._paint_name(painter, theme, index)
        for area, name, text in self.figures:
            self._write(painter, area, name, theme.muted, LEFT)
            self._write(painter, area, text, theme.text, Qt.AlignmentFlag.AlignRight)
        self._paint_cells(painter, theme)

    def paint_title(self, painter: QPainter) -> None:
        """Draw which samples it is of."""
        painter.setFont(self.font)
        area = QRectF(self.area.left(), self.area.top() - TITLE, self.area.width(), TITLE)
        self._write(painter, area, self.title, self.colour, LEFT)

    def _paint_sides(self, painter: QPainter, theme: Theme) -> None:
        grid = self.grid
        above = QRectF(grid.left(), self.area.top() - TITLE, grid.width(), TITLE)
        self._write(painter, above, _tr("predicted"), theme.muted, CENTRE)
        painter.save()
        painter.translate(self.area.left(), grid.bottom())
        painter.rotate(-90)
        self._write(painter, QRectF(0, 0, grid.height(), LINE - 2), _tr("true"), theme.muted, CENTRE)
        painter.restore()

    def _paint_name(self, painter: QPainter, theme: Theme, index: int) -> None:
        """Draw a class's name at its row, with a dot of its colour, and above its column."""
        row, column, grid = self.cell(index, 0), self.cell(0, index), self.grid
        dot = QRectF(self.area.left() + LINE, row.center().y() - DOT / 2, DOT, DOT)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(class_colours(len(self.names))[index]))
        painter.drawEllipse(dot)
        beside = QRectF(dot.right() + 5, row.top(), grid.left() - dot.right() - 9, row.height())
        above = QRectF(column.left(), grid.top() - LINE, column.width(), LINE)
        self._write(painter, beside, self.names[index], theme.text, LEFT)
        self._write(painter, above, self.names[index], theme.text, CENTRE)

    def _paint_cells(self, painter: QPainter, theme: Theme) -> None:
        cells = [
            (
                self.cell(row, column),
                _ground(theme, row == column, share),
                share,
                int(self.counts[row, column]),
            )
            for (row, column), share in np.ndenumerate(self.shares)
        ]
        painter.setPen(Qt.PenStyle.NoPen)
        for cell, ground, *_ in cells:
            painter.setBrush(ground)
            painter.drawRoundedRect(cell, ROUNDING, ROUNDING)
        for cell, ground, share, count in cells if self._lines else ():
            ink = readable_on(ground) if count else QColor(theme.muted)
            painter.setPen(ink)
            painter.setFont(self._count_font)
            if not count or self._lines == 1:
                painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, str(count))
                continue
            upper = cell.adjusted(0, 0, 0, 2 - cell.height() / 2)
            painter.drawText(upper, CENTRE | Qt.AlignmentFlag.AlignBottom, str(count))
            painter.setFont(self.font)
            lower = QRectF(cell.left(), upper.bottom() - 1, cell.width(), LINE)
            painter.drawText(lower, Qt.AlignmentFlag.AlignCenter, percent(share))

    def _write(self, painter: QPainter, area: QRectF, text: str, colour: str, side: Qt.AlignmentFlag) -> None:
        """Write small text, shortened where it is too long, and nothing where there is no room at all."""
        if area.height() < LEAST_COUNT - 1 or area.width() < LEAST_COUNT:
            return
        shown = self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.setPen(QColor(colour))
        painter.drawText(area, side | Qt.AlignmentFlag.AlignVCenter, shown)


def _ground(theme: Theme, right: bool, share: float) -> QColor:
    """The colour of a cell: the larger its share, the stronger; what is right in another than what is not."""
    return mixed(theme.zero, theme.accent if right else theme.bad, share)


def paint_pointed(painter: QPainter, area: QRectF, theme: Theme) -> None:
    """Mark the spot that is pointed at."""
    painter.setPen(QPen(QColor(theme.text), 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(area, ROUNDING, ROUNDING)


def _tr(text: str) -> str:
    return QCoreApplication.translate("ConfusionPlot", text)
