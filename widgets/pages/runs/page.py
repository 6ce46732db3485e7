"""The page Runs: this run and a second one, trained in turn, their losses over one another."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSplitter, QVBoxLayout, QWidget

from playground.training.snapshot import Snapshot, State
from widgets import theme
from widgets.docks import MARGIN, Panel, PanelDocks
from widgets.labels import label
from widgets.pages.page import Page
from widgets.pages.runs.differences import differences
from widgets.pages.runs.plot import LossesPlot
from widgets.pages.runs.table import Row, RunsTable
from widgets.panels.training import TrainingPanel
from widgets.preferences import Preferences
from widgets.workspace import Workspace

SETTINGS = 284, 320
"""The width of the second run's settings at first: at least, and at most."""


class RunsPage(Page):
    """A list of one run or two, the losses of both, and the settings of the second."""

    def __init__(self, workspace: Workspace, parent: QWidget) -> None:
        super().__init__(workspace, parent)
        self.runs = workspace.runs
        self.settings: TrainingPanel | None = None
        """Those of the second run; none without one."""
        self._turn = 0
        self._make_buttons()
        self._make_centre()
        self._make_dock()
        self.runs.changed.connect(self._see_runs)
        workspace.link.seen_beside.connect(self._see_beside)
        workspace.document.changed.connect(self._show_rows)
        theme.themes.changed.connect(self.table.recolour)
        self._see_runs()

    # --- assembly ---------------------------------------------------------------------------------------

    def _make_buttons(self) -> None:
        self.another_seed = self._button(
            self.tr("Second run with another seed"),
            self.tr("Begin the same experiment again, from other random numbers."),
        )
        self.from_here = self._button(
            self.tr("Second run from here, to be changed"),
            self.tr("Go on from this moment a second time, with other settings of the training."),
        )
        self.close_second = self._button(
            self.tr("Close the second run"), self.tr("Forget the second run; the first goes on.")
        )
        self.another_seed.clicked.connect(self.runs.begin_with_another_seed)
        self.from_here.clicked.connect(self.runs.begin_from_here)
        self.close_second.clicked.connect(self.runs.close)

    def _button(self, text: str, tip: str) -> QPushButton:
        button = QPushButton(text)
        button.setToolTip(tip)
        return button

    def _make_centre(self) -> None:
        centre = QWidget()
        self.table = RunsTable()
        self.plot = LossesPlot()
        buttons = QHBoxLayout()
        for button in (self.another_seed, self.from_here, self.close_second):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self.lockstep = label(self.tr("trained in turn, the one behind first"), "muted")
        self.side, self.beside, self.main = QVBoxLayout(), QHBoxLayout(), QVBoxLayout()
        """The column at the left, the row above the losses, and the column that holds it."""
        self.side.addWidget(panel(self.tr("Runs"), self.lockstep, self.table, buttons), 1)
        widths = label(self.tr("training thin, test bold"), "muted")
        self.main.addLayout(self.beside)
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
        self.docks = PanelDocks(self, [Panel("settings", self.tr("Second run"), right)], self._suit)
        frame = QFrame(self.docks["settings"].place)
        frame.setProperty("role", "panel")
        self._settings_column = QVBoxLayout(frame)
        self._settings_column.setContentsMargins(1, 10, 1, 1)
        title = label(self.tr("Second run"), "heading")
        title.setContentsMargins(12, 0, 12, 0)
        self._settings_column.addWidget(title)
        self.docks["settings"].hold(frame)

    def _suit(self) -> None:
        least, most = SETTINGS
        width = max(least, min(most, self.width() // 4))
        self.resizeDocks([self.docks["settings"]], [width], Qt.Orientation.Horizontal)

    # --- what a page does -------------------------------------------------------------------------------

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the first run, and the second as it is known; the list and the plot take turns."""
        self._turn += 1
        resting = snapshot.state is not State.RUNNING
        if resting or self._turn % 2:
            self._show_rows()
        if resting or not self._turn % 2:
            self._show_plot()

    def view_actions(self) -> Sequence[QAction]:
        """Show and hide the settings of the second run, while there is one."""
        return [dock.toggleViewAction() for dock in self.docks.values()]

    def take_focus(self) -> None:
        """Let the keyboard read the list."""
        self.table.setFocus()

    def reset_layout(self) -> None:
        """Put the settings back to their place."""
        self.docks.reset()
        self.docks["settings"].setVisible(self.runs.second is not None)

    def restore(self, preferences: Preferences) -> None:
        """Put the settings where they were."""
        self.docks.restore(preferences.layout("runs"))
        self.docks["settings"].setVisible(self.runs.second is not None)

    def keep(self, preferences: Preferences) -> None:
        """Keep where the settings are."""
        preferences.keep_layout("runs", self.saveState())

    # --- the runs ---------------------------------------------------------------------------------------

    def _see_runs(self) -> None:
        """Another second run began, or it was closed."""
        second = self.runs.second
        if self.settings is not None:
            self.settings.setParent(None)
            self.settings.deleteLater()
            self.settings = None
        if second is not None:
            self.settings = TrainingPanel(second.document)
            self._settings_column.addWidget(self.settings)
            second.document.changed.connect(self._show_rows)
        self.docks["settings"].setVisible(second is not None)
        self.another_seed.setVisible(second is None)
        self.from_here.setVisible(second is None)
        self.close_second.setVisible(second is not None)
        self.lockstep.setVisible(second is not None)
        self._show_rows()
        self._show_plot()

    def _see_beside(self) -> None:
        second = self.runs.second
        if self.isVisible() and second is not None and second.snapshot is not None:
            if self.settings is not None:
                self.settings.show_snapshot(second.snapshot)
            self.show_snapshot(second.snapshot)

    def _show_rows(self) -> None:
        first, second = self.workspace.link.latest, self.runs.second
        rows = [Row(self.tr("Run 1"), self.tr("as on the page Design"), first)]
        if second is not None:
            found = differences(self.workspace.document.experiment, second.document.experiment)
            rows.append(Row(self.tr("Run 2"), "; ".join(found) or self.tr("nothing yet"), second.snapshot))
        self.table.show_rows(rows)
        can = first is not None and first.state is not State.BLOCKED
        self.another_seed.setEnabled(can)
        self.from_here.setEnabled(can)

    def _show_plot(self) -> None:
        first, second = self.workspace.link.latest, self.runs.second
        seen = [(self.tr("Run 1"), first), (self.tr("Run 2"), second and second.snapshot)]
        self.plot.show_runs([(name, snapshot) for name, snapshot in seen if snapshot is not None])


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
