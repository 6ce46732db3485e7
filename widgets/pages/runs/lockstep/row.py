"""The run in front and those beside it, a panel each, as wide as there is room for."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from playground.training.snapshot import State
from widgets import theme
from widgets.beside import BesideRun
from widgets.docks import MARGIN
from widgets.pages.runs.differences import differences
from widgets.pages.runs.lockstep.panel import RunPanel
from widgets.workspace import Workspace


class SideBySide(QWidget):
    """Seen while there are runs beside the one in front; their maps are worked out while it is.

    Signals:
        settings_asked: the settings of this run are to be seen.
    """

    settings_asked = Signal(BesideRun)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace, self._runs = workspace, workspace.runs
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(MARGIN)
        self.panels: dict[int, RunPanel] = {}
        """By the places of the runs; 0 is in front."""
        self._by_place: dict[int, BesideRun] = {}
        self._turn = 0
        self._runs.changed.connect(self._see_runs)
        self._runs.edited.connect(self._tell)
        workspace.link.painted.connect(self._show_front)
        workspace.link.seen_beside.connect(self._show)
        workspace.document.changed.connect(self._tell)
        theme.themes.changed.connect(self._recolour)
        self._see_runs()

    def _see_runs(self) -> None:
        """Have a panel for each run."""
        self._by_place = {run.place: run for run in self._runs.runs}
        wanted = {0: self.tr("In front")} | {place: run.name for place, run in self._by_place.items()}
        for place in self.panels.keys() - (wanted if self._by_place else {}):
            panel = self.panels.pop(place)
            self._row.removeWidget(panel)
            panel.hide()  # or a layout that has just taken it in would show it
            panel.deleteLater()
        if self._by_place:
            for place in sorted(wanted.keys() - self.panels.keys()):
                self._add(place, wanted[place])
        self.setVisible(bool(self._by_place))
        self._tell()
        self._show()

    def _add(self, place: int, name: str) -> None:
        panel = self.panels[place] = RunPanel(name, place)
        panel.chosen.connect(partial(self._on, place, self._runs.go_on_with))
        panel.close_asked.connect(partial(self._on, place, self._runs.close))
        panel.settings_asked.connect(partial(self._on, place, self.settings_asked.emit))
        self._row.insertWidget(sum(other < place for other in self.panels), panel, 1)

    def _on(self, place: int, act: object) -> None:
        assert callable(act)
        act(self._by_place[place])

    def _tell(self) -> None:
        """Say what each does otherwise than the one in front, and give it its colour."""
        kept = self._workspace.link.past.kept
        front = kept.run(kept.present)
        for place, panel in self.panels.items():
            panel.show_colour(place + (front.colour if front is not None else 0))
            if (run := self._by_place.get(place)) is not None:
                found = differences(self._workspace.document.experiment, run.document.experiment)
                panel.tell("; ".join(found) or self.tr("same settings"))
            else:
                panel.tell(self.tr("as on the page Design"))

    def _show(self) -> None:
        """Show all numbers, and the picture of one run a frame while they train, of all at rest."""
        if not self.isVisible():
            return
        self._turn += 1
        for index, (place, panel) in enumerate(self.panels.items()):
            run = self._by_place.get(place)
            snapshot = self._workspace.link.latest if run is None else run.snapshot
            if snapshot is None or snapshot is panel.snapshot:
                continue
            panel.show_numbers(snapshot, self._workspace.link.latest)
            if snapshot.state is not State.RUNNING or self._turn % len(self.panels) == index:
                panel.show_picture()

    def _show_front(self) -> None:
        """The one in front alone has something new, or all are seen together with the others."""
        if not any(run.snapshot and run.snapshot.state is State.RUNNING for run in self._runs.runs):
            self._show()

    def _recolour(self) -> None:
        for panel in self.panels.values():
            panel.recolour()

    def showEvent(self, event: QShowEvent) -> None:
        """Have all maps worked out."""
        super().showEvent(event)
        self._workspace.link.looking.side_by_side(True)
        self._show()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody sees them now."""
        super().hideEvent(event)
        self._workspace.link.looking.side_by_side(False)
