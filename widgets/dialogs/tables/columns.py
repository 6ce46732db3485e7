"""The list of a table's columns: what each holds, what it is used for, and menus to change both."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from playground.data.tables.column import ColumnKind
from playground.numbers.writing import NONE, figures, whole
from widgets.dialogs.parts import plain
from widgets.dialogs.tables.plan import ColumnFacts, TablePlan
from widgets.histogram import paint_histogram
from widgets.theme import current

Index = QModelIndex | QPersistentModelIndex
NAME, USE, KIND, RANGE, MISSING, VALUES = range(6)
ROW = 26
WIDEST = 12.0
"""Pixels of a bar of a histogram."""
MOST_NAMED = 4
"""Categories that are listed."""


def kind_word(kind: ColumnKind) -> str:
    """What a kind of column is called."""
    return {
        "number": _tr("number"),
        "category": _tr("category"),
        "text": _tr("text"),
        "date": _tr("date"),
        "id": _tr("numbers the rows"),
        "constant": _tr("always the same"),
    }[kind]


def use_word(plan: TablePlan, fact: ColumnFacts) -> str:
    """What a column is used for."""
    if fact.name in plan.series:
        return _tr("series")
    if fact.name in plan.targets:
        return _tr("target")
    return _tr("input") if fact.name in plan.inputs else _tr("not used")


def uses(plan: TablePlan, name: str) -> list[tuple[str, TablePlan]]:
    """What a column may be used for, and the plan in which it is."""
    fact, found = plan.fact(name), []
    if fact.may_be_predicted:
        found.append((_tr("Target"), plan.predicting(name)))
    if plan.may_join(name):
        found.append((_tr("Target as well"), plan.predicting_also(name)))
    if fact.held:
        found += [(_tr("Input"), plan.with_input(name)), (_tr("Not used"), plan.without(name))]
    if plan.may_be_series(name):
        word = _tr("Series over time as well") if plan.series else _tr("Series over time")
        found.append((word, plan.over_time(name)))
    return found


def range_words(fact: ColumnFacts) -> str:
    """What lies in a column."""
    if fact.categories:
        more = ", …" if len(fact.categories) > MOST_NAMED else ""
        return ", ".join(fact.categories[:MOST_NAMED]) + more
    if fact.low is None or fact.high is None or fact.kind == "date":
        return NONE
    return _tr("{low} to {high}").format(low=figures(fact.low, 4), high=figures(fact.high, 4))


class ColumnsModel(QAbstractTableModel):
    """A row a column of the table."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.plan: TablePlan | None = None

    def show_plan(self, plan: TablePlan | None) -> None:
        """Show another plan."""
        same = plan is not None and self.plan is not None and len(plan.facts) == len(self.plan.facts)
        if same:
            self.plan = plan
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, VALUES))
            return
        self.beginResetModel()
        self.plan = plan
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (it never changes)
        """How many columns the table has."""
        return 0 if parent.isValid() or self.plan is None else len(self.plan.facts)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (it never changes)
        """Name, use, kind, range, missing values and how they lie."""
        return 0 if parent.isValid() else VALUES + 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words of a cell; what can be clicked has the colour of links."""
        if self.plan is None or not index.isValid():
            return None
        fact = self.plan.facts[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._words(fact, index.column())
        if role == Qt.ItemDataRole.ForegroundRole:
            clicks = index.column() == KIND or (index.column() == USE and fact.held)
            lacks = index.column() == MISSING and fact.missing
            return QColor(current().accent if clicks else current().warning if lacks else current().text)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """What the columns of the list are."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        titles = (_tr("Column"), _tr("Used as"), _tr("Kind"), _tr("Range"), _tr("Missing"), _tr("Values"))
        return titles[section] if role == Qt.ItemDataRole.DisplayRole else None

    def _words(self, fact: ColumnFacts, column: int) -> str:
        assert self.plan is not None
        match column:
            case 0:
                return fact.name
            case 1:
                return f"{use_word(self.plan, fact)} ▼" if fact.held else use_word(self.plan, fact)
            case 2:
                return f"{kind_word(fact.kind)} ▼"
            case 3:
                return range_words(fact)
            case 4:
                return whole(fact.missing) if fact.missing else ""
        return ""


class ColumnsList(QTableView):
    """Shows the columns; Enter or a click on use or kind is `activated`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.columns = ColumnsModel(self)
        self.setModel(self.columns)
        self.setItemDelegateForColumn(VALUES, _Histograms(self))
        self.setAccessibleName(_tr("Columns"))
        plain(self, ROW)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setWordWrap(False)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        for column, width in ((NAME, 150), (USE, 96), (KIND, 140), (MISSING, 70), (VALUES, 110)):
            self.setColumnWidth(column, width)
        header.setSectionResizeMode(RANGE, QHeaderView.ResizeMode.Stretch)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter or Space on a cell is as a click there."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            if self.currentIndex().isValid():
                self.clicked.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)


class _Histograms(QStyledItemDelegate):
    """Draws how the values of a column lie."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The same for all."""
        return QSize(100, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a bar for each part."""
        model = index.model()
        assert isinstance(model, ColumnsModel)
        counts = model.plan.facts[index.row()].counts if model.plan else ()
        area = QRectF(option.rect).adjusted(8, 5, -8, -5)
        painter.save()
        paint_histogram(painter, area, counts, [current().training] * len(counts), WIDEST)
        painter.restore()


def _tr(text: str) -> str:
    return QCoreApplication.translate("TableColumns", text)
