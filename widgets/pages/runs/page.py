"""The page Runs: this run and others beside it, trained in lockstep, their losses over one another."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSplitter, QVBoxLayout, QWidget

from playground.training.snapshot import Snapshot, State
from widgets import theme
from widgets.beside import BesideRun
from widgets.docks import MARGIN, Panel, PanelDocks
from widgets.labels import label
from widgets.pages.page import Page
from widgets.pages.runs.differences import differences
from widgets.pages.runs.lockstep.row import SideBySide
from widgets.pages.runs.lockstep.settings import BesideSettings
from widgets.pages.runs.plot import LossesPlot
from widgets.pages.runs.table import Row, RunsTable
from widgets.preferences import Preferences
from widgets.workspace import Workspace

SETTINGS = 284, 320
"""The width of the settings at first: at least, and at most."""


class RunsPage(Page):
    """A list of the runs, what each makes of the data, their losses, and the settings of one of them."""

    def __init__(self, workspace: Workspace, parent: QWidget) -> None:
        super().__init__(workspace, parent)
        self.runs = workspace.runs
        self._turn = 0
        self._make_buttons()
        self._make_centre()
        self._make_dock()
        self.runs.changed.connect(self._see_runs)
        self.runs.edited.connect(self._show_rows)
        workspace.link.seen_beside.connect(self._see_beside)
        workspace.document.changed.connect(self._show_rows)
        theme.themes.changed.connect(self.table.recolour)
        self._see_runs()

    # --- assembly ---------------------------------------------------------------------------------------

    def _make_buttons(self) -> None:
        self.another_seed = self._button(
            self.tr("Another seed beside it"),
            self.tr("Begin the same experiment again, from other random numbers."),
        )
        self.from_here = self._button(
            self.tr("From here, to be changed"),
            self.tr("Go on from this moment once more beside it, with other settings of the training."),
        )
        self.another_seed.clicked.connect(self.runs.begin_with_another_seed)
        self.from_here.clicked.connect(self.runs.begin_from_here)

    def _button(self, text: str, tip: str) -> QPushButton:
        button = QPushButton(text)
        button.setToolTip(tip)
        return button

    def _make_centre(self) -> None:
        centre = QWidget()
        self.table = RunsTable()
        self.plot = LossesPlot()
        buttons = QHBoxLayout()
        for button in (self.another_seed, self.from_here):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self.lockstep = label(self.tr("in lockstep"), "muted")
        self.side, self.beside, self.main = QVBoxLayout(), QHBoxLayout(), QVBoxLayout()
        """The column at the left, the row above the losses, and the column that holds it."""
        self.side.addWidget(panel(self.tr("Runs"), self.lockstep, self.table, buttons), 1)
        widths = label(self.tr("training thin, test bold"), "muted")
        self.side_by_side = SideBySide(self.workspace)
        self.side_by_side.settings_asked.connect(self._show_settings)
        self.beside.addWidget(self.side_by_side)
        self.main.addLayout(self.beside, 1)
        self.main.addWidget(panel(self.tr("Loss"), widths, self.plot), 1)
        column = QVBoxLayout(centre)
        column.setContentsMargins(MARGIN, 8, MARGIN, 0)
        column.setSpacing(8)
        column.addLayout(self.head)
        self.split = QSplitter()
        self.split.setChildrenCollapsible(False)
        for half in (self.side, self.main):
            place = QWidget()
            place.setLayout(half)
            half.setContentsMargins(0, 0, 0, 0)
            half.setSpacing(8)
            self.split.addWidget(place)
        self.split.setStretchFactor(0, 2)
        self.split.setStretchFactor(1, 3)
        column.addWidget(self.split, 1)
        self.setCentralWidget(centre)

    def _make_dock(self) -> None:
        right = Qt.DockWidgetArea.RightDockWidgetArea
        self.docks = PanelDocks(self, [Panel("settings", self.tr("Settings of a run"), right)], self._suit)
        self.settings = BesideSettings(self.docks["settings"].place)
        self.docks["settings"].hold(self.settings)

    def _suit(self) -> None:
        least, most = SETTINGS
        width = max(least, min(most, self.width() // 4))
        self.resizeDocks([self.docks["settings"]], [width], Qt.Orientation.Horizontal)

    # --- what a page does -------------------------------------------------------------------------------

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the first run, and the others as they are known; the list and the plot take turns."""
        self._turn += 1
        resting = snapshot.state is not State.RUNNING
        if resting or self._turn % 2:
            self._show_rows()
        if resting or not self._turn % 2:
            self._show_plot()

    def view_actions(self) -> Sequence[QAction]:
        """Show and hide the settings of a run beside the one in front."""
        return [dock.toggleViewAction() for dock in self.docks.values()]

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

    # --- the runs ---------------------------------------------------------------------------------------

    def _see_runs(self) -> None:
        """Others are beside the one in front now."""
        if self.settings.run not in self.runs.runs:
            self.settings.show_run(None)
            self.docks["settings"].hide()
        self.lockstep.setVisible(bool(self.runs.runs))
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
        rows = [Row(self.tr("Run 1"), self.tr("as on the page Design"), first)]
        for run in self.runs.runs:
            found = differences(self.workspace.document.experiment, run.document.experiment)
            rows.append(Row(run.name, "; ".join(found) or self.tr("nothing yet"), run.snapshot, run.place))
        self.table.show_rows(rows)
        can = first is not None and first.state is not State.BLOCKED and bool(self.runs.room)
        self.another_seed.setEnabled(can)
        self.from_here.setEnabled(can)

    def _show_plot(self) -> None:
        seen = [(self.tr("Run 1"), 0, self.workspace.link.latest)]
        seen += [(run.name, run.place, run.snapshot) for run in self.runs.runs]
        self.plot.show_runs(
            [(name, place, snapshot) for name, place, snapshot in seen if snapshot is not None]
        )


def panel(title: str, remark: QLabel, content: QWidget, below: QHBoxLayout | None = None) -> QFrame:
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
