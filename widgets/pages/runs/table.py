"""The list of runs: a row each, with what it does otherwise and how far and how well it came."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from widgets.pages.runs.cells import BELOW, ROW, cells
from widgets.pages.runs.rows import Key, Row

HEIGHT = 38
ROOM = 470
"""Pixels of width from which there are small curves."""
TICKS, NAME, WHAT, CURVE, LOSS, SCORE = range(6)
NUMBERS = (LOSS, SCORE)
WIDTHS = {TICKS: 34, NAME: 126, CURVE: 60, LOSS: 74, SCORE: 78}
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
SHOWN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class RunsTable(QTableWidget):
    """A row a run; only what differs is touched.  Enter and a click on its box tick one.

    Signals:
        ticked: the losses of a run are to be drawn, or not.
        renamed: a run is to be called otherwise.
        chosen: other runs are selected.
        opened: a run was double-clicked.
        menu_asked: what can be done with the selected run is to be offered at a place.
    """

    ticked = Signal(object, bool)
    renamed = Signal(object, str)
    chosen = Signal()
    opened = Signal(object)
    menu_asked = Signal(QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []
        self._have_columns()
        self.setAccessibleName(self.tr("Runs"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self.setProperty("role", "plain")
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setFrameShape(QTableWidget.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(HEIGHT)
        header = self.horizontalHeader()
        header.setSectionsClickable(False)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(24)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)  # to ask all rows takes too long
        header.setSectionResizeMode(WHAT, QHeaderView.ResizeMode.Stretch)
        for column, width in WIDTHS.items():
            self.setColumnWidth(column, width)
        self._cells = cells(self)
        for column, cell in zip((TICKS, NAME, CURVE), self._cells, strict=True):
            self.setItemDelegateForColumn(column, cell)
        self._cells[1].commitData.connect(self._rename)
        self.itemSelectionChanged.connect(self.chosen)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(
            lambda place: self.menu_asked.emit(self.viewport().mapToGlobal(place))
        )

    # --- what is shown ----------------------------------------------------------------------------------

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these runs, unless one is just given a name."""
        if self.state() is QAbstractItemView.State.EditingState:
            return
        keys = [row.key for row in rows]
        if keys != [row.key for row in self._rows]:
            self._have_rows(rows)
        self._rows = list(rows)
        for place, row in enumerate(rows):
            if self.item(place, TICKS).data(ROW) is not row:
                self._show_row(place, row)
        if rows:
            classes = not any("test_r2" in row.history for row in rows)
            title, head = self.tr("Accuracy") if classes else self.tr("R²"), self.horizontalHeaderItem(SCORE)
            if head.text() != title:
                head.setText(title)

    def _show_row(self, place: int, row: Row) -> None:
        for column, text in enumerate(row.texts()):
            item = self.item(place, column)
            if item.text() != text:
                item.setText(text)
        self.item(place, TICKS).setData(ROW, row)
        self.item(place, CURVE).setData(ROW, row)
        name, tick = self.item(place, NAME), self.item(place, TICKS)
        if name.data(BELOW) != row.below:
            name.setData(BELOW, row.below)
        self.item(place, WHAT).setToolTip(row.what)
        name.setToolTip(row.note)
        words = self.tr("{run}: drawn") if row.ticked else self.tr("{run}: not drawn")
        tick.setData(Qt.ItemDataRole.AccessibleTextRole, words.format(run=row.name))

    def recolour(self) -> None:
        """Take on the colours of another theme."""
        self.viewport().update()

    @property
    def selected(self) -> list[Row]:
        """The rows that are selected, the one with the focus first."""
        places = {index.row() for index in self.selectedIndexes()}
        current = self.currentRow()
        return [self._rows[place] for place in sorted(places, key=lambda place: (place != current, place))]

    def select(self, key: Key) -> None:
        """Select a run."""
        for place, row in enumerate(self._rows):
            if row.key == key:
                self.setCurrentCell(place, NAME)

    def rename(self) -> None:
        """Let a person give the selected run a name."""
        place = self.currentRow()
        if place >= 0 and self._rows[place].kept is not None:
            self.editItem(self.item(place, NAME))

    def _rename(self, editor: QWidget) -> None:
        place = self.currentRow()
        text = editor.property("text")
        if 0 <= place < len(self._rows) and isinstance(text, str):
            self.renamed.emit(self._rows[place].key, text)

    # --- keys and the pointer ---------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Space to the window, where it runs and pauses; Enter ticks."""
        if event.key() == Qt.Key.Key_Space:
            event.ignore()
        elif self.state() is QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)  # the Enter that ends a name
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            for row in self.selected:
                self.ticked.emit(row.key, not row.ticked)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_F2, Qt.Key.Key_Escape):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on its box ticks a run."""
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid() and index.column() == TICKS:
            row = self._rows[index.row()]
            self.ticked.emit(row.key, not row.ticked)
            return
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click opens a run."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.column() != TICKS:
            self.opened.emit(self._rows[index.row()].key)
        else:
            self.mousePressEvent(event)

    def sizeHint(self) -> QSize:
        """As high as its rows."""
        height = self.horizontalHeader().sizeHint().height() + HEIGHT * self.rowCount() + 2
        return QSize(super().sizeHint().width(), height)

    def minimumSizeHint(self) -> QSize:
        """Three rows, and narrow."""
        return QSize(200, self.horizontalHeader().sizeHint().height() + 3 * HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the curves out where room is short."""
        super().resizeEvent(event)
        self.setColumnHidden(CURVE, self.viewport().width() < ROOM)

    def changeEvent(self, event: QEvent) -> None:
        """Suit another font."""
        super().changeEvent(event)
        self.viewport().update()

    # --- items ------------------------------------------------------------------------------------------

    def _have_columns(self) -> None:
        titles = "", self.tr("Run"), self.tr("What changed"), "", self.tr("Test loss"), self.tr("Accuracy")
        self.setColumnCount(len(titles))
        for column, title in enumerate(titles):
            item = QTableWidgetItem(title)
            item.setTextAlignment(RIGHT if column in NUMBERS else LEFT)
            self.setHorizontalHeaderItem(column, item)
        self.horizontalHeaderItem(TICKS).setToolTip(self.tr("Draw its losses"))

    def _have_rows(self, rows: Sequence[Row]) -> None:
        """Have a line for each of these, and select the runs that were selected."""
        selected = {row.key for row in self.selected}
        self.blockSignals(True)
        self._rows = list(rows)
        self.setRowCount(len(rows))
        for place in range(len(rows)):
            for column in range(self.columnCount()):
                if self.item(place, column) is None:
                    self.setItem(place, column, self._item(column))
        self.clearSelection()
        places = [place for place, row in enumerate(rows) if row.key in selected]
        if places:
            self.setCurrentCell(places[0], NAME)
        self.blockSignals(False)
        self.updateGeometry()
        self.chosen.emit()

    def _item(self, column: int) -> QTableWidgetItem:
        item = QTableWidgetItem()
        item.setFlags(SHOWN | Qt.ItemFlag.ItemIsEditable if column == NAME else SHOWN)
        item.setTextAlignment(RIGHT if column in NUMBERS else LEFT)
        return item
