"""The panel of the samples: the table, what of it is shown, and ways to take it elsewhere."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from playground.numbers.writing import whole
from widgets import theme
from widgets.document import Document
from widgets.elided_label import ElidedLabel
from widgets.forms.control import Combo
from widgets.labels import label, link_button, show_or_hide, show_text
from widgets.pages.data import roles
from widgets.pages.data.column_menus import ColumnMenus
from widgets.pages.data.header import Head
from widgets.pages.data.model import SamplesModel
from widgets.pages.data.samples import SampleRows
from widgets.pages.data.sheet import Meaning, side_names
from widgets.pages.data.table import SamplesTable
from widgets.pages.data.taking_out import TakingOut

TYPING = 250
"""Milliseconds after the last key before rows are looked for."""


class TablePanel(QFrame):
    """Lets a person sort, filter, copy and save the samples, and say what columns are used for.

    Signals:
        chosen: the sample that the keyboard or the pointer is at.
        trace_asked: a sample is to be gone through the network with.
        message: a sentence for the status bar.
        problem: why something cannot be.
    """

    chosen = Signal(int)
    trace_asked = Signal(int)
    message = Signal(str)
    problem = Signal(str)

    def __init__(self, document: Document, samples: SampleRows, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self._document, self._samples = document, samples
        self.table = SamplesTable(SamplesModel(samples))
        self.side = Combo()
        self.side.setAccessibleName(self.tr("Which rows"))
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(self.tr("Find a category or a number"))
        self.filter.setAccessibleName(self.filter.placeholderText())
        self.filter.setClearButtonEnabled(True)
        self.worst = link_button(
            self.tr("worst first"), self.tr("Sort by loss, the rows that the network gets wrong most on top.")
        )
        self.copy = link_button(
            self.tr("copy"), self.tr("Copy the selected rows, or all that are shown, as cells.")
        )
        self.save = link_button(
            self.tr("save with predictions as CSV…"), self.tr("Write the rows that are shown into a file.")
        )
        self.count = ElidedLabel()
        self.count.setProperty("role", "muted")
        self.why_none = label(role="muted", wraps=True)
        self.why_none.hide()
        self.taking_out = TakingOut(samples, self)
        self.menus = ColumnMenus(document, self.table)
        self._later = QTimer(self, singleShot=True, interval=TYPING)
        self._lay_out()
        self._connect()

    def _rows_of(self, side: str) -> str:
        return self.tr("Only {side}").format(side=side)

    def _lay_out(self) -> None:
        head, foot = QHBoxLayout(), QHBoxLayout()
        for widget in (self.side, self.filter, self.worst):
            head.addWidget(widget, int(widget is self.filter))
        foot.addWidget(self.count, 1)
        for widget in (self.copy, self.save):
            foot.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 8)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.why_none)
        column.addWidget(self.table, 1)
        column.addLayout(foot)

    def _connect(self) -> None:
        samples, header = self._samples, self.table.header
        self.side.activated.connect(lambda index: self._wish(side=index - 1 if index else None))
        self.filter.textChanged.connect(lambda: self._later.start())
        self.filter.returnPressed.connect(self._find)
        self._later.timeout.connect(self._find)
        self.worst.clicked.connect(self.sort_worst_first)
        self.copy.clicked.connect(self.copy_rows)
        self.save.clicked.connect(self.taking_out.save)
        self.taking_out.message.connect(self.message)
        header.sectionClicked.connect(self._sort)
        header.role_clicked.connect(self.menus.of_roles)
        self.table.chosen.connect(self.chosen)
        self.menus.sort_asked.connect(self._sort)
        self.menus.copy_asked.connect(self.copy_rows)
        self.menus.trace_asked.connect(self.trace_asked)
        self.menus.problem.connect(self.problem)
        samples.sheet_changed.connect(self._show_sheet)
        samples.arranged.connect(self._show_count)
        self._document.changed.connect(self._show_heads)
        theme.themes.changed.connect(self.table.viewport().update)

    # --- showing ----------------------------------------------------------------------------------------

    def _show_sheet(self) -> None:
        show_or_hide(self.why_none, self._samples.problem)
        self._offer_sides()
        wish, columns = self._samples.wish, self.table.rows.columns
        if wish.column is not None and wish.column >= len(columns):
            self._wish(column=None)
        self._show_heads()
        self._show_count()

    def _offer_sides(self) -> None:
        """Let a person choose among the sides of the split that there are."""
        sheet = self._samples.sheet
        count = 0 if sheet is None else len(sheet.splits)
        if self.side.count() != 1 + count:
            self.side.clear()
            self.side.addItems([self.tr("All rows"), *map(self._rows_of, side_names()[:count])])
        if (self._samples.wish.side or 0) >= count:
            self._wish(side=None)
        self.side.setCurrentIndex(0 if self._samples.wish.side is None else self._samples.wish.side + 1)

    def _show_heads(self) -> None:
        data = self._document.experiment.data
        sheet = self._samples.sheet
        if sheet is None or type(sheet.dataset) is not type(data.dataset):
            return  # the samples of these data are on their way
        heads = tuple(
            Head(column, roles.role(data, column), bool(roles.choices(self._document.experiment, column)))
            for column in sheet.columns
        )
        self.table.show_heads(heads)

    def _show_count(self) -> None:
        sheet, arrangement, wish = self._samples.sheet, self._samples.arrangement, self._samples.wish
        self.table.header.show_sorting(wish.column, wish.descending)
        for button in (self.copy, self.save, self.worst):
            button.setVisible(sheet is not None)
        if sheet is None or arrangement is None:
            show_text(self.count, "")
            return
        shown = whole(len(arrangement.rows))
        words = [self.tr("{shown} of {all} rows").format(shown=shown, all=whole(sheet.rows))]
        if wish.column is not None and wish.column < len(sheet.columns):
            column = sheet.columns[wish.column]
            worst = column.meaning is Meaning.LOSS and wish.descending
            text = self.tr("worst first") if worst else self.tr("sorted by {column}")
            words.insert(0, text.format(column=column.name))
        show_text(self.count, " · ".join(words))

    # --- what is wished for -----------------------------------------------------------------------------

    def sort_worst_first(self) -> None:
        """Show the rows first that the network gets wrong most."""
        columns = self.table.rows.columns
        places = [place for place, column in enumerate(columns) if column.meaning is Meaning.LOSS]
        if places:
            self._wish(column=places[0], descending=True)
            self.table.scrollToTop()

    def _sort(self, column: int) -> None:
        wish = self._samples.wish
        loss = self.table.rows.columns[column].meaning is Meaning.LOSS
        self._wish(column=column, descending=not wish.descending if column == wish.column else loss)

    def _find(self) -> None:
        self._later.stop()
        self._wish(words=tuple(self.filter.text().split()))

    def _wish(self, **changes: object) -> None:
        wish = replace(self._samples.wish, **changes)
        if wish != self._samples.wish:
            self._samples.wish_for(wish)

    # --- taking rows elsewhere --------------------------------------------------------------------------

    def copy_rows(self) -> None:
        """Copy the selected rows, or all that are shown."""
        self.taking_out.copy(self._taken())

    def _taken(self) -> NDArray[np.int64]:
        selected, arrangement = self.table.selected_rows(), self._samples.arrangement
        if arrangement is None:
            return selected
        return arrangement.rows[selected] if len(selected) else arrangement.rows
