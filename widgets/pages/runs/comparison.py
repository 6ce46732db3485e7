"""Two runs against one another: what they do otherwise and how each ended, with a note on the first."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from playground.numbers.writing import NONE, epochs, loss
from playground.training.kept_run import KeptRun
from widgets.elided_label import ElidedLabel
from widgets.labels import label, link_button, show_text
from widgets.pages.runs.differences import changed
from widgets.pages.runs.rows import kept_score, run_name
from widgets.pages.runs.run_list import RunList
from widgets.past import Past

MOST = 7
"""Lines of differences that are shown."""


class Comparison(QFrame):
    """The two runs that are selected in the list, or the first of them, or the present, with that before."""

    def __init__(self, runs: RunList, past: Past, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self._list, self._past = runs, past
        self._run: KeptRun | None = None
        self._cells: list[list[ElidedLabel]] = []
        self.title = label("", "heading")
        self.go_on = link_button(
            self.tr("Go on with it"), self.tr("Let its end be the present; undo takes it back.")
        )
        self.more = link_button("⋯", self.tr("What else can be done with this run."))
        self.more.setAccessibleName(self.tr("More"))
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(12)
        self.grid.setVerticalSpacing(5)
        for column, stretch in enumerate((4, 4, 4)):
            self.grid.setColumnStretch(column, stretch)
        self.note = QLineEdit()
        self.note.setPlaceholderText(self.tr("A note on this run"))
        self.note.setAccessibleName(self.tr("Note"))
        self.note.setMaxLength(2000)
        self.note.editingFinished.connect(self._write)
        head = QHBoxLayout()
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self.go_on)
        head.addWidget(self.more)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        column.addLayout(head)
        column.addLayout(self.grid)
        column.addWidget(self.note)

        self.go_on.clicked.connect(runs.go_on_with)
        self.more.clicked.connect(lambda: runs.menu_asked.emit(self.more.mapToGlobal(QPoint(0, 0))))
        runs.note_asked.connect(lambda: self.note.setFocus(Qt.FocusReason.ShortcutFocusReason))
        runs.chosen.connect(self.see)

    def see(self) -> None:
        """Show the runs as they are now."""
        kept, chosen = self._past.kept, [row.kept for row in self._list.selected if row.kept]
        run = chosen[0] if chosen else kept.run(kept.present)
        self.setVisible(run is not None)
        if run is None:
            return
        other = chosen[1] if len(chosen) > 1 else self._list.row_before(run.number)
        before, self._run = self._run, run
        title = self.tr("{run} against {other}") if other else "{run}"
        show_text(self.title, title.format(run=run_name(run), other=other and run_name(other)))
        self.go_on.setVisible(bool(chosen) and run.number != kept.present)
        if before is None or before.number != run.number or not self.note.hasFocus():
            self.note.setText(run.words.note)
        self._tell(_lines(run, other))

    def _tell(self, lines: tuple[tuple[str, str, str], ...]) -> None:
        """Show these lines; as long as they are as many, the words alone change."""
        if len(lines) != len(self._cells):
            while (item := self.grid.takeAt(0)) is not None:
                item.widget().deleteLater()
            self._cells = [self._line(place) for place in range(len(lines))]
        for texts, cells in zip(lines, self._cells, strict=True):
            for text, cell in zip(texts, cells, strict=True):
                if text != cell.text():
                    cell.setText(text)
                    cell.setToolTip(text)

    def _line(self, place: int) -> list[ElidedLabel]:
        cells = []
        for column in range(3):
            cell = ElidedLabel()
            cell.setTextFormat(Qt.TextFormat.PlainText)
            if not column:
                cell.setProperty("role", "muted")
            self.grid.addWidget(cell, place, column)
            cells.append(cell)
        return cells

    def _write(self) -> None:
        if (run := self._run) is not None:
            words = run.words.with_(note=self.note.text())
            self._list.describe(run, self.tr("Note on a run"), words)


def _lines(run: KeptRun, other: KeptRun | None) -> tuple[tuple[str, str, str], ...]:
    """What differs, this run's first; then how both ended."""

    def tr(text: str) -> str:
        return QCoreApplication.translate("Comparison", text)

    found = [] if other is None else changed(other.experiment, run.experiment)
    lines = [(change.what, change.now or NONE, change.was or NONE) for change in found]
    if len(lines) > MOST:
        more = tr("and {count} more").format(count=len(lines) - MOST)
        lines = [*lines[:MOST], (more, "", "")]
    score = tr("R²") if "test_r2" in run.history else tr("Accuracy")
    ends = ((tr("Epochs"), _epochs), (tr("Test loss"), _loss), (score, kept_score))
    lines += [(what, says(run), says(other) if other else "") for what, says in ends]
    return tuple(lines)


def _epochs(run: KeptRun) -> str:
    return epochs(run.epoch)


def _loss(run: KeptRun) -> str:
    return loss(run.last("test_loss"))
