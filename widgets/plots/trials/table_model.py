"""Trials as the rows of a table that is sorted by any column, as numbers where they are some."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

from playground.numbers.writing import duration, epochs
from widgets.plots.trials.trial_columns import Floats, Rows, Standing, TrialColumns
from widgets.theme import current

Index = QModelIndex | QPersistentModelIndex
TRIAL = Qt.ItemDataRole.UserRole
"""Where an item keeps the row of its trial."""
ROLES = frozenset(
    (
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.TextAlignmentRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.FontRole,
        TRIAL,
    )
)
"""Of what the model tells; Qt asks for more, for each cell that it paints."""
NO_PARENT = QModelIndex()
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CURVE, OPEN, STATE = "curve", "open", "state"
"""The kinds of columns that are drawn otherwise than as text."""


FAILED, PRUNED = int(Standing.FAILED), int(Standing.PRUNED)


@dataclass(frozen=True)
class ShownColumn:
    """A column of the table: its title, what stands in a row, by what it is sorted, and how wide it is."""

    title: str
    text: Callable[[int], str]
    keys: Floats | Rows | None
    width: int = 76
    kind: str = ""
    right: bool = True

    def cell(self, row: int) -> str | float:
        """What stands in a row, with all figures where it is a number; nothing where that is not known."""
        if self.keys is None or not self.right:
            return self.text(row)
        value = float(self.keys[row])
        return (int(value) if value.is_integer() else value) if np.isfinite(value) else ""


class TrialTableModel(QAbstractTableModel):
    """The trials that are chosen, or all; rows stay sorted while trials come."""

    def __init__(self) -> None:
        super().__init__()
        self.trials = TrialColumns()
        self.order: Rows = np.empty(0, np.intp)
        """The row of the trial in each row of the table."""
        self._chosen: Rows | None = None
        self._sorted, self._down = "", False
        self.columns: tuple[ShownColumn, ...] = self._columns()

    # --- what is shown ----------------------------------------------------------------------------------

    def show_trials(self, trials: TrialColumns) -> None:
        """Show these; columns change where settings or goals do."""
        titles = [column.title for column in self.columns]
        if trials.origin is not self.trials.origin:
            self._chosen = None
        self.trials = trials
        columns = self._columns()
        if [column.title for column in columns] != titles:
            self.beginResetModel()
            self.columns = columns
            self.order = self._ordered()
            self.endResetModel()
        else:
            self.columns = columns
            self._arrange()

    def choose(self, rows: Rows | None) -> None:
        """Show these rows alone, or all of them."""
        self._chosen = rows
        self._arrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column."""
        if 0 <= column < len(self.columns):
            self._sorted = self.columns[column].title
            self._down = order == Qt.SortOrder.DescendingOrder
            self._arrange()

    def place_of(self, row: int) -> int | None:
        """In which row of the table a trial stands."""
        found = np.flatnonzero(self.order == row)
        return int(found[0]) if len(found) else None

    def _arrange(self) -> None:
        """Put rows in their order; what is selected stays selected."""
        self.layoutAboutToBeChanged.emit()
        before, kept = self.order, self.persistentIndexList()
        self.order = self._ordered()
        rows = {index.row() for index in kept}
        places = {row: self.place_of(int(before[row])) for row in rows}
        moved = []
        for index in kept:
            place = places[index.row()]
            moved.append(QModelIndex() if place is None else self.createIndex(place, index.column()))
        self.changePersistentIndexList(kept, moved)
        self.layoutChanged.emit()

    def _ordered(self) -> Rows:
        trials = self.trials
        rows = np.arange(len(trials)) if self._chosen is None else self._chosen
        column = next((each for each in self.columns if each.title == self._sorted), None)
        keys = None if column is None else column.keys
        if keys is None:
            return rows
        values = keys[rows].astype(np.float64)
        values = np.where(np.isfinite(values), -values if self._down else values, np.inf)
        ordered: Rows = rows[np.lexsort((trials.numbers[rows], values))]
        return ordered

    # --- columns ----------------------------------------------------------------------------------------

    def _columns(self) -> tuple[ShownColumn, ...]:
        trials = self.trials
        states = trials.states + trials.reached / 1e9
        found = [
            ShownColumn(self.tr("trial"), self._number, trials.numbers, 62),
            ShownColumn(self.tr("state"), self._state, states, 86, STATE, right=False),
        ]
        found += [ShownColumn(goal.title, goal.text, goal.values, 96) for goal in trials.goals]
        found.append(ShownColumn(self.tr("curve"), _nothing, None, 72, CURVE))
        for each in trials.settings:
            found.append(ShownColumn(each.title, each.text, each.values, 88, right=not each.names))
        found += [
            ShownColumn(self.tr("time"), self._time, trials.seconds, 62),
            ShownColumn(self.tr("where"), self._where, None, 82, right=False),
            ShownColumn("", self._offer, None, 96, OPEN, right=False),
        ]
        return tuple(found)

    def _number(self, row: int) -> str:
        return str(self.trials.numbers[row])

    def _where(self, row: int) -> str:
        return self.trials.places[row]

    def _state(self, row: int) -> str:
        trials = self.trials
        reached = epochs(float(np.nan_to_num(trials.reached[row])))
        match Standing(int(trials.states[row])):
            case Standing.WAITING:
                return self.tr("waits")
            case Standing.RUNNING:
                return self.tr("epoch {epoch}").format(epoch=reached)
            case Standing.DONE:
                return self.tr("done")
            case Standing.PRUNED:
                return self.tr("cut at {epoch}").format(epoch=reached)
        return self.tr("failed")

    def _time(self, row: int) -> str:
        seconds = float(self.trials.seconds[row])
        return duration(seconds) if np.isfinite(seconds) else ""

    def _offer(self, row: int) -> str:
        """What can be done with a trial, in a word."""
        match Standing(int(self.trials.states[row])):
            case Standing.WAITING:
                return ""
            case Standing.RUNNING:
                return self.tr("watch")
            case Standing.FAILED:
                return self.tr("why?")
        return self.tr("open")

    # --- what Qt asks -----------------------------------------------------------------------------------

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        """How many trials are shown."""
        return 0 if parent.isValid() else len(self.order)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        """How many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What is in a cell."""
        if role not in ROLES:
            return None
        row, column = int(self.order[index.row()]), self.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(row)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if column.right else LEFT
        if role == TRIAL:
            return row
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.trials.problems.get(row) or None
        if role == Qt.ItemDataRole.FontRole and row == self.trials.best:
            font = QFont()
            font.setBold(True)
            return font
        return None

    def colour(self, row: int, column: ShownColumn) -> str:
        """In which colour a cell is written; empty for the usual one."""
        state, shown = int(self.trials.states[row]), current()
        if column.kind == OPEN:
            return shown.accent
        if state == FAILED and column.kind == STATE:
            return shown.bad
        return shown.muted if state == PRUNED else ""

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The title of a column."""
        if orientation != Qt.Orientation.Horizontal or section >= len(self.columns):
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if self.columns[section].right else LEFT
        return None


def _nothing(row: int) -> str:
    return ""
