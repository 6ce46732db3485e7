"""The panel that repeats runs over seeds, and shows how much of what is seen is chance."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from playground.analysis.repeats.bands import bands, spread
from playground.analysis.repeats.settings import RepeatSettings
from playground.analysis.repeats.written import as_csv
from playground.files import names
from playground.numbers.writing import duration, figures, percent, whole
from widgets import saving, theme
from widgets.forms import Form
from widgets.forms.control import Combo
from widgets.icons import icon
from widgets.labels import label, link_button, show_or_hide, show_text
from widgets.pages.runs.colours import run_colour
from widgets.pages.runs.repeat.plot import BandPlot, ColouredBands
from widgets.pages.runs.repeat.repeating import Repeated, Repeating
from widgets.pages.runs.repeat.table import SpreadTable
from widgets.sentences import sentence
from widgets.tips import tip
from widgets.workspace import Workspace

Runs = Callable[[], Sequence[Repeated]]
MARGIN = 12


class RepeatPanel(QFrame):
    """Begins it, says how far it is, and shows bands and a table of what is done so far.

    Signals:
        opened: it shows more than before, and needs room.
    """

    opened = Signal()

    def __init__(self, workspace: Workspace, runs: Runs, parent: QWidget | None = None) -> None:
        """`runs` says what would be repeated now."""
        super().__init__(parent)
        self.setProperty("role", "panel")
        self._runs = runs
        self._settings = RepeatSettings()
        self._shown: tuple[object, ...] = ()
        self.repeating = Repeating(workspace.document, workspace.link, self)
        self._make_head()
        self.plot, self.table = BandPlot(), SpreadTable()
        self.problem = label(role="error", wraps=True)
        self.problem.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 10, MARGIN, 10)
        column.setSpacing(8)
        for row in (self._head, self._row, self._state):
            column.addLayout(row)
        column.addWidget(self.problem)
        column.addWidget(self.plot, 1)
        column.addWidget(self.table)
        self.repeating.changed.connect(self._show)
        theme.themes.changed.connect(self._recolour)
        self._recolour()
        self._show()

    def _make_head(self) -> None:
        self.remark = label(self.tr("median and quartiles"), "muted")
        self.csv = link_button(self.tr("CSV"), self.tr("Save what each seed gave, from epoch to epoch."))
        self.csv.clicked.connect(self._save)
        self._head = QHBoxLayout()
        self._head.addWidget(label(self.tr("Over seeds"), "heading"))
        self._head.addStretch(1)
        self._head.addWidget(self.remark)
        self._head.addWidget(self.csv)
        self.form = Form(RepeatSettings, label_width=48)
        self.form.set_value(self._settings)
        self.form.edited.connect(self._choose)
        self.button = QPushButton(self.tr("Repeat"))
        self.button.setToolTip(
            tip(
                self.tr(
                    "Train the run in front, and all that are ticked, to their planned epochs once for each "
                    "seed, while you go on."
                )
            )
        )
        self.button.clicked.connect(self._begin)
        self.column = Combo()
        self.column.setAccessibleName(self.tr("What is shown"))
        self.column.activated.connect(self._show_results)
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        self._row.addWidget(self.form, 1, Qt.AlignmentFlag.AlignVCenter)
        self._row.addWidget(self.button)
        self._make_state()

    def _make_state(self) -> None:
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress"))
        self.told = label(role="muted")
        self.pause, self.cancel = QToolButton(), QToolButton()
        for button in (self.pause, self.cancel):
            button.setAutoRaise(True)
        self.cancel.setToolTip(self.tr("Cancel; what is done stays."))
        self.cancel.setAccessibleName(self.tr("Cancel"))
        self.pause.clicked.connect(self.repeating.pause_or_go_on)
        self.cancel.clicked.connect(self.repeating.cancel)
        self._state = QHBoxLayout()
        self._state.setSpacing(8)
        self._state.addWidget(self.column)
        self._state.addWidget(self.bar, 1)
        for part in (self.told, self.pause, self.cancel):
            self._state.addWidget(part)
        self._state.addStretch(0)

    def end(self) -> None:
        """The window closes."""
        self.repeating.cancel()

    # --- what is asked ----------------------------------------------------------------------------------

    def _choose(self, settings: RepeatSettings, gesture: int, text: str) -> None:
        self._settings = settings
        self.form.set_value(settings)

    def _begin(self) -> None:
        if runs := self._runs():
            self.repeating.begin(runs, self._settings.seeds)
            QTimer.singleShot(0, self.opened)  # once there is room

    def _save(self) -> None:
        suggestion, found = Path(names.suggest("seeds", ".csv")), self.repeating.found
        if path := saving.file_to_save(self, self.tr("Save the seeds"), suggestion, {"CSV (*.csv)": ".csv"}):
            saving.write(self, path, as_csv(found))

    # --- what is shown ----------------------------------------------------------------------------------

    def _recolour(self) -> None:
        self.cancel.setIcon(icon("close", theme.current().muted))
        self._shown = ()
        self._show()

    def _show(self) -> None:
        """Show how far it is, and what is new of it."""
        worker, under_way = self.repeating.worker, self.repeating.under_way
        for part in (self.bar, self.told, self.pause, self.cancel):
            part.setVisible(under_way)
        found = self.repeating.found
        for part in (self.plot, self.table, self.column, self.csv, self.remark):
            part.setVisible(bool(found))
        problem = worker.problem if worker is not None else None
        show_or_hide(self.problem, sentence(problem) if problem is not None else "")
        if not found:
            self._shown = ()
            return
        if under_way and worker is not None:
            self._tell_progress(worker.progress, worker.seconds_left, worker.paused)
        done = tuple(run.done for run in found)
        if done != self._shown:
            self._shown = done
            self._offer_columns()
            self._show_results()

    def _tell_progress(self, progress: float, left: float | None, paused: bool) -> None:
        self.bar.setValue(round(100 * progress))
        words = self.tr("paused") if paused else ""
        if left is not None and not paused:
            words = self.tr("{time} left").format(time=duration(left))
        show_text(self.told, words)
        name = self.tr("Go on") if paused else self.tr("Pause")
        self.pause.setIcon(icon("run" if paused else "pause", theme.current().muted))
        self.pause.setToolTip(name)
        self.pause.setAccessibleName(name)

    def _offer_columns(self) -> None:
        known = {name for run in self.repeating.found for each in run.done for name in each.history}
        titles = {
            "test_loss": self.tr("Test loss"), "train_loss": self.tr("Training loss"),
            "test_accuracy": self.tr("Test accuracy"), "train_accuracy": self.tr("Training accuracy"),
            "test_r2": self.tr("Test R²"), "train_r2": self.tr("Training R²"),
        }  # fmt: skip
        offered = [name for name in titles if name in known] or ["test_loss"]
        if offered != [self.column.itemData(index) for index in range(self.column.count())]:
            self.column.clear()
            for name in offered:
                self.column.addItem(titles[name], name)

    def _show_results(self) -> None:
        repeated, worker, column = self.repeating.found, self.repeating.worker, self.column.currentData()
        if not repeated:
            return
        found, rows = [], []
        is_loss = column.endswith("loss")
        for run in repeated:
            seen, colour = bands(run.done, column), run_colour(run.colour)
            if seen is not None:
                found.append(ColouredBands(run.name, seen, colour))
            rows.append((run.name, colour, spread(run.done, column, not is_loss)))
        self.plot.show_bands(found)
        write = _percent if column.endswith("accuracy") else _short
        self.table.show_spreads(rows, write)
        most = max(len(run.done) for run in repeated)
        count = worker.repetitions[0].count if worker is not None else most
        words = self.tr("median and quartiles of {seeds} seeds").format(seeds=whole(most))
        if most < count:
            words = self.tr("median and quartiles of {done} of {seeds} seeds").format(
                done=whole(most), seeds=whole(count)
            )
        show_text(self.remark, words)


def _percent(number: float) -> str:
    return percent(number, 1)


def _short(number: float) -> str:
    return figures(number, 3)
