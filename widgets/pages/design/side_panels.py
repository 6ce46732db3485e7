"""The panels around the network that are made when it is seen: what comes of training, and the settings."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QWidget

from playground.data.datasets.painted import Painted
from playground.training.snapshot import Snapshot
from widgets.canvas import NetworkCanvas
from widgets.docks import Dock, PanelDocks
from widgets.gesture import new_gesture
from widgets.pages.design.room import Room
from widgets.plots.loading import load_pyqtgraph
from widgets.plots.painting.painting import Painting
from widgets.sentences import said
from widgets.space_key import leave_space_key
from widgets.workspace import Workspace

if TYPE_CHECKING:
    from playground.analysis.diagnosis.trouble import Finding
    from widgets.pages.design.lesson_places import LessonPlaces
    from widgets.panels.data import DataPanel
    from widgets.panels.inspector import Inspector
    from widgets.plots.plots_panel import PlotsPanel

WIDTHS = {"data": 232, "inspector": 303, "plots": 0}
"""Pixels that panels need at least, which are kept free before they are made."""

PATIENCE = 300
"""Milliseconds to wait for the first snapshot, which the plots show."""

UNSEEN = 30
"""Milliseconds to wait for a panel to be painted: one that is closed, or covered, never is."""


class SidePanels(QObject):
    """Makes plots, data panel and inspector one after the other, once there is something to be seen.

    The window is seen so much sooner.  Whoever asks for a panel has it at once.

    Signals:
        taken: a panel is there; its name, and the panel.
    """

    taken = Signal(str, QWidget)

    def __init__(
        self,
        workspace: Workspace,
        canvas: NetworkCanvas,
        docks: PanelDocks,
        room: Room,
        output: QWidget,
        painting: Painting,
    ) -> None:
        super().__init__(canvas)
        self._workspace, self._canvas, self._docks, self._room = workspace, canvas, docks, room
        self._painting = painting
        self.plots: PlotsPanel | None = None
        """Made when there is something to be seen in them: what draws them takes longest of all to load."""
        self.plots_kept = ""
        """Which plots were seen last."""
        self._frames = {name: _empty(docks[name], width) for name, width in WIDTHS.items()}
        self._panels: dict[str, QWidget] = {"output": output}
        docks["output"].hold(output)
        workspace.doctor.found.connect(self._show_findings)
        self._next = QTimer(self, singleShot=True)
        self._next.timeout.connect(self._go_on)
        canvas.view.installEventFilter(self)

    @cached_property
    def data(self) -> DataPanel:
        """The data panel."""
        from widgets.panels.data import DataPanel

        panel = DataPanel(self._workspace.document, self._docks["data"].place)
        panel.samples_asked.connect(lambda: self._workspace.page_asked.emit("data"))
        panel.gallery.painting_asked.connect(self._paint_anew)
        panel.gallery.chosen.connect(self._painting.stop)
        self._take(panel, "data")
        return panel

    @cached_property
    def inspector(self) -> Inspector:
        """The inspector."""
        from widgets.panels.inspector import Inspector

        panel = Inspector(self._workspace.document, self._docks["inspector"].place)
        panel.explain.laboratory_chosen.connect(lambda kind: self._workspace.handed.emit("labs", kind))
        panel.diagnosis.layer_chosen.connect(lambda layer_id: self._canvas.set_selection((layer_id,)))
        self._take(panel, "inspector")
        self._canvas.selection_changed.connect(panel.show_layers)
        panel.show_layers(self._canvas.selection)
        panel.diagnosis.show_findings(self._workspace.doctor.findings)
        if (latest := self._workspace.link.latest) is not None:
            panel.show_snapshot(latest)
        return panel

    @cached_property
    def places(self) -> LessonPlaces:
        """Where on the screen what lessons mean is."""
        from widgets.pages.design.lesson_places import LessonPlaces

        panels = {name: dock.place for name, dock in self._docks.items()} | {"canvas": self._canvas}
        return LessonPlaces(self._canvas, self.inspector, panels, self._room.tab)

    def make_plots(self) -> None:
        """Make the plots, if there are none yet."""
        if self.plots is not None:
            return
        load_pyqtgraph()
        from widgets.plots.plots_panel import PlotsPanel

        link, room = self._workspace.link, self._room
        plots = self.plots = PlotsPanel(self._docks["plots"].place)
        plots.ask(link)
        plots.show_layers(self._canvas.selection)
        self._canvas.selection_changed.connect(plots.show_layers)
        self._take(plots, "plots")
        plots.code_asked.connect(link.looking.at_code)
        plots.details_asked.connect(link.looking.at_details)
        link.looking.at_details(plots.shows_details)
        height = plots.FOLDED_HEIGHT
        plots.folded_changed.connect(lambda folded: room.size_plots(height if folded else None))
        room.plots_asked_to_fold.connect(plots.set_folded)
        plots.set_folded(room.low)
        if self.plots_kept:
            plots.restore(self.plots_kept.split(","))
        if link.latest is not None:
            plots.show_snapshot(link.latest)

    def complete(self) -> None:
        """Make all that is not there yet."""
        while self._make_next() is not None:
            pass

    def show_snapshot(self, snapshot: Snapshot, busy: bool) -> None:
        """Show a snapshot in those that are there; the first one brings the plots.

        In a frame that is `busy` with something else plots may wait for the next.
        """
        if "inspector" in self._panels:
            self.inspector.show_snapshot(snapshot)
        if self.plots is None:
            self._next.start(0)
        else:
            self.plots.show_snapshot(snapshot, busy)

    def end(self) -> None:
        """Make no more, and let nothing work any more; the window closes."""
        self._canvas.view.removeEventFilter(self)
        self._next.stop()
        if self.plots is not None:
            self.plots.end()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go on when the network, or what was made last, has been painted."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            self._next.start(PATIENCE if self._workspace.link.latest is None else 0)
        return False

    def _go_on(self) -> None:
        if (made := self._make_next()) is not None:
            made.installEventFilter(self)
            self._next.start(UNSEEN)

    def _make_next(self) -> QWidget | None:
        """Make one panel, if there is one to make."""
        if self.plots is None and self._workspace.link.latest is not None:
            self.make_plots()
            return self.plots
        if "data" not in self._panels:
            return self.data
        if "inspector" not in self._panels:
            return self.inspector
        return None

    def _take(self, panel: QWidget, name: str) -> None:
        """Put a panel into its dock, and among the others where Tab comes to it."""
        if (frame := self._frames.pop(name, None)) is not None:
            frame.hide()
            frame.deleteLater()
        self._docks[name].hold(panel)
        leave_space_key(panel)
        self._panels[name] = panel
        self.taken.emit(name, panel)
        self._room.share()  # only now does it know how much the panel needs

    def _paint_anew(self) -> None:
        """Paint on an empty plane, or go on where points are painted already."""
        experiment = self._workspace.document.experiment
        if not isinstance(experiment.data.dataset, Painted):
            text = self.tr("Choose {dataset}").format(dataset=said(Painted))
            self._workspace.document.edit(experiment.with_dataset(Painted.empty()), text, new_gesture())
        self._docks["output"].show()
        tile = self.data.gallery.tiles[Painted]
        walks = tile.hasFocus()
        self._painting.start()
        if walks:  # by keys from one dataset to the next
            tile.setFocus(Qt.FocusReason.TabFocusReason)

    def _show_findings(self, findings: tuple[Finding, ...] | None) -> None:
        if "inspector" in self._panels:
            self.inspector.diagnosis.show_findings(findings)


def _empty(dock: Dock, width: int) -> QFrame:
    """What is seen of a panel before it is there."""
    frame = QFrame(dock.place)
    frame.setProperty("role", "panel")
    frame.setMinimumWidth(width)
    dock.hold(frame)
    return frame
