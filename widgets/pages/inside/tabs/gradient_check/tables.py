"""The tables of a check of gradients: a row a layer, and a row for each of the worst numbers of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from playground.analysis.inspections.gradient_check.judging import Correctness
from widgets.sentences import sentence
from widgets.theme import current
from widgets.tips import tip

ROW = 26
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
NARROW = 390
NOTHING = "–"


@dataclass(frozen=True)
class CheckRow:
    """The texts of a row, and what is said of it in the last column."""

    texts: tuple[str, ...]
    verdict: Correctness | None


class CheckTable(QTableWidget):
    """Rows of numbers under titles, the first column wide, the last a word in its colour.

    Signals:
        row_chosen: another row, by its number.
    """

    row_chosen = Signal(int)

    def __init__(self, name: str, titles: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(0, len(titles), parent)
        self.rows: Sequence[CheckRow] = ()
        self.setAccessibleName(name)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self.setProperty("role", "plain")
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW)
        header = self.horizontalHeader()
        header.setSectionsClickable(False)
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column, title in enumerate(titles):
            item = QTableWidgetItem(title)
            item.setTextAlignment(self._alignment(column))
            self.setHorizontalHeaderItem(column, item)
        self.itemSelectionChanged.connect(self._tell)

    def show_rows(self, rows: Sequence[CheckRow]) -> None:
        """Show these, the same one chosen as before where it is still there."""
        self.rows, chosen = rows, self.currentRow()
        self.blockSignals(True)
        self.setRowCount(len(rows))
        for place, row in enumerate(rows):
            for column, text in enumerate((*row.texts, self._word(row))):
                self._cell(place, column).setText(text)
        self.blockSignals(False)
        self.recolour()
        if rows and chosen >= len(rows):
            self.selectRow(0)

    def explain_columns(self, *words: str) -> None:
        """Say what stands in the columns behind the first."""
        for column, text in enumerate(words, 1):
            self.horizontalHeaderItem(column).setToolTip(tip(text))

    def fit_rows(self, count: int) -> None:
        """Be as high as so many rows."""
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + ROW * count + 4)

    def recolour(self) -> None:
        """Take on the colours of another theme."""
        theme, last = current(), self.columnCount() - 1
        colours = {
            Correctness.RIGHT: theme.good,
            Correctness.KINK: theme.warning,
            Correctness.WRONG: theme.bad,
            None: theme.muted,
        }
        for place, row in enumerate(self.rows):
            self.item(place, last).setForeground(QColor(colours[row.verdict]))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out the first numbers where there is little room, so that names can be read."""
        super().resizeEvent(event)
        self.setColumnHidden(1, self.width() < NARROW)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Space to the window, where it runs and pauses."""
        if event.key() == Qt.Key.Key_Space:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _word(self, row: CheckRow) -> str:
        return NOTHING if row.verdict is None else sentence(row.verdict.value)

    def _cell(self, row: int, column: int) -> QTableWidgetItem:
        if self.item(row, column) is None:
            item = QTableWidgetItem()
            item.setTextAlignment(self._alignment(column))
            self.setItem(row, column, item)
        return self.item(row, column)

    def _alignment(self, column: int) -> Qt.AlignmentFlag:
        return RIGHT if 0 < column < self.columnCount() - 1 else LEFT

    def _tell(self) -> None:
        if chosen := self.selectionModel().selectedRows():
            self.row_chosen.emit(chosen[0].row())
