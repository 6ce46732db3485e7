"""The page Design: the network in the middle, and panels around it that give way where room is short."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from playground.training.snapshot import Snapshot
from widgets.canvas import NetworkCanvas
from widgets.docks import MARGIN, Panel, PanelDocks
from widgets.pages.design.ailing import ailments
from widgets.pages.design.plain import PlainDesign
from widgets.pages.design.room import DrawerTab, Room
from widgets.pages.design.side_panels import SidePanels
from widgets.pages.design.suggesting import Suggesting
from widgets.pages.design.tracing import TraceFromMap
from widgets.pages.design.views import SampleViews
from widgets.pages.page import Page
from widgets.panels.output import OutputPanel
from widgets.plots.painting.painting import Painting
from widgets.png import small_picture
from widgets.preferences import Preferences
from widgets.workspace import Workspace

if TYPE_CHECKING:
    from widgets.panels.data import DataPanel
    from widgets.panels.inspector import Inspector
    from widgets.plots.plots_panel import PlotsPanel

AROUND_MAP, AROUND_PLAIN_MAP = 88, 200
"""What the output panel needs above and below a map that is as wide as it, with or without a next step."""


class DesignPage(Page):
    """Data, network, plots, output and inspector of the experiment."""

    has_maps = True

    def __init__(self, workspace: Workspace, parent: QWidget) -> None:
        super().__init__(workspace, parent)
        self._make_centre()
        self._make_docks()
        self._connect()

    # --- assembly ---------------------------------------------------------------------------------------

    def _make_centre(self) -> None:
        centre = QWidget()
        frame = QFrame(centre)
        frame.setProperty("role", "panel")
        self.canvas = NetworkCanvas(self.workspace.document, frame)
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.canvas)
        column = QVBoxLayout()
        column.setContentsMargins(MARGIN, 8, MARGIN, 0)
        column.setSpacing(6)
        column.addLayout(self.head)
        column.addWidget(frame, 1)
        self._data_tab = DrawerTab(self.tr("Data"))
        beside = QHBoxLayout(centre)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(0)
        beside.addWidget(self._data_tab)
        beside.addLayout(column, 1)
        self.setCentralWidget(centre)

    def _make_docks(self) -> None:
        left, right = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea
        panels = (
            Panel("data", self.tr("Data"), left),
            Panel("output", self.tr("Output"), right),
            Panel("inspector", self.tr("Inspector"), right),
            Panel("plots", self.tr("Plots"), Qt.DockWidgetArea.BottomDockWidgetArea),
        )
        docks = self.docks = PanelDocks(self, panels, self._suit)
        self.room = Room(self, docks, self._data_tab)
        self.give_way = self.room.give_way
        self.painting = Painting(self.workspace.document, self)
        self.output = OutputPanel(docks["output"].place)
        self.output.let_paint(self.painting)
        self.side = SidePanels(self.workspace, self.canvas, docks, self.room, self.output, self.painting)
        self.place_of = lambda place: self.side.places.find(place)
        suggesting = Suggesting(self.workspace, self.output, self)
        self.plain = PlainDesign(self.canvas, self.output, suggesting, docks.give_height)
        self.side.taken.connect(self.plain.take)
        self.simplify = self.plain.simplify
        self.workspace.meant.connect(lambda places: self.plain.keep(places))
        self.views = SampleViews(self.workspace, self.side, self.canvas, self.output, self)

    @property
    def data(self) -> DataPanel:
        """The data panel."""
        return self.side.data

    @property
    def inspector(self) -> Inspector:
        """The inspector."""
        return self.side.inspector

    @property
    def plots(self) -> PlotsPanel | None:
        """The plots; None before there is anything to be seen in them."""
        return self.side.plots

    def _suit(self) -> None:
        """Give the panels sizes that suit the page: the network in the middle gets what they leave."""
        docks, width, height = self.docks, self.width(), self.height()
        sides = [max(224, min(248, width * 10 // 48)), max(280, min(348, width * 10 // 38))]
        self.resizeDocks([docks["data"], docks["output"]], sides, Qt.Orientation.Horizontal)
        around, share = (AROUND_MAP, 63) if not self.plain.on else (AROUND_PLAIN_MAP, 72)
        output = min(sides[1] + around, height * share // 100)
        heights = [output, height - output]
        self.resizeDocks([docks["output"], docks["inspector"]], heights, Qt.Orientation.Vertical)
        self.resizeDocks([docks["plots"]], [height * 33 // 100], Qt.Orientation.Vertical)

    def _connect(self) -> None:
        workspace, canvas = self.workspace, self.canvas
        link, filing = workspace.link, workspace.filing
        canvas.focus_changed.connect(self._focus)
        canvas.weight_edited.connect(link.set_weight)
        canvas.view_changed.connect(lambda first_units: link.looking.from_neurons(dict(first_units)))
        canvas.message.connect(workspace.message)
        canvas.brought.connect(workspace.take)
        workspace.layer_asked.connect(lambda layer_id: canvas.set_selection((layer_id,)))
        self.output.space_chosen.connect(link.looking.over)
        self.tracing = TraceFromMap(self.output.map, workspace)
        self.output.temperature_chosen.connect(link.looking.at_temperature)
        self.painting.said.connect(workspace.message)
        canvas.asked_after.connect(lambda _: self.show_diagnosis())
        self.meant = lambda: self.inspector.explain.meant
        workspace.doctor.found.connect(lambda findings: canvas.show_ailments(ailments(findings)))
        filing.picture = partial(small_picture, self.output)
        filing.opened.connect(lambda: QTimer.singleShot(0, canvas.fit))
        workspace.links.opened.connect(self.output.boxes.show_display)

    def show_diagnosis(self) -> None:
        """Bring what is wrong to the front."""
        self.docks["inspector"].show()
        self.inspector.show_diagnosis()

    # --- what a page does -------------------------------------------------------------------------------

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show a snapshot everywhere."""
        paints = self.canvas.show_snapshot(snapshot)
        self.output.show_snapshot(snapshot)
        self.side.show_snapshot(snapshot, busy=paints)
        self.views.show_snapshot(snapshot)
        self.plain.suggesting.see()

    def calls(self) -> dict[str, Callable[[], object]]:
        """What actions do to the network and to how it is seen."""
        return super().calls() | self.canvas.calls() | {"paint": self._toggle_painting}

    def view_actions(self) -> Sequence[QAction]:
        """Show and hide each panel."""
        return [dock.toggleViewAction() for dock in self.docks.values()]

    def keys(self) -> dict[str, str]:
        """Those of the network, of the data and of painting."""
        from widgets.plots.graph.view import graph_keys
        from widgets.plots.painting.edits import sheet

        shown = graph_keys() if self.workspace.document.experiment.data.dataset.are_nodes else {}
        return self.canvas.keys() | self.data.keys() | self.views.keys() | shown | sheet()

    def take_focus(self) -> None:
        """Let the keyboard act on the network."""
        self.canvas.setFocus()

    def reset_layout(self) -> None:
        """Put every panel back to its place."""
        self.room.reset()

    def restore(self, preferences: Preferences) -> None:
        """Put the panels, and later on the plots, where they were."""
        self.room.restore(preferences.layout("design"))
        self.side.plots_kept = preferences.text("layout/plots")

    def keep(self, preferences: Preferences) -> None:
        """Keep where the panels are, and which plots are seen."""
        preferences.keep_layout("design", self.room.state())
        if self.plots is not None:
            preferences.keep_text("layout/plots", ",".join(self.plots.state()))

    def end(self) -> None:
        """Let nothing work for this page any more."""
        self.views.end()
        self.side.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room out."""
        super().resizeEvent(event)
        self.room.share()

    def _toggle_painting(self) -> None:
        self.docks["output"].show()
        self.painting.toggle()

    def _focus(self, focus: object) -> None:
        of_one = focus if isinstance(focus, tuple) else None
        self.workspace.link.looking.at_neuron(of_one)
        self.output.set_focus_name(self.canvas.name_of(of_one) if of_one else "")
