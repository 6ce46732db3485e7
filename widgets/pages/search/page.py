"""The page Search: what varies at the left, and all trials, seen in many ways, beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from playground.search.judging import narrowed
from playground.search.records import TrialRecord
from playground.value import InvalidValue
from widgets.docks import MARGIN
from widgets.forms.both_ways import pop_up
from widgets.pages.page import Page
from widgets.pages.search.head import SearchHead
from widgets.pages.search.opening import TrialOpening
from widgets.pages.search.searching import Searching, SearchStage
from widgets.pages.search.settings_panel import SearchSettings
from widgets.pages.search.views import TrialViews
from widgets.sentences import sentence
from widgets.workspace import Workspace

SETTINGS = 300


class SearchPage(Page):
    """A search goes on while other pages are in front, and ends with the window; its study stays."""

    has_run_bar = False

    def __init__(self, workspace: Workspace, parent: QWidget) -> None:
        super().__init__(workspace, parent)
        self.searching = Searching(workspace)
        self.searching.setParent(self)
        self.opening = TrialOpening(workspace, self.searching)
        self.bar = SearchHead(self.searching)
        self.settings = SearchSettings(workspace)
        self.views = TrialViews()
        self._lay_out()
        self.searching.changed.connect(self._show)
        self.searching.told.connect(lambda words, bad: workspace.notice.say(words, bad=bad))
        self.searching.thinking.thought.connect(self.views.show_shares)
        workspace.search.changed.connect(self.bar.show_state)
        self.bar.best_asked.connect(self._use_best)
        self.bar.narrow_asked.connect(self._narrow)
        self.views.opened.connect(self._act)
        self.views.menu_asked.connect(self._offer)

    def _lay_out(self) -> None:
        centre = QWidget()
        self.settings.setFixedWidth(SETTINGS)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.settings)
        row.addWidget(self.views, 1)
        column = QVBoxLayout(centre)
        column.setContentsMargins(MARGIN, 8, MARGIN, 4)
        column.setSpacing(8)
        column.addLayout(self.head)
        column.addWidget(self.bar)
        column.addLayout(row, 1)
        self.setCentralWidget(centre)

    # --- what a page does -------------------------------------------------------------------------------

    @property
    def running(self) -> bool | None:
        """Whether a search runs."""
        return self.searching.stage in (SearchStage.RUNS, SearchStage.OPENS)

    def calls(self) -> dict[str, Callable[[], object]]:
        """Space begins, pauses and goes on."""
        return super().calls() | {"run": self._begin_or_pause}

    def keys(self) -> dict[str, str]:
        """Those of the views and of the table."""
        return {
            "Enter": self.tr("On a trial in the table or in a view, open it"),
            "← →": self.tr("In a view of trials, go from one to the next"),
            "↑ ↓": self.tr("On an axis of all settings, move what is chosen of it; with Shift its lower end"),
            self.tr("Del"): self.tr("On the axes of all settings, choose all trials again"),
        }

    def take_focus(self) -> None:
        """Let the keyboard read the trials."""
        self.views.table.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """See what became of the study."""
        super().showEvent(event)
        self.searching.watch(True)
        self.searching.look()

    def hideEvent(self, event: QHideEvent) -> None:
        """Look only as long as something is searched here."""
        super().hideEvent(event)
        self.searching.watch(False)

    def end(self) -> None:
        """Look no more; the workers end with the document, and give back what they have."""
        self.searching.end()
        self.opening.end()

    # --- the search -------------------------------------------------------------------------------------

    def _begin_or_pause(self) -> None:
        if self.searching.stage is SearchStage.RESTS:
            self.searching.begin()
        else:
            self.searching.pause_or_go_on()

    def _show(self) -> None:
        sight = self.searching.sight
        if sight is not None and sight.trials is not self.views.trials:
            self.views.show_trials(sight.trials)
        self.offers_changed.emit()

    def _records(self) -> Mapping[int, TrialRecord]:
        gathered = self.searching.gathered
        return {} if gathered is None else gathered.records

    def _use_best(self) -> None:
        best = self.views.trials.best
        if best is not None:
            self.opening.use(self._records()[best])

    def _narrow(self) -> None:
        """Search on around the best tenth, in a study of its own."""
        planned, gathered = self.workspace.search, self.searching.gathered
        if gathered is None:
            return
        try:
            found = narrowed(gathered.plan, gathered.records.values())
            plan = planned.plan.with_(variations=found.variations, study="")
        except InvalidValue as problem:
            self.workspace.notice.say(sentence(problem.text))
            return
        self.searching.stop()
        planned.edit(plan, self.tr("Coarse to fine"))
        self.searching.forget()
        self.searching.begin()

    # --- one trial --------------------------------------------------------------------------------------

    def _act(self, row: int) -> None:
        """Open a trial, watch one that is under way, or say why one failed."""
        record = self._records().get(row)
        if record is None or record.state == "waiting":
            return
        if record.state == "running":
            self.views.table.select(row)
        elif record.reason is not None:
            self._explain(record)
        else:
            self.opening.open(record)

    def _explain(self, record: TrialRecord) -> None:
        words = self.tr("Trial {number} failed: {why}")
        self.workspace.notice.say(words.format(number=record.number, why=sentence(record.reason)))

    def _offer(self, row: int, place: QPoint) -> None:
        pop_up(self.menu(row), place)

    def menu(self, row: int) -> QMenu:
        """What can be done with a trial."""
        menu, record = QMenu(self), self._records().get(row)
        if record is not None and record.settings:
            if record.reason is None and record.ended:
                menu.addAction(self.tr("Open with its weights"), partial(self.opening.open, record))
            menu.addAction(self.tr("Use its settings"), partial(self.opening.use, record))
            if record.reason is not None:
                menu.addAction(self.tr("Why it failed"), partial(self._explain, record))
            menu.addSeparator()
        self.views.table.add_sorting(menu)
        self.views.table.add_copy(menu)
        return menu
