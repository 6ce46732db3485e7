"""What a class handed in, as a table that is read anew while it is open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from playground.lessons.handed_in import HandedIn, gathered, to_csv
from playground.lessons.handing_in import HandIn
from playground.words import local
from widgets import saving
from widgets.background import Background
from widgets.dialogs.answers import AnswerList
from widgets.dialogs.parts import framed
from widgets.elided_label import ElidedLabel
from widgets.labels import label, show_text
from widgets.sentences import counted, sentence
from widgets.tab_order import ReadingOrder

PAUSE = 5000
"""Milliseconds between two looks at the folder."""

SIZE = QSize(1040, 560)
PUPIL, LESSON, TIME, GOALS, RIGHT, AT_ONCE, REMARK = range(7)
WIDTHS = {PUPIL: 130, LESSON: 130, TIME: 148, GOALS: 62, RIGHT: 80, AT_ONCE: 80}
NUMBERS = (GOALS, RIGHT, AT_ONCE)
RIGHTWARDS = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFTWARDS = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
END = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


class HandedInModel(QAbstractTableModel):
    """The rows as Qt asks for them."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: Sequence[HandedIn] = ()
        """As they are shown."""
        self.given: Sequence[HandedIn] = ()
        """As they were read."""
        self._order = PUPIL, Qt.SortOrder.AscendingOrder
        self._titles = (
            _tr("Pupil"),
            _tr("Lesson"),
            _tr("Handed in"),
            _tr("Goals"),
            _tr("Answers"),
            _tr("At once"),
            _tr("Remark"),
        )

        self._tips = {
            GOALS: _tr("Goals that were reached, of all."),
            RIGHT: _tr("Questions that were answered rightly, of all."),
            AT_ONCE: _tr("Questions of which the first answer was right."),
        }

    def show_rows(self, rows: Sequence[HandedIn]) -> None:
        """Show these."""
        if rows != self.given:
            self.beginResetModel()
            self.given = rows
            self.rows = self._sorted()
            self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Put them in the order of a column; what is selected stays so."""
        self._order = column, order
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        paths = [self.rows[index.row()].path for index in before]
        self.rows = self._sorted()
        places = {row.path: number for number, row in enumerate(self.rows)}
        after = [self.index(places[path], index.column()) for path, index in zip(paths, before, strict=True)]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _sorted(self) -> Sequence[HandedIn]:
        column, order = self._order
        backwards = order == Qt.SortOrder.DescendingOrder
        return sorted(self.given, key=lambda row: _sorted_by(row, column), reverse=backwards)

    def rowCount(self, parent: Index = END) -> int:
        """One a file."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = END) -> int:
        """Those there are."""
        return 0 if parent.isValid() else len(self._titles)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        """What a column is called."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._titles[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(RIGHTWARDS if section in NUMBERS else LEFTWARDS)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tips.get(section)
        return None

    def data(self, index: Index, role: int = 0) -> object:
        """What stands in a cell, and by what it is sorted."""
        row, column = self.rows[index.row()], index.column()
        if role == Qt.ItemDataRole.TextAlignmentRole and column in NUMBERS:
            return int(RIGHTWARDS)
        if role == Qt.ItemDataRole.ToolTipRole:
            return str(row.path) if column == PUPIL else _cell(row, column) if column == REMARK else None
        return _cell(row, column) if role == Qt.ItemDataRole.DisplayRole else None


class HandedInDialog(ReadingOrder, QDialog):
    """A row for each file; a double click opens one.

    Signals:
        file_chosen: a file is to be opened.
        folder_asked: another folder is wanted.
    """

    file_chosen = Signal(Path)
    folder_asked = Signal()

    def __init__(self, folder: Path | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_tr("What was handed in"))
        self.resize(SIZE)
        self._folder = folder
        self._background = Background(self)
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self._read)
        self.model = HandedInModel(self)
        self.table = QTableView()
        self.answers = AnswerList()
        self.where, self.state = ElidedLabel(), label("", "muted", wraps=True)
        self.other = QPushButton(_tr("Choose folder…"))
        self.save, self.open_ = QPushButton(_tr("Save as CSV…")), QPushButton(_tr("Open"))
        self._set_up_table()
        self._arrange()
        self.other.clicked.connect(self.folder_asked)
        self.save.clicked.connect(self._save)
        self.open_.clicked.connect(self._open)
        self.table.activated.connect(self._open)
        self.table.selectionModel().selectionChanged.connect(self._see_selection)
        self.show_folder(folder)

    @property
    def chosen(self) -> HandedIn | None:
        """The row that is selected."""
        rows = self.table.selectionModel().selectedRows()
        return self.model.rows[rows[0].row()] if rows else None

    def show_folder(self, folder: Path | None) -> None:
        """Show what was handed in there."""
        self._folder = folder
        self.model.show_rows(())
        self.where.setText(str(folder) if folder else _tr("No folder chosen yet"))
        self.where.setToolTip(str(folder or ""))
        self._see_selection()
        if folder is None:
            show_text(self.state, _tr("Choose the folder of the class, in which the lessons are."))
        else:
            show_text(self.state, _tr("Reading…"))
            self._read()

    def done(self, result: int) -> None:
        """End; what is being read comes to nothing."""
        self._timer.stop()
        self._background.close()
        super().done(result)

    # --- assembly ---------------------------------------------------------------------------------------

    def _set_up_table(self) -> None:
        table = self.table
        table.setModel(self.model)
        table.setAccessibleName(_tr("What was handed in"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setProperty("role", "plain")
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setSortingEnabled(True)
        table.sortByColumn(PUPIL, Qt.SortOrder.AscendingOrder)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(28)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        for column, width in WIDTHS.items():
            table.setColumnWidth(column, width)

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.where, 1)
        head.addWidget(self.other)
        foot = QHBoxLayout()
        foot.addWidget(self.state, 1)
        close = QPushButton(_tr("Close"))
        close.clicked.connect(self.reject)
        for button in (self.save, self.open_, close):
            button.setAutoDefault(False)
            foot.addWidget(button)
        self.other.setAutoDefault(False)
        middle = QHBoxLayout()
        middle.addWidget(framed(self.table), 3)
        middle.addWidget(self.answers, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(10)
        column.addLayout(head)
        column.addLayout(middle, 1)
        column.addLayout(foot)
        self.table.setFocus()

    # --- reading ----------------------------------------------------------------------------------------

    def _read(self) -> None:
        folder, before = self._folder, self.model.given
        if folder is not None:
            self._background.run(lambda: gathered(folder, before), lambda rows: self._show(folder, rows))

    def _show(self, folder: Path, rows: Sequence[HandedIn]) -> None:
        if folder != self._folder:
            return
        kept = self.chosen
        self.model.show_rows(rows)
        if kept is not None:
            self._select(kept.path)
        show_text(self.state, _state(rows))
        self._see_selection()
        self._timer.start()

    def _select(self, path: Path) -> None:
        """Select the row of a file again."""
        for number, row in enumerate(self.model.rows):
            if row.path == path:
                self.table.selectRow(number)

    def _see_selection(self) -> None:
        chosen = self.chosen
        self.open_.setEnabled(chosen is not None)
        self.save.setEnabled(bool(self.model.rows))
        self.answers.show_goals(
            chosen.record.goals if chosen and chosen.record else (), sentence(chosen.remark) if chosen else ""
        )

    # --- what is done -----------------------------------------------------------------------------------

    def _open(self) -> None:
        if (chosen := self.chosen) is not None:
            self.file_chosen.emit(chosen.path)

    def _save(self) -> None:
        """Save the table in the order in which it is shown."""
        rows = self.model.rows
        suggestion = Path(_tr("handed in") + ".csv")
        path = saving.file_to_save(self, _tr("Save the table"), suggestion, {_tr("Table (*.csv)"): ".csv"})
        if path is not None:
            said = _tr("Saved {name}.").format(name=path.name)
            saving.write(self, path, to_csv(rows, sentence), lambda: show_text(self.state, said))


def _cell(row: HandedIn, column: int) -> str:
    if column == PUPIL:
        return row.pupil
    if column == LESSON:
        return row.lesson
    if column == TIME:
        return f"{local(row.time):%Y-%m-%d %H:%M}"
    if column == REMARK:
        return sentence(row.remark)
    return "" if row.record is None else _counted(row.record, column)


def _counted(record: HandIn, column: int) -> str:
    questions = len(record.questions)
    if column == GOALS:
        return f"{record.reached} / {len(record.goals)}"
    if not questions:
        return "–"
    return f"{record.right} / {questions}" if column == RIGHT else f"{record.at_once} / {questions}"


def _sorted_by(row: HandedIn, column: int) -> Any:
    record = row.record
    if column == TIME:
        return (row.time - EPOCH).total_seconds()
    if column in NUMBERS:
        if record is None:
            return -1.0
        of = {GOALS: record.reached, RIGHT: record.right, AT_ONCE: record.at_once}
        return float(of[column])
    return _cell(row, column).casefold()


def _state(rows: Sequence[HandedIn]) -> str:
    if not rows:
        return _tr("Nothing is handed in here yet.")
    pupils = len({row.pupil.casefold() for row in rows})
    return counted(
        "{number} handed in, by {count} name.",
        "{number} handed in, by {count} names.",
        pupils,
        number=str(len(rows)),
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("HandedIn", text)
