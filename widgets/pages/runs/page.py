"""The page Runs: this run and others beside it, trained in lockstep, their losses over one another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from playground.numbers.writing import storage, whole
from playground.training.snapshot import Snapshot, State
from widgets import theme
from widgets.beside import BesideRun
from widgets.docks import MARGIN, Panel, PanelDocks
from widgets.elided_label import ElidedLabel
from widgets.labels import label, show_text
from widgets.pages.page import Page
from widgets.pages.runs.colours import run_colour
from widgets.pages.runs.comparison import Comparison
from widgets.pages.runs.curves import RunCurves
from widgets.pages.runs.lockstep.row import SideBySide
from widgets.pages.runs.lockstep.settings import BesideSettings
from widgets.pages.runs.plot import LossesPlot
from widgets.pages.runs.repeat.chosen import repeated
from widgets.pages.runs.repeat.panel import RepeatPanel
from widgets.pages.runs.run_list import RunList
from widgets.pages.runs.side import SideColumn
from widgets.pages.runs.traffic import Traffic
from widgets.preferences import Preferences
from widgets.rest import Rest
from widgets.scrubber.scrubber import Scrubber
from widgets.tips import tip
from widgets.workspace import Workspace

SETTINGS = 284, 320
"""The width of the settings at first: at least, and at most."""
LIST_PAUSE, CURVES_PAUSE = 150, 120
"""Milliseconds between two pictures of the list, and of the curves, while training runs."""


class RunsPage(Page):
    """A list of the runs, what each makes of the data, their losses, and the settings of one of them."""

    has_line_of_time = True

    def __init__(self, workspace: Workspace, parent: QWidget) -> None:
        super().__init__(workspace, parent)
        self.runs = workspace.runs
        self._list_rest = Rest(self._show_rows, LIST_PAUSE, self)
        self._curves_rest = Rest(self._show_plot, CURVES_PAUSE, self)
        self._make_centre()
        self._make_dock()
        self.runs.changed.connect(self._see_runs)
        self.runs.edited.connect(self._show_rows)
        workspace.link.seen_beside.connect(self._see_beside)
        workspace.document.changed.connect(self._show_rows)
        workspace.link.past.changed.connect(self._show_moment)
        theme.themes.changed.connect(self.table.recolour)
        theme.themes.changed.connect(self._show_moment)
        self._see_runs()

    # --- assembly ---------------------------------------------------------------------------------------

    def _make_left(self) -> SideColumn:
        """The list, what tells two runs apart, and what comes of other seeds."""
        self.table = RunList(self.workspace)
        self.traffic = Traffic(self.workspace, self.table)
        self.table.shown.connect(self._show_plot)
        self.table.chosen.connect(self._show_moment)
        self.another_seed = _button(
            self.tr("Another seed beside it"),
            self.tr("Begin the same experiment again, from other random numbers."),
        )
        self.from_here = _button(
            self.tr("From here, to be changed"),
            self.tr("Go on from this moment once more beside it, with other settings of the training."),
        )
        self.another_seed.clicked.connect(self.runs.begin_with_another_seed)
        self.from_here.clicked.connect(self.runs.begin_from_here)
        buttons = QHBoxLayout()
        for button in (self.another_seed, self.from_here):
            buttons.addWidget(button)
        buttons.addStretch(1)
        rule = self.tr(
            "Every new start begins a run, and what an edit changes on the way is a mark on it. "
            "The file keeps the curves of 100 runs, and moments of them up to 64 MB."
        )
        self.how_large = label("", "muted")
        self.how_large.setToolTip(tip(rule))
        self.comparison = Comparison(self.table, self.workspace.link.past)
        self.repeat = RepeatPanel(self.workspace, partial(repeated, self.workspace, self.table))
        column = QVBoxLayout()
        column.addWidget(panel(self.tr("Runs"), self.traffic.head(self.how_large), self.table, buttons), 1)
        column.addWidget(self.comparison)
        column.addWidget(self.repeat)
        side = SideColumn(column)
        self.repeat.opened.connect(lambda: side.ensureWidgetVisible(self.repeat))
        return side

    def _make_right(self) -> QWidget:
        """Runs side by side, their curves over one another, and the line of time."""
        self.side_by_side = SideBySide(self.workspace)
        self.side_by_side.settings_asked.connect(self._show_settings)
        self.plot = LossesPlot()
        self.curves = RunCurves(self.workspace, self.plot)
        self.scrubber = Scrubber(self.workspace.link.past)
        keys = ElidedLabel(self.tr("drag along time · Enter goes on from there · Esc comes back"))
        keys.setProperty("role", "muted")
        keys.setToolTip(tip(keys.text()))
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.side_by_side, 1)
        column.addWidget(self.curves, 1)
        column.addWidget(panel(self.tr("Go back"), keys, self.scrubber))
        return right

    def _make_centre(self) -> None:
        centre, split = QWidget(), QSplitter()
        split.setChildrenCollapsible(False)
        for half, share in ((self._make_left(), 2), (self._make_right(), 3)):
            split.addWidget(half)
            split.setStretchFactor(split.count() - 1, share)
        split.setSizes([440, 660])  # shares
        column = QVBoxLayout(centre)
        column.setContentsMargins(MARGIN, 8, MARGIN, 0)
        column.setSpacing(8)
        column.addLayout(self.head)
        column.addWidget(split, 1)
        self.setCentralWidget(centre)

    def _make_dock(self) -> None:
        def suit() -> None:
            least, most = SETTINGS
            width = max(least, min(most, self.width() // 4))
            self.resizeDocks([self.docks["settings"]], [width], Qt.Orientation.Horizontal)

        right = Qt.DockWidgetArea.RightDockWidgetArea
        self.docks = PanelDocks(self, [Panel("settings", self.tr("Settings of a run"), right)], suit)
        self.settings = BesideSettings(self.docks["settings"].place)
        self.docks["settings"].hold(self.settings)

    # --- what a page does -------------------------------------------------------------------------------

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the first run, and the others as they are known; while training runs, only now and then."""
        resting = snapshot.state is not State.RUNNING
        self._list_rest.ask(at_once=resting)
        self._curves_rest.ask(at_once=resting)

    def view_actions(self) -> Sequence[QAction]:
        """Show and hide the settings of a run beside the one in front."""
        return [dock.toggleViewAction() for dock in self.docks.values()]

    def calls(self) -> dict[str, Callable[[], object]]:
        """Names and deletes runs."""
        return super().calls() | {
            "rename": self.table.rename,
            "delete": self.table.delete,
            "go_back": self.scrubber.line.setFocus,
        }

    def keys(self) -> dict[str, str]:
        """Those of the list and of the line of time."""
        return {
            "Enter": self.tr(
                "In the list of runs, draw the losses of a run or not; on the line of time, go on from there"
            ),
            "← →": self.tr("On the line of time, look an epoch further back or on"),
            "Esc": self.tr("On the line of time, come back to the present"),
        }

    def take_focus(self) -> None:
        """Let the keyboard read the list."""
        self.table.setFocus()

    def reset_layout(self) -> None:
        """Put the settings back to their place."""
        self.docks.reset()
        self.docks["settings"].setVisible(self.settings.run is not None)

    def restore(self, preferences: Preferences) -> None:
        """Put the settings where they were."""
        self.docks.restore(preferences.layout("runs"))
        self.docks["settings"].setVisible(self.settings.run is not None)

    def keep(self, preferences: Preferences) -> None:
        """Keep where the settings are."""
        preferences.keep_layout("runs", self.saveState())

    def end(self) -> None:
        """Repeat and read no more; the window closes."""
        self.repeat.end()
        self.traffic.end()

    # --- the runs ---------------------------------------------------------------------------------------

    def _see_runs(self) -> None:
        """Others are beside the one in front now."""
        if self.settings.run not in self.runs.runs:
            self.settings.show_run(None)
            self.docks["settings"].hide()
        self._show_rows()
        self._show_plot()

    def _show_settings(self, run: BesideRun) -> None:
        self.settings.show_run(run)
        self.docks["settings"].show()

    def _see_beside(self) -> None:
        front = self.workspace.link.latest
        if self.isVisible() and front is not None:
            self.settings.see()
            if front.state is not State.RUNNING:  # else it comes with the next of the one in front
                self.show_snapshot(front)

    def _show_rows(self) -> None:
        first = self.workspace.link.latest
        self.table.see()
        self.comparison.see()
        self._show_moment()
        if first is not None:
            said = self.tr("{count} · {size}")
            show_text(
                self.how_large, said.format(count=whole(len(first.kept.runs)), size=storage(first.kept.size))
            )
        can = first is not None and first.state is not State.BLOCKED and bool(self.runs.room)
        self.another_seed.setEnabled(can)
        self.from_here.setEnabled(can)

    def _show_plot(self) -> None:
        self.curves.show_rows([row for row in self.table.rows if row.ticked])

    def _show_moment(self) -> None:
        self.scrubber.choose(self.table.run.number if self.table.run else None)
        number = self.scrubber.number
        colours = {row.kept.number: row.colour for row in self.table.rows if row.kept is not None}
        self.scrubber.colour = run_colour(colours.get(number or 0, 0))
        looking = self.workspace.link.past.looking
        self.plot.mark(None if looking is None else looking[1])


def _button(text: str, tip: str) -> QPushButton:
    button = QPushButton(text)
    button.setToolTip(tip)
    return button


def panel(title: str, remark: QWidget, content: QWidget, below: QHBoxLayout | None = None) -> QFrame:
    """A panel with a head line: its name at the left, a remark at the right."""
    frame = QFrame()
    frame.setProperty("role", "panel")
    head = QHBoxLayout()
    head.addWidget(label(title, "heading"))
    head.addStretch(1)
    head.addWidget(remark)
    column = QVBoxLayout(frame)
    column.setContentsMargins(12, 10, 12, 10)
    column.addLayout(head)
    column.addWidget(content, 1)
    if below is not None:
        column.addLayout(below)
    return frame
