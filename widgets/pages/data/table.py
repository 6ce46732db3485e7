"""The table of the samples: a row each, drawn cell by cell as it is scrolled to."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QModelIndex, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from widgets.pages.data.header import Head, SamplesHeader
from widgets.pages.data.model import LEFT, RIGHT, ROW, TALL_ROW, Cell, SamplesModel, picture_size
from widgets.pages.data.sheet import Meaning
from widgets.theme import current

NARROWEST, WIDEST = 56, 220
MEASURED = 20
"""Rows by which the width of a column is told."""
PADDING = 8
SWATCH = 9


class SamplesTable(QTableView):
    """Shows a model of samples.

    Signals:
        chosen: the sample that the keyboard or the pointer is at.
    """

    chosen = Signal(int)

    def __init__(self, model: SamplesModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = model
        self._letter = 0
        self.header = SamplesHeader(self)
        self.setHorizontalHeader(self.header)
        self.setModel(model)
        self.setAccessibleName(self.tr("Samples"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setProperty("role", "plain")
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW)
        self.selectionModel().currentChanged.connect(self._see_current)

    def show_heads(self, heads: tuple[Head, ...]) -> None:
        """Show the heads of another sheet, in columns that are wide enough."""
        self.header.show_heads(heads)
        pictures = any(head.column.meaning is Meaning.PICTURE for head in heads)
        self.verticalHeader().setDefaultSectionSize(TALL_ROW if pictures else ROW)
        for place, head in enumerate(heads):
            width = max(self.header.fitting(head), self._widest_cell(place))
            self.setColumnWidth(place, max(NARROWEST, min(WIDEST, width)))

    def selected_rows(self) -> NDArray[np.int64]:
        """The rows that are selected, from top to bottom."""
        ranges = self.selectionModel().selection()
        found = [np.arange(each.top(), each.bottom() + 1) for each in ranges]
        return np.unique(np.concatenate(found)) if found else np.empty(0, np.int64)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Space to the window, where it runs and pauses."""
        if event.key() == Qt.Key.Key_Space:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _widest_cell(self, place: int) -> int:
        metrics = self.fontMetrics()
        cells = [self.rows.cell(row, place) for row in range(min(MEASURED, self.rows.rowCount()))]
        if any(cell.draw is not None for cell in cells):
            return WIDEST
        widths = [metrics.horizontalAdvance(cell.text) + (14 if cell.swatch else 0) for cell in cells]
        return max(widths, default=0) + 2 * PADDING + 4

    def _see_current(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(self.rows.sample(index.row()))

    # --- painting ---------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what is to be drawn anew, cell by cell: several times as fast as by Qt's delegates."""
        rows, columns = self._within(event.rect())
        selected = self._selected_among(rows)
        self._letter = self.fontMetrics().averageCharWidth() + 1
        shown = current()
        with QPainter(self.viewport()) as painter:
            places = [
                (column, self.columnViewportPosition(column), self.columnWidth(column)) for column in columns
            ]
            for row in rows:
                top, height = self.rowViewportPosition(row), self.rowHeight(row)
                width = self.viewport().width() if row in selected else 0
                painter.fillRect(QRect(0, top, width, height), QColor(shown.hover))
                self._paint_row(painter, row, QRect(0, top, 0, height), places)
            painter.setPen(QColor(shown.border))
            right = max((left + width for _, left, width in places), default=0)
            for row in rows:
                bottom = self.rowViewportPosition(row) + self.rowHeight(row) - 1
                painter.drawLine(0, bottom, right, bottom)
            if self.hasFocus() and self.currentIndex().isValid():
                painter.setPen(QColor(shown.focus))
                painter.drawRect(self.visualRect(self.currentIndex()).adjusted(0, 0, -1, -1))

    def _within(self, area: QRect) -> tuple[range, range]:
        """The rows and the columns that lie in a part of the view."""
        rows, columns = self.rows.rowCount(), self.rows.columnCount()
        ends = []
        for first, last, count in (
            (self.rowAt(area.top()), self.rowAt(area.bottom()), rows),
            (self.columnAt(area.left()), self.columnAt(area.right()), columns),
        ):
            ends.append(range(first if first >= 0 else count, (last if last >= 0 else count - 1) + 1))
        return ends[0], ends[1]

    def _selected_among(self, rows: range) -> set[int]:
        ranges = self.selectionModel().selection()
        return {
            row
            for each in ranges
            for row in range(max(each.top(), rows.start), min(each.bottom() + 1, rows.stop))
        }

    def _paint_row(
        self, painter: QPainter, row: int, line: QRect, places: list[tuple[int, int, int]]
    ) -> None:
        for column, left, width in places:
            inside = QRect(left + PADDING, line.top(), width - 2 * PADDING, line.height())
            self._paint_cell(painter, inside, self.rows.cell(row, column))

    def _paint_cell(self, painter: QPainter, inside: QRect, cell: Cell) -> None:
        shown = current()
        if cell.draw is not None:
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            cell.draw(painter, QRectF(inside.adjusted(0, 3, 0, -4)))
            painter.restore()
            return
        if cell.picture is not None:
            size = picture_size(inside.adjusted(0, 2, 0, -2).size(), cell.picture)
            painter.drawImage(QRect(inside.topLeft() + QPoint(0, 2), size), cell.picture)
            return
        if cell.swatch:
            painter.fillRect(
                inside.left(), inside.center().y() - SWATCH // 2, SWATCH, SWATCH, QColor(cell.swatch)
            )
            inside = inside.adjusted(SWATCH + 6, 0, 0, 0)
        text = cell.text
        if len(text) * self._letter > inside.width():  # only what may be too long is measured
            text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, inside.width())
        painter.setPen(QColor(getattr(shown, cell.tone) if cell.tone else shown.text))
        painter.drawText(inside, RIGHT.value if cell.right else LEFT.value, text)
