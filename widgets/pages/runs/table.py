"""The list of runs: a row each, with what it does otherwise and how far and how well it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from playground.numbers.writing import NONE, loss, whole
from playground.training.snapshot import Snapshot
from widgets.pages.runs.colours import run_colour
from widgets.panels.run_bar import score
from widgets.panels.states import state_word
from widgets.plots.sparkline import paint_sparkline

ROW = 30
SWATCH = 10
SPARKLINE = QSize(72, 18)
WHAT, CURVE, SCORE = 1, 2, 5
NUMBERS = (3, 4, SCORE)
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, eq=False)
class Row:
    """What there is to say of a run."""

    name: str
    what: str
    snapshot: Snapshot | None
    place: int = 0

    def texts(self) -> tuple[str, ...]:
        """The words of the row, column by column; that of the sparkline has none."""
        seen = self.snapshot
        if seen is None:
            return self.name, self.what, "", NONE, NONE, NONE, ""
        numbers = whole(seen.epoch), loss(seen.test.loss), score(seen)
        return self.name, self.what, "", *numbers, state_word(seen.state)


class RunsTable(QTableWidget):
    """A row a run; only what differs is touched."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run_places: list[int] = []
        self._have_columns()
        self.setAccessibleName(self.tr("Runs"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setTabKeyNavigation(False)
        self.setProperty("role", "plain")
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setFrameShape(QTableWidget.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW)
        header = self.horizontalHeader()
        header.setSectionsClickable(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(WHAT, QHeaderView.ResizeMode.Stretch)
        self._sparklines = _Sparklines(self)
        self.setItemDelegateForColumn(CURVE, self._sparklines)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these runs."""
        places = [row.place for row in rows]
        if self._run_places != places:
            self._run_places = places
            self._have_rows(len(rows))
        for place, row in enumerate(rows):
            for column, text in enumerate(row.texts()):
                item = self.item(place, column)
                if item.text() != text:
                    item.setText(text)
            self.item(place, WHAT).setToolTip(row.what)
            self._sparklines.show_history(place, row.snapshot, row.place)
            if row.snapshot is not None:
                classes = "r2" not in row.snapshot.test.metrics
                self.horizontalHeaderItem(SCORE).setText(self.tr("Accuracy") if classes else self.tr("R²"))
        self.viewport().update()

    def recolour(self) -> None:
        """Take on the colours of another theme."""
        for place in range(self.rowCount()):
            colour = run_colour(self._run_places[place])
            self.item(place, 0).setData(Qt.ItemDataRole.DecorationRole, _swatch(colour))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Space to the window, where it runs and pauses; there is nothing to choose here."""
        if event.key() == Qt.Key.Key_Space:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """As high as its rows."""
        height = self.horizontalHeader().sizeHint().height() + ROW * self.rowCount() + 2
        return QSize(super().sizeHint().width(), height)

    def minimumSizeHint(self) -> QSize:
        """The same, and narrow."""
        return QSize(200, self.sizeHint().height())

    def _have_columns(self) -> None:
        titles = (
            self.tr("Run"), self.tr("What differs"), self.tr("Test loss"), self.tr("Epoch"), self.tr("Now"),
            self.tr("Accuracy"), self.tr("State"),
        )  # fmt: skip
        self.setColumnCount(len(titles))
        for column, title in enumerate(titles):
            item = QTableWidgetItem(title)
            item.setTextAlignment(RIGHT if column in NUMBERS else LEFT)
            self.setHorizontalHeaderItem(column, item)

    def _have_rows(self, count: int) -> None:
        self.setRowCount(count)
        for place in range(count):
            for column in range(self.columnCount()):
                if self.item(place, column) is None:
                    self.setItem(place, column, self._item(column))
        self.recolour()
        self.updateGeometry()

    def _item(self, column: int) -> QTableWidgetItem:
        item = QTableWidgetItem()
        item.setFlags(Qt.ItemFlag.ItemIsEnabled)
        item.setTextAlignment(RIGHT if column in NUMBERS else LEFT)
        return item


class _Sparklines(QStyledItemDelegate):
    """Draws the test loss of each row."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._snapshots: dict[int, tuple[Snapshot | None, int]] = {}

    def show_history(self, row: int, snapshot: Snapshot | None, place: int) -> None:
        """Draw this in that row, in the colour of that place."""
        self._snapshots[row] = snapshot, place

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """The same for all."""
        return SPARKLINE

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one."""
        snapshot, place = self._snapshots.get(index.row(), (None, 0))
        if snapshot is None or "test_loss" not in snapshot.history:
            return
        history = snapshot.history
        area = QRectF(option.rect).adjusted(8, 7, -8, -7)
        painter.save()
        paint_sparkline(painter, area, history["epoch"], history["test_loss"], run_colour(place))
        painter.restore()


def _swatch(colour: str) -> QPixmap:
    result = QPixmap(SWATCH, SWATCH)
    result.fill(QColor(colour))
    return result
