"""What can be done with a column of the table: by a click on its role, or by the menu of a cell."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu

from playground.value import InvalidValue
from widgets.document import Document
from widgets.gesture import new_gesture
from widgets.pages.data import roles
from widgets.pages.data.table import SamplesTable
from widgets.sentences import sentence


class ColumnMenus(QObject):
    """Opens the menus of a table.

    Signals:
        sort_asked: rows are to be sorted by this column.
        copy_asked: rows are to be copied.
        trace_asked: a sample is to be gone through the network with.
        problem: why a column cannot be used so.
    """

    sort_asked = Signal(int)
    copy_asked = Signal()
    trace_asked = Signal(int)
    problem = Signal(str)

    def __init__(self, document: Document, table: SamplesTable) -> None:
        super().__init__(table)
        self._document, self._table = document, table
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(self._of_cell)

    def of_roles(self, column: int, place: QPoint) -> None:
        """Offer what a column may be used for, at a place of the screen."""
        menu = self._menu()
        self._add_roles(menu, column)
        menu.popup(place)

    def _of_cell(self, place: QPoint) -> None:
        index = self._table.indexAt(place)
        if not index.isValid():
            index = self._table.currentIndex()
        if not index.isValid():
            return
        menu, column = self._menu(), index.column()
        sort = menu.addAction(
            self.tr("Sort by {column}").format(column=self._table.rows.columns[column].name)
        )
        sort.triggered.connect(lambda: self.sort_asked.emit(column))
        menu.addAction(self.tr("Copy rows")).triggered.connect(self.copy_asked)
        sample = self._table.rows.sample(index.row())
        trace = menu.addAction(self.tr("Trace this sample"))
        trace.triggered.connect(lambda: self.trace_asked.emit(sample))
        menu.addSeparator()
        self._add_roles(menu, column)
        menu.popup(self._table.viewport().mapToGlobal(place))

    def _menu(self) -> QMenu:
        menu = QMenu(self._table)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def _add_roles(self, menu: QMenu, column: int) -> None:
        for choice in roles.choices(self._document.experiment, self._table.rows.columns[column]):
            action = menu.addAction(choice.text)
            action.setCheckable(True)
            action.setChecked(choice.chosen)
            action.triggered.connect(partial(self._use, choice))

    def _use(self, choice: roles.RoleChoice) -> None:
        if choice.chosen:
            return
        try:
            self._document.edit(choice.edit(), choice.undo_text, new_gesture())
        except InvalidValue as problem:
            self.problem.emit(sentence(problem.text))
