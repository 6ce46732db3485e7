"""The samples of a side, the worst first: how right the answer to each is, and what it costs."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from playground.analysis.inspections.trace.samples import JudgedSamples
from playground.numbers.writing import decimals, loss, whole
from widgets.theme import current, themes

ROW = 26
DOT = 10
SURE = 0.75
"""From so large a probability of what is true on an answer is a good one."""

RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
Index = QModelIndex | QPersistentModelIndex


class SampleListModel(QAbstractTableModel):
    """Which sample, the probability of what is true, and the loss."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.judged: JudgedSamples | None = None
        self._dots: dict[str, QPixmap] = {}

    def show_judged(self, judged: JudgedSamples) -> None:
        """Show these samples in their order."""
        if self.judged is not None and len(self.judged.order) == len(judged.order):
            self.judged = judged
            self.dataChanged.emit(self.index(0, 0), self.index(len(judged.order) - 1, 2))
            return
        self.beginResetModel()
        self.judged = judged
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """A row a sample."""
        return 0 if self.judged is None or parent.isValid() else len(self.judged.order)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Name, probability, loss."""
        return 3

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows."""
        if self.judged is None:
            return None
        sample = int(self.judged.order[index.row()])
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(sample, index.column())
        if role == Qt.ItemDataRole.DecorationRole and index.column() == 0:
            return self._dot(self._quality(sample))
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column():
            return RIGHT
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == 1:
            return QColor(current().muted)
        return None

    def _text(self, sample: int, column: int) -> str:
        judged = self.judged
        assert judged is not None
        match column:
            case 0:
                return whole(int(judged.rows[sample]) + 1)
            case 1:
                return "" if judged.shares is None else decimals(float(judged.shares[sample]))
        return loss(float(judged.losses[sample]))

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """What the columns are called."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft if section == 0 else RIGHT
        if role == Qt.ItemDataRole.DisplayRole:
            return (self.tr("sample"), self.tr("P(truth)"), self.tr("loss"))[section]
        return None

    def _quality(self, sample: int) -> str:
        """The colour of an answer: wrong, right but unsure, or right."""
        judged, theme = self.judged, current()
        assert judged is not None
        if judged.wrong is None:
            return theme.muted
        if judged.wrong[sample]:
            return theme.bad
        unsure = judged.shares is not None and judged.shares[sample] < SURE
        return theme.warning if unsure else theme.good

    def _dot(self, colour: str) -> QPixmap:
        if colour not in self._dots:
            pixmap = QPixmap(QSize(DOT, DOT) * 2)
            pixmap.setDevicePixelRatio(2)
            pixmap.fill(Qt.GlobalColor.transparent)
            with QPainter(pixmap) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(colour))
                painter.drawEllipse(1, 1, DOT - 2, DOT - 2)
            self._dots[colour] = pixmap
        return self._dots[colour]


class SampleList(QTableView):
    """Shows samples to choose from.

    Signals:
        picked: a sample of the side, by its number.
    """

    picked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = SampleListModel(self)
        self.setModel(self.rows)
        self.setAccessibleName(self.tr("Samples, worst first"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setProperty("role", "plain")
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW)
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setHighlightSections(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        fixed, rest = QHeaderView.ResizeMode.Fixed, QHeaderView.ResizeMode.Stretch
        for column, mode in enumerate((fixed, rest, fixed)):
            self.horizontalHeader().setSectionResizeMode(column, mode)
        wide = self.fontMetrics().horizontalAdvance
        self._name_width = wide("100 000") + DOT + 18
        self.setColumnWidth(0, self._name_width)
        self.setColumnWidth(2, wide("1.2e−10") + 14)
        self.selectionModel().currentChanged.connect(self._see_current)
        self._showing, self._shown = False, -1
        themes.changed.connect(self.viewport().update)

    def show_samples(self, judged: JudgedSamples, sample: int) -> None:
        """Show the samples, one of them chosen."""
        self._showing = True
        self.rows.show_judged(judged)
        self._show_shares(judged.shares is not None)
        found = np.flatnonzero(judged.order == sample)
        if len(found):
            index = self.rows.index(int(found[0]), 0)
            self.setCurrentIndex(index)
            if sample != self._shown:
                self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
        self._shown = sample
        self._showing = False

    def _show_shares(self, there: bool) -> None:
        """Have a column of probabilities, or let the names take its room."""
        self.setColumnHidden(1, not there)
        mode = QHeaderView.ResizeMode.Fixed if there else QHeaderView.ResizeMode.Stretch
        if self.horizontalHeader().sectionResizeMode(0) != mode:
            self.horizontalHeader().setSectionResizeMode(0, mode)
            if there:
                self.setColumnWidth(0, self._name_width)

    def _see_current(self, index: QModelIndex) -> None:
        if index.isValid() and not self._showing and self.rows.judged is not None:
            self.picked.emit(int(self.rows.judged.order[index.row()]))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Space to the window, and → and ← to the steps of the calculation."""
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()
        else:
            super().keyPressEvent(event)
