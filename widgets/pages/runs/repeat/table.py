"""Where the seeds of each repeated run end: median, quartiles, best, worst, and how many diverged."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from playground.analysis.repeats.bands import Spread
from playground.numbers.writing import NONE, percent

ROW, SWATCH, DIVERGED = 26, 10, 5
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class SpreadTable(QTableWidget):
    """A row a run; how many diverged only where some did."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Over seeds"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setTabKeyNavigation(False)
        self.setProperty("role", "plain")
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW)
        self._have_columns()

    def _have_columns(self) -> None:
        titles = (
            self.tr("Run"), self.tr("Median"), self.tr("Quartiles"), self.tr("Best"), self.tr("Worst"),
            self.tr("Diverged"),
        )  # fmt: skip
        self.setColumnCount(len(titles))
        header = self.horizontalHeader()
        header.setSectionsClickable(False)
        header.setMinimumSectionSize(24)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column, title in enumerate(titles):
            item = QTableWidgetItem(title)
            item.setTextAlignment(RIGHT if column else LEFT)
            self.setHorizontalHeaderItem(column, item)

    def show_spreads(
        self, rows: Sequence[tuple[str, str, Spread | None]], write: Callable[[float], str]
    ) -> None:
        """Show name, colour and spread of each; `write` makes a number into words."""
        if self.rowCount() != len(rows):
            self.setRowCount(len(rows))
            self.updateGeometry()
        self.setColumnHidden(DIVERGED, not any(each is not None and each.diverged for *_, each in rows))
        for place, (name, colour, spread) in enumerate(rows):
            for column, text in enumerate((name, *_texts(spread, write))):
                item = self.item(place, column)
                if item is None:
                    item = QTableWidgetItem()
                    item.setFlags(Qt.ItemFlag.ItemIsEnabled)
                    item.setTextAlignment(RIGHT if column else LEFT)
                    self.setItem(place, column, item)
                if item.text() != text:
                    item.setText(text)
            self.item(place, 0).setToolTip(name)
            swatch = QPixmap(SWATCH, SWATCH)
            swatch.fill(QColor(colour))
            self.item(place, 0).setData(Qt.ItemDataRole.DecorationRole, swatch)

    def sizeHint(self) -> QSize:
        """As high as its rows."""
        height = self.horizontalHeader().sizeHint().height() + ROW * self.rowCount() + 2
        return QSize(super().sizeHint().width(), height)

    def minimumSizeHint(self) -> QSize:
        """The same, and narrow."""
        return QSize(120, self.sizeHint().height())


def _texts(spread: Spread | None, write: Callable[[float], str]) -> tuple[str, ...]:
    if spread is None:
        return (NONE,) * 5
    quartiles = f"{write(spread.low)}–{write(spread.high)}"
    return (
        write(spread.median), quartiles, write(spread.best), write(spread.worst), percent(spread.diverged)
    )  # fmt: skip
