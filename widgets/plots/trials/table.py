"""The table of trials: thousands of low rows, sorted by a click on a title."""

from __future__ import annotations

import csv
import io
from functools import partial

import numpy as np
from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent, QMouseEvent, QPainter, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from widgets.plots.sparkline import paint_sparkline
from widgets.plots.trials.table_model import CURVE, LEFT, OPEN, RIGHT, TRIAL, TrialTableModel
from widgets.plots.trials.trial_columns import Rows, Standing, TrialColumns
from widgets.theme import Theme, current, themes

ROW = 25
"""Pixels of a row."""
SPARK = 16
PADDING = 5
ELIDED, SELECTED = Qt.TextElideMode.ElideRight, QStyle.StateFlag.State_Selected
SHORT = 7
"""Texts of so few letters fit."""
MOST_KEPT = 500
"""Pictures of curves."""
GOAL = 2
"""The column by which it is sorted at first."""


class TrialCell(QStyledItemDelegate):
    """A text on the ground of its row.

    It is drawn without the style sheet, by which Qt takes many times longer for each cell.
    """

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw it."""
        self.paint_ground(painter, option)
        model = index.model()
        assert isinstance(model, TrialTableModel)
        row, column = int(model.order[index.row()]), model.columns[index.column()]
        text = column.text(row)
        if not text:
            return
        area = option.rect.adjusted(PADDING, 0, -PADDING, 0)
        if row == model.trials.best:
            font = option.font
            font.setBold(True)
            painter.setFont(font)
        else:
            painter.setFont(option.font)
        painter.setPen(QColor(model.colour(row, column) or current().text))
        if len(text) > SHORT:
            text = painter.fontMetrics().elidedText(text, ELIDED, area.width())
        painter.drawText(area, RIGHT if column.right else LEFT, text)

    def paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        """Bring out the row that is selected."""
        if option.state & SELECTED:
            painter.fillRect(option.rect, QColor(current().hover))


class CurveOfTrial(TrialCell):
    """A curve as small as a word; those that do not change any more are kept as pictures."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._kept: dict[object, QPixmap] = {}

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw it."""
        self.paint_ground(painter, option)
        model, row = index.model(), index.data(TRIAL)
        if not isinstance(model, TrialTableModel) or not model.trials.curves.size:
            return
        size = QSize(option.rect.width() - 12, SPARK)
        ratio = painter.device().devicePixelRatioF()
        state, reached = int(model.trials.states[row]), float(model.trials.reached[row])
        key = (row, state, reached, size.width(), ratio, current().name)
        if key not in self._kept:
            if len(self._kept) > MOST_KEPT:
                self._kept.clear()
            self._kept[key] = _drawn(model.trials, row, size, ratio)
        painter.drawPixmap(option.rect.left() + 6, option.rect.center().y() - SPARK // 2, self._kept[key])

    def forget(self) -> None:
        """The trials are others."""
        self._kept.clear()


def _drawn(trials: TrialColumns, row: int, size: QSize, ratio: float) -> QPixmap:
    """The curve of a trial, by factors where it stays above 0."""
    picture = QPixmap(size * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    values = trials.curves[row].astype(np.float64)
    if np.fmin.reduce(values) > 0:
        values = np.log(values)
    pruned = trials.states[row] == Standing.PRUNED
    with QPainter(picture) as painter:
        area = QRectF(0, 1, size.width(), size.height() - 2)
        colour = current().muted if pruned else current().accent
        paint_sparkline(painter, area, trials.epochs, values, colour)
    return picture


class TrialTable(QTableView):
    """Enter and a double click open a trial, as the words at the end of its row do.

    Signals:
        trial_pointed: the row of the trial that is under the pointer or selected, or None.
        trial_opened: the row of the trial that is to be opened, watched or explained.
        menu_asked: what can be done with a trial is to be offered at a place.
    """

    trial_pointed = Signal(object)
    trial_opened = Signal(int)
    menu_asked = Signal(int, QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.trials = TrialTableModel()
        self.setModel(self.trials)
        self.setAccessibleName(self.tr("Trials"))
        self.setProperty("role", "trials")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self._make_headers()
        self._cell, self._curve = TrialCell(self), CurveOfTrial(self)
        self.setItemDelegate(self._cell)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._ask_menu)
        self.trials.modelReset.connect(self._have_columns)
        self.selectionModel().currentRowChanged.connect(lambda index, _: self._point(index))
        themes.changed.connect(self._recolour)
        self._have_columns()
        self.sortByColumn(GOAL, Qt.SortOrder.AscendingOrder)

    def _make_headers(self) -> None:
        rows, titles = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setMinimumSectionSize(ROW)
        rows.setDefaultSectionSize(ROW)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        titles.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        titles.setMinimumSectionSize(40)
        titles.setStretchLastSection(True)
        titles.setHighlightSections(False)
        titles.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setSortingEnabled(True)

    def _have_columns(self) -> None:
        for place, column in enumerate(self.trials.columns):
            self.setColumnWidth(place, column.width)
            self.setItemDelegateForColumn(place, self._curve if column.kind == CURVE else None)

    # --- what is shown ----------------------------------------------------------------------------------

    def show_trials(self, trials: TrialColumns) -> None:
        """Show these, sorted as they are."""
        other = trials.origin is not self.trials.trials.origin
        self.trials.show_trials(trials)
        if other:
            self._curve.forget()
        if other and trials.goals:
            order = Qt.SortOrder.AscendingOrder if trials.goals[0].smaller else Qt.SortOrder.DescendingOrder
            self.sortByColumn(GOAL, order)

    def choose(self, rows: Rows | None) -> None:
        """Show these rows alone, or all."""
        self.trials.choose(rows)

    def select(self, row: int) -> None:
        """Select a trial, and bring it into sight."""
        if (place := self.trials.place_of(row)) is not None:
            self.selectRow(place)
            self.scrollTo(self.trials.index(place, 0))

    @property
    def selected(self) -> int | None:
        """The row of the trial that is selected."""
        found = self.selectionModel().selectedRows()
        return int(found[0].data(TRIAL)) if found else None

    def as_text(self) -> str:
        """All that is shown, a line a trial, with tabs between cells."""
        model = self.trials
        wanted = [column for column in model.columns if column.kind not in (CURVE, OPEN)]
        lines = ["\t".join(column.title for column in wanted)]
        lines += ["\t".join(column.text(int(row)) for column in wanted) for row in model.order]
        return "\n".join(lines)

    def as_csv(self) -> bytes:
        """All that is shown as a table for other programs, with all figures."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        wanted = [column for column in self.trials.columns if column.kind not in (CURVE, OPEN)]
        writer.writerow(column.title for column in wanted)
        for row in self.trials.order.tolist():
            writer.writerow(column.cell(row) for column in wanted)
        return text.getvalue().encode()

    def _recolour(self, theme: Theme) -> None:
        self.viewport().update()

    # --- the pointer and keys ---------------------------------------------------------------------------

    def _point(self, index: QModelIndex) -> None:
        self.trial_pointed.emit(int(index.data(TRIAL)) if index.isValid() else None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Bring the trial out in all views."""
        super().mouseMoveEvent(event)
        index = self.indexAt(event.position().toPoint())
        self._point(index)
        offers = index.isValid() and self._offers(index)
        shape = Qt.CursorShape.PointingHandCursor if offers else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)

    def leaveEvent(self, event: QEvent) -> None:
        """Bring none out."""
        super().leaveEvent(event)
        self.trial_pointed.emit(None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open what the words at the end of a row say."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid() and self._offers(index):
            self.trial_opened.emit(int(index.data(TRIAL)))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open a trial."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and not self._offers(index):
            self.trial_opened.emit(int(index.data(TRIAL)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open by Enter, copy by keys; Space is the window's."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.selected is not None:
            self.trial_opened.emit(self.selected)
        elif event.key() == Qt.Key.Key_C and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            QGuiApplication.clipboard().setText(self.as_text())
        elif event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Escape):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def add_sorting(self, menu: QMenu) -> None:
        """Add to a menu what a click on a title does."""
        titles = menu.addMenu(self.tr("Sort by"))
        for place, column in enumerate(self.trials.columns):
            if column.title and not self.isColumnHidden(place):
                titles.addAction(column.title, partial(self._sort, place))

    def _sort(self, place: int) -> None:
        """By a column, or the other way round if it is sorted by that already."""
        header, order = self.horizontalHeader(), Qt.SortOrder.AscendingOrder
        if header.sortIndicatorSection() == place and header.sortIndicatorOrder() == order:
            order = Qt.SortOrder.DescendingOrder
        self.sortByColumn(place, order)

    def add_copy(self, menu: QMenu) -> None:
        """Add to a menu that all of it can be copied."""
        menu.addAction(self.tr("Copy table"), lambda: QGuiApplication.clipboard().setText(self.as_text()))

    def _offers(self, index: QModelIndex) -> bool:
        return self.trials.columns[index.column()].kind == OPEN and bool(index.data())

    def _ask_menu(self, place: QPoint) -> None:
        index = self.indexAt(place)
        if index.isValid():
            self.menu_asked.emit(int(index.data(TRIAL)), self.viewport().mapToGlobal(place))
