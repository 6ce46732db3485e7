"""The dialog of a table of one's own: how it is read, what it holds, what is predicted from what."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QMenu,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from playground.data import OwnTable, TableSeries
from playground.data.tables.column import KINDS
from playground.data.tables.reading import Reading
from playground.numbers.writing import whole
from widgets.dialogs.parts import ProgressLine, choice, framed, plain
from widgets.dialogs.tables.columns import KIND, ROW, USE, ColumnsList, kind_word, uses
from widgets.dialogs.tables.edges import EdgesButton
from widgets.dialogs.tables.layout_form import ReadingForm
from widgets.dialogs.tables.plan import TablePlan
from widgets.dialogs.tables.reader import Guessed, TableReader
from widgets.forms import control_for
from widgets.labels import label, show_or_hide
from widgets.sentences import counted, sentence, shown_field
from widgets.tab_order import ReadingOrder

SIZE = QSize(960, 640)
PREVIEW_ROWS, PREVIEW_COLUMNS = 8, 200


class TableDialog(ReadingOrder, QDialog):
    """Reads a table and lets all that was guessed be mended; nothing is changed before it is accepted.

    Signals:
        taken: the dataset that was made of it, and how it was read.
    """

    taken = Signal(object, Reading)

    def __init__(self, source: Path | str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Open data"))
        self.resize(SIZE if parent is None else SIZE.boundedTo(parent.size()))
        self.reader = TableReader(source, self)
        self.reading = Reading()
        self.plan: TablePlan | None = None
        self._chosen: TablePlan | None = None
        self._read_as = Reading()
        self._make_parts(source)
        self._lay_out()
        self.form.edited.connect(self._read)
        self.edges.chosen.connect(self.reader.take_edges)
        self.edges.chosen.connect(lambda _: self._read(self.reading))
        self.columns.clicked.connect(self._offer)
        self.missing.edited.connect(self._choose_missing)
        self.progress.stop.clicked.connect(self._stop)
        self.buttons.accepted.connect(self._build)
        self.buttons.rejected.connect(self.reject)
        self.reader.progressed.connect(self.progress.show_share)
        self.reader.ended.connect(self._show_state)

    def begin(self) -> None:
        """Find out how the table is written, and read it."""
        self.reader.guess(self._take_guess, self._refuse)
        self._show_state()

    def done(self, result: int) -> None:
        """Close, and stop what is under way."""
        self.reader.close()
        super().done(result)

    # --- assembly ---------------------------------------------------------------------------------------

    def _make_parts(self, source: Path | str) -> None:
        name = self.tr("Cells from the clipboard") if isinstance(source, str) else source.name
        self.name = label(name, "heading")
        self.facts = label("", "muted")
        self.edges = EdgesButton(source)
        self.form = ReadingForm(source)
        self.preview = QTableWidget()
        self.preview.setAccessibleName(self.tr("First rows"))
        plain(self.preview, ROW)
        self.preview.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.columns = ColumnsList()
        self.missing = control_for(shown_field(OwnTable, "missing"))
        self.missing.set_value("drop")
        self.problem, self.remarks = label("", "error", wraps=True), label("", "muted", wraps=True)
        self.progress = ProgressLine()
        self.buttons, self.ok = choice(self.tr("Learn from it"))

    def _lay_out(self) -> None:
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.addWidget(self.name)
        head.addWidget(self.facts, 1)
        head.addWidget(self.edges)
        title = label(self.missing.field.title, "muted")
        title.setBuddy(self.missing.inputs[0])
        foot.addWidget(title)
        foot.addWidget(self.missing)
        foot.addStretch(1)
        foot.addWidget(self.buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self.form)
        column.addWidget(framed(self.preview), 2)
        column.addWidget(framed(self.columns), 3)
        column.addWidget(self.remarks)
        column.addWidget(self.problem)
        column.addWidget(self.progress)
        column.addLayout(foot)

    # --- reading ----------------------------------------------------------------------------------------

    def _take_guess(self, guessed: Guessed) -> None:
        self.form.show_reading(guessed.reading, guessed.sheets)
        self._read(guessed.reading)

    def _read(self, how: Reading) -> None:
        """Read it so, keeping what was chosen of columns that are still there."""
        self.reading = how
        self.reader.read(how, self._chosen, self._show_read, self._show_none)
        self._show_state()

    def _stop(self) -> None:
        """Leave it as it was read before."""
        self.reader.cancel()
        if self.plan is not None:
            self.reading = self._read_as
            self.form.show_reading(self.reading)
        self._refuse(self.tr("Reading was stopped.") if self.plan is None else "")

    def _show_read(self, plan: TablePlan) -> None:
        self._read_as = self.reading
        self._show_plan(plan)

    def _show_none(self, words: str) -> None:
        """Say why it cannot be read so; what was chosen of its columns is kept for when it can."""
        self.plan = None
        self.facts.setText("")
        self.preview.setRowCount(0)
        self.preview.setColumnCount(0)
        self.columns.columns.show_plan(None)
        self._refuse(words)

    def _refuse(self, words: str) -> None:
        """Say what is wrong; what was chosen stays, to be mended."""
        show_or_hide(self.problem, words)
        self._show_state()

    def _show_plan(self, plan: TablePlan) -> None:
        other = self.plan is None or plan.table.beginning is not self.plan.table.beginning
        self.plan = plan
        table = plan.table
        rows, columns = whole(table.rows), whole(len(plan.facts))
        facts = [self.tr("{rows} rows · {columns} columns").format(rows=rows, columns=columns)]
        if table.graph is not None:
            facts.append(counted("{count} edge", "{count} edges", len(table.graph.edges)))
        self.facts.setText(" · ".join(facts))
        show_or_hide(self.problem, "")
        show_or_hide(self.remarks, "  ".join(map(sentence, plan.remarks)))
        if other:
            self._show_first_rows(plan)
        self.columns.columns.show_plan(plan)
        self._show_state()

    def _show_first_rows(self, plan: TablePlan) -> None:
        rows = plan.table.head(PREVIEW_ROWS)
        names = [fact.name for fact in plan.facts[:PREVIEW_COLUMNS]]
        self.preview.setColumnCount(len(names))
        self.preview.setRowCount(len(rows))
        self.preview.setHorizontalHeaderLabels(names)
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells[:PREVIEW_COLUMNS]):
                self.preview.setItem(row, column, QTableWidgetItem(cell))

    def _show_state(self) -> None:
        busy = self.reader.busy
        self.progress.setVisible(busy)
        self.ok.setEnabled(
            not busy
            and bool(self.plan and (self.plan.targets or self.plan.series))
            and not self.problem.text()
        )
        gaps = self.plan is not None and any(fact.missing for fact in self.plan.facts)
        self.missing.setEnabled(gaps)
        chosen = self.plan is not None and (self.plan.targets or self.plan.series)
        if self.plan is not None and not chosen and not busy and not self.problem.text():
            show_or_hide(self.problem, self.tr("Choose the column to predict: click what it is used as."))

    # --- choosing ---------------------------------------------------------------------------------------

    def _offer(self, index: QModelIndex) -> None:
        """Open the menu of what was clicked."""
        if self.plan is None or self.reader.busy or index.column() not in (USE, KIND):
            return
        menu = QMenu(self.columns)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        fact = self.plan.facts[index.row()]
        if index.column() == KIND:
            for kind in KINDS:
                action = menu.addAction(kind_word(kind))
                action.setCheckable(True)
                action.setChecked(kind == fact.kind)
                action.triggered.connect(partial(self._take_as, fact.name, kind))
        else:
            for words, plan in uses(self.plan, fact.name):
                menu.addAction(words).triggered.connect(partial(self._show_choice, plan))
        if menu.actions():
            menu.popup(self.columns.viewport().mapToGlobal(self.columns.visualRect(index).bottomLeft()))

    def _show_choice(self, plan: TablePlan) -> None:
        self._chosen = plan
        show_or_hide(self.problem, "")
        self._show_plan(plan)

    def _take_as(self, name: str, kind: str) -> None:
        plan = self.plan
        assert plan is not None
        self.reader.run(lambda: plan.taken_as(name, kind), self._show_choice, self._refuse)
        self._show_state()

    def _choose_missing(self, value: str, *_: object) -> None:
        self.missing.set_value(value)
        if self.plan is not None:
            self._show_choice(self.plan.with_missing(value))

    def _build(self) -> None:
        """Make a dataset of it; when that cannot be, the dialog says why and stays."""
        plan = self.plan
        assert plan is not None
        self.reader.run(plan.dataset, self._accept_dataset, self._refuse)
        self._show_state()

    def _accept_dataset(self, dataset: OwnTable | TableSeries) -> None:
        self.taken.emit(dataset, self.reading)
        self.accept()
