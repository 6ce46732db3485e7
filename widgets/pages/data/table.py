"""The table of the samples: a row each, drawn cell by cell as it is scrolled to."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

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
        self.header = SamplesHeader(self)
        self.setHorizontalHeader(self.header)
        self.setModel(model)
        self.setItemDelegate(_Cells(self))
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

    def selected_rows(self) -> list[int]:
        """The rows that are selected, from top to bottom."""
        ranges = self.selectionModel().selection()
        return sorted({row for each in ranges for row in range(each.top(), each.bottom() + 1)})

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Space to the window, where it runs and pauses."""
        if event.key() == Qt.Key.Key_Space:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _widest_cell(self, place: int) -> int:
        metrics = self.fontMetrics()
        cells = [self.rows.cell(row, place) for row in range(min(MEASURED, self.rows.rowCount()))]
        widths = [metrics.horizontalAdvance(cell.text) + (14 if cell.swatch else 0) for cell in cells]
        return max(widths, default=0) + 2 * PADDING + 4

    def _see_current(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(self.rows.sample(index.row()))


class _Cells(QStyledItemDelegate):
    """Draws a cell from what the model says of it at once, which is faster than Qt's asking one by one."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """The same for all."""
        return QSize(NARROWEST, ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one."""
        model = index.model()
        assert isinstance(model, SamplesModel)
        cell, shown, rect = model.cell(index.row(), index.column()), current(), option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if selected:
            painter.fillRect(rect, QColor(shown.hover))
        painter.setPen(QColor(shown.border))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(shown.accent))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        self._paint_cell(painter, rect.adjusted(PADDING, 0, -PADDING, 0), cell)
        painter.restore()

    def _paint_cell(self, painter: QPainter, inside: QRect, cell: Cell) -> None:
        shown = current()
        if cell.picture is not None:
            size = picture_size(inside.adjusted(0, 2, 0, -2).size(), cell.picture)
            painter.drawImage(QRect(inside.topLeft() + QPoint(0, 2), size), cell.picture)
            return
        if cell.swatch:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(shown.outline), 1))
            painter.setBrush(QColor(cell.swatch))
            middle = inside.center().y()
            painter.drawRoundedRect(QRectF(inside.left(), middle - SWATCH / 2 + 0.5, SWATCH, SWATCH), 2, 2)
            inside = inside.adjusted(SWATCH + 6, 0, 0, 0)
        painter.setPen(QColor(getattr(shown, cell.tone) if cell.tone else shown.text))
        words = painter.fontMetrics().elidedText(cell.text, Qt.TextElideMode.ElideRight, inside.width())
        painter.drawText(inside, RIGHT if cell.right else LEFT, words)
