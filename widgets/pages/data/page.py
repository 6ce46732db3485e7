"""The page Data: the samples in a table, how they are used, and what the network says of others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QFrame, QStackedLayout, QTabWidget, QVBoxLayout, QWidget

from playground.data import Dataset
from playground.training.snapshot import Snapshot
from widgets import incoming
from widgets.docks import MARGIN, Panel, PanelDocks
from widgets.pages.data.ask import AskPanel
from widgets.pages.data.matters import MattersPanel
from widgets.pages.data.samples import SampleRows
from widgets.pages.data.source import SourcePanel
from widgets.pages.data.table_panel import TablePanel
from widgets.pages.data.used import UsedPanel
from widgets.pages.page import Page
from widgets.preferences import Preferences
from widgets.space_key import leave_space_key
from widgets.workspace import Workspace

if TYPE_CHECKING:
    from widgets.pages.data.picture_panels import PicturePanels

SIDES = ("train", "test", "validation")
"""The sides of the split, in the order of the sheet."""

ASIDE = 260, 380
"""The width of the panels at the right at first: at least, and at most."""


class DataPage(Page):
    """What the data are on top, their samples below, and at the right how they are used."""

    def __init__(self, workspace: Workspace, parent: QWidget) -> None:
        super().__init__(workspace, parent)
        document = workspace.document
        self.samples = SampleRows(workspace.link, self)
        self.source = SourcePanel(document, self.samples, workspace.own_data)
        self.panel = TablePanel(document, self.samples)
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(MARGIN, 8, MARGIN, 0)
        column.setSpacing(8)
        column.addLayout(self.head)
        column.addWidget(self.source)
        self._places = QStackedLayout()
        self._places.addWidget(self.panel)
        column.addLayout(self._places, 1)
        self.setCentralWidget(centre)
        right = Qt.DockWidgetArea.RightDockWidgetArea
        panels = Panel("ask", self.tr("Ask it"), right), Panel("used", self.tr("How it is used"), right)
        self.docks = PanelDocks(self, panels, self._suit)
        self.ask = AskPanel(self.samples, self.docks["ask"].place)
        self.docks["ask"].hold(self.ask)
        self.used = UsedPanel(document)
        self.matters = MattersPanel(self.samples)
        self.docks["used"].hold(self._tabbed())
        for panel in (self.panel, self.ask):
            panel.message.connect(workspace.message)
            panel.problem.connect(lambda words: workspace.notice.say(words))
        self.panel.chosen.connect(self.ask.take)
        self.panel.trace_asked.connect(self._trace)
        self._offers: bool | None = None
        document.changed.connect(self._offer_asking)
        self.samples.sheet_changed.connect(self._suit_samples)

    def _tabbed(self) -> QFrame:
        """How the data are used, and what of them matters, in tabs."""
        frame = QFrame(self.docks["used"].place)
        frame.setProperty("role", "panel")
        self.tabs = QTabWidget(frame)
        self.tabs.setAccessibleName(self.tr("Columns"))
        self.tabs.tabBar().setAccessibleName(self.tr("Columns"))
        self.tabs.addTab(self.used, self.tr("How it is used"))
        self.tabs.addTab(self.matters, self.tr("What matters"))
        layout = QVBoxLayout(frame)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(self.tabs)
        return frame

    @cached_property
    def pictures(self) -> PicturePanels:
        """What takes the places of table and questions for pictures; made when there are some."""
        from widgets.pages.data.picture_panels import PicturePanels

        panels = PicturePanels(self.samples, self.workspace, self.docks["ask"].place)
        panels.wall.trace_asked.connect(self._trace)
        self._places.addWidget(panels.wall)
        self.docks["ask"].hold(panels.ask)
        self.tabs.addTab(panels.means, self.tr("Means"))
        for panel in (panels.wall, panels.ask, panels.means):
            leave_space_key(panel)
        return panels

    def _suit_samples(self) -> None:
        """Show pictures as a wall, and ask about them by drawing."""
        sheet = self.samples.sheet
        are_pictures = sheet is not None and sheet.dataset.shape.is_picture
        if not are_pictures and "pictures" not in vars(self):
            return
        pictures = self.pictures
        self._places.setCurrentWidget(pictures.wall if are_pictures else self.panel)
        pictures.ask.setVisible(are_pictures)
        self.ask.setVisible(not are_pictures)
        self.tabs.setTabVisible(self.tabs.indexOf(pictures.means), are_pictures)
        self.tabs.setTabVisible(self.tabs.indexOf(self.matters), not are_pictures)

    def _offer_asking(self) -> None:
        """Let samples be asked about that can be typed or drawn."""
        offers = _can_be_asked(self.workspace.document.experiment.data.dataset)
        if offers != self._offers:
            self._offers = offers
            self.docks["ask"].setVisible(offers)
            self.docks["ask"].toggleViewAction().setVisible(offers)

    def _suit(self) -> None:
        least, most = ASIDE
        width = max(least, min(most, self.width() * 3 // 10))
        self.resizeDocks([self.docks["ask"]], [width], Qt.Orientation.Horizontal)
        heights = [self.height() * 62 // 100, self.height() * 38 // 100]
        self.resizeDocks([self.docks["ask"], self.docks["used"]], heights, Qt.Orientation.Vertical)

    # --- what a page does -------------------------------------------------------------------------------

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Ask what the network says now."""
        self.samples.see(snapshot)

    def calls(self) -> dict[str, Callable[[], object]]:
        """Rows are copied and selected as everywhere."""
        own = {"paste": self._paste, "copy": self._copy, "select_all": self.panel.table.selectAll}
        return super().calls() | own

    def _copy(self) -> None:
        """Copy the rows of the panel that is shown."""
        self._places.currentWidget().copy_rows()

    def _paste(self) -> None:
        """Look at the cells on the clipboard, or open what else is there."""
        self.workspace.take(incoming.read(QGuiApplication.clipboard().mimeData()))

    def _trace(self, row: int) -> None:
        """Go through the network with a sample, on the page Inside."""
        sheet = self.samples.sheet
        if sheet is None:
            return
        side, position = SIDES[int(sheet.side[row])], int(sheet.position[row])
        self.workspace.handed.emit("inside", ("trace", (side, position)))

    def view_actions(self) -> Sequence[QAction]:
        """Show and hide what is at the right."""
        return [dock.toggleViewAction() for dock in self.docks.values()]

    def take_focus(self) -> None:
        """Let the keyboard read the samples."""
        shown = self._places.currentWidget()
        (self.panel.table if shown is self.panel else self.pictures.wall.wall).setFocus()

    def reset_layout(self) -> None:
        """Put the panels back to their places."""
        self.docks.reset()
        self._offers = None
        self._offer_asking()

    def restore(self, preferences: Preferences) -> None:
        """Put the panels where they were."""
        self.docks.restore(preferences.layout("data"))
        dataset = self.workspace.document.experiment.data.dataset
        self._offers = _can_be_asked(dataset) or None  # a panel that was closed stays closed
        self._offer_asking()

    def keep(self, preferences: Preferences) -> None:
        """Keep where the panels are."""
        preferences.keep_layout("data", self.saveState())

    def end(self) -> None:
        """Let nothing be worked out any more."""
        self.samples.end()


def _can_be_asked(dataset: Dataset) -> bool:
    """Whether a sample can be typed or drawn: a row of columns, a sequence, or a picture."""
    return bool(dataset.columns) or dataset.shape.is_sequence or dataset.shape.is_picture
