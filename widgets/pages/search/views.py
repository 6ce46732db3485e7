"""All views of the trials, and what leads from one to another: pointing, choosing, selecting."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from playground.files import names
from playground.numbers.writing import whole
from widgets import saving
from widgets.forms.control import Combo
from widgets.labels import label, link_button, show_text
from widgets.pages.search.frames import ViewFrame, titled
from widgets.plots.trials.best import BestSoFarPlot
from widgets.plots.trials.contour import ContourPlot
from widgets.plots.trials.curves import AllTrialsPlot
from widgets.plots.trials.importance import ImportanceBars
from widgets.plots.trials.parallel import NOTHING_CHOSEN, ParallelPlot
from widgets.plots.trials.pareto import ParetoPlot
from widgets.plots.trials.slice import SlicePlot
from widgets.plots.trials.table import TrialTable
from widgets.plots.trials.trial_columns import Rows, TrialColumns
from widgets.plots.trials.trial_figure import TrialFigure

ALL, ONE, TWO = range(3)
TURN = 25
"""Milliseconds between two views that take new trials."""
BEST, FRONT = range(2)


class TrialViews(QWidget):
    """Curves, best so far, settings against the goal, what matters, and the table.

    Signals:
        opened: the row of a trial that is to be opened, watched or explained.
        menu_asked: what can be done with a trial is to be offered at a place.
    """

    opened = Signal(int)
    menu_asked = Signal(int, QPoint)

    def __init__(self) -> None:
        super().__init__()
        self.trials = TrialColumns()
        self.curves, self.best, self.pareto = AllTrialsPlot(), BestSoFarPlot(), ParetoPlot()
        self.parallel, self.slice, self.contour = ParallelPlot(), SlicePlot(), ContourPlot()
        self.bars, self.table = ImportanceBars(), TrialTable()
        self.figures: tuple[TrialFigure, ...] = (
            self.curves, self.best, self.pareto, self.parallel, self.slice, self.contour,
        )  # fmt: skip
        self.across, self.upwards = Combo(), Combo()
        self.count = label("", "muted")
        self.all = link_button(self.tr("show all"), self.tr("Show all trials again."))
        self._waiting: list[Callable[[], None]] = []
        self._turns = QTimer(self, interval=TURN)
        self._turns.timeout.connect(self._show_next)
        self.csv = link_button(self.tr("CSV"), self.tr("Save the trials as a table."))
        self._make_frames()
        self._lay_out()
        self._connect()
        self.show_trials(self.trials)
        self._see_tab()

    def _make_frames(self) -> None:
        self.all_trials = ViewFrame([self.tr("All trials")], [self.curves])
        self.all_trials.remark.setText(self.tr("hover one · Enter opens it"))
        self.progress = ViewFrame([self.tr("Best so far"), self.tr("Pareto front")], [self.best, self.pareto])
        self.settings = ViewFrame(
            [self.tr("All settings"), self.tr("One"), self.tr("Two")],
            [self.parallel, self.slice, self.contour],
            [self.across, self.upwards],
        )
        self.matters = ViewFrame([self.tr("What matters")], [self.bars])
        self.matters.remark.setText(self.tr("fANOVA"))
        for frame, tip in (
            (self.all_trials, self.tr("What was measured of each trial, epoch by epoch.")),
            (self.matters, self.tr("The share of each setting in the differences between trials.")),
        ):
            frame.remark.setToolTip(tip)
        self.across.setAccessibleName(self.tr("Setting across"))
        self.upwards.setAccessibleName(self.tr("Setting upwards"))

    def _lay_out(self) -> None:
        below = titled(self.tr("Trials"), self.table, [self.count, self.all, self.csv])
        self.split = QSplitter(Qt.Orientation.Vertical)
        for left, right in ((self.all_trials, self.progress), (self.settings, self.matters)):
            row = QSplitter()
            row.addWidget(left)
            row.addWidget(right)
            row.setSizes([620, 360])  # shares
            row.setChildrenCollapsible(False)
            self.split.addWidget(row)
        self.split.addWidget(below)
        self.split.setSizes([290, 240, 200])  # shares
        self.split.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.split)

    def _connect(self) -> None:
        for figure in self.figures:
            figure.trial_pointed.connect(self._point)
            figure.trial_chosen.connect(self.table.select)
            figure.trial_opened.connect(self.opened)
        self.table.trial_pointed.connect(self._point)
        self.table.trial_opened.connect(self.opened)
        self.table.menu_asked.connect(self.menu_asked)
        self.parallel.rows_chosen.connect(self._choose)
        self.bars.setting_chosen.connect(self._show_one)
        self.all.clicked.connect(lambda: self.parallel.choose(NOTHING_CHOSEN))
        self.csv.clicked.connect(self._save)
        self.across.activated.connect(self._show_settings)
        self.upwards.activated.connect(self._show_settings)
        for tab in self.settings.tabs:
            tab.clicked.connect(self._see_tab)

    # --- showing ----------------------------------------------------------------------------------------

    def show_trials(self, trials: TrialColumns) -> None:
        """Show these; views that are behind others take them when they come to the front."""
        anew = trials.origin is not self.trials.origin
        self.trials = trials
        self._offer_settings()
        two = len(trials.goals) > 1
        self.progress.tabs[FRONT].setVisible(two)
        if not two and self.progress.view is self.pareto:
            self.progress.show_view(BEST)
        self._waiting = [self._show_table, *self._shown_figures()]
        if anew:
            self._show_all()
        elif not self._turns.isActive():
            self._turns.start()

    def _shown_figures(self) -> list[Callable[[], None]]:
        """What shows the newest trials in each view that is in sight; others take them once they are seen."""
        seen = (each for each in self.figures if not each.isHidden() or each is self.parallel)
        return [partial(self._show_figure, each) for each in seen]

    def _show_figure(self, figure: TrialFigure) -> None:
        figure.show_trials(self.trials)

    def _show_table(self) -> None:
        self.table.show_trials(self.trials)
        self._say_count(self.parallel.chosen())

    def _show_next(self) -> None:
        """One view after the other, so that all of them together keep no frame."""
        if self._waiting:
            self._waiting.pop(0)()
        else:
            self._turns.stop()

    def _show_all(self) -> None:
        while self._waiting:
            self._waiting.pop(0)()
        self._see_tab()

    def show_shares(self, shares: Mapping[str, float], titles: Mapping[str, str]) -> None:
        """Show what matters."""
        self.bars.show_shares(shares, titles)

    def _offer_settings(self) -> None:
        titles = [(each.title, each.place) for each in self.trials.settings]
        for combo, usual in ((self.across, 0), (self.upwards, 1)):
            if [(combo.itemText(each), combo.itemData(each)) for each in range(combo.count())] != titles:
                combo.clear()
                for title, place in titles:
                    combo.addItem(title, place)
                combo.setCurrentIndex(min(usual, combo.count() - 1))

    def _see_tab(self) -> None:
        view = self.settings.view
        self.across.setVisible(view is not self.parallel and self.across.count() > 0)
        self.upwards.setVisible(view is self.contour and self.upwards.count() > 1)
        words = self.tr("drag along an axis to choose") if view is self.parallel else ""
        show_text(self.settings.remark, words)
        self._show_settings()
        for frame in (self.settings, self.progress):
            if isinstance(frame.view, TrialFigure) and frame.view.trials is not self.trials:
                frame.view.show_trials(self.trials)

    def _show_settings(self) -> None:
        across, upwards = self.across.currentData() or "", self.upwards.currentData() or ""
        self.slice.show_setting(across)
        self.contour.show_settings(across, upwards)

    def _show_one(self, place: str) -> None:
        self.across.setCurrentIndex(max(self.across.findData(place), 0))
        self.settings.show_view(ONE)
        self._see_tab()

    # --- pointing and choosing --------------------------------------------------------------------------

    def _point(self, row: object) -> None:
        shown = row if isinstance(row, int) else self.table.selected
        for figure in self.figures:
            figure.point_to(shown)

    def _save(self) -> None:
        kinds, suggestion = {self.tr("Table (*.csv)"): ".csv"}, Path(names.suggest(self.tr("Trials"), ".csv"))
        if path := saving.file_to_save(self, self.tr("Save the trials"), suggestion, kinds):
            saving.write(self, path, self.table.as_csv())

    def _choose(self, rows: Rows | None) -> None:
        self.table.choose(rows)
        self._say_count(rows)

    def _say_count(self, rows: Rows | None) -> None:
        self.all.setVisible(rows is not None)
        words = self.tr("sorted by a click on a title")
        if rows is not None:
            words = self.tr("{count} of {total} chosen").format(
                count=whole(len(rows)), total=whole(len(self.trials))
            )
        show_text(self.count, words)
