"""From the map of the plane to the trace of the sample that is nearest to a place on it."""

from __future__ import annotations

from PySide6.QtCore import QObject

from widgets.plots.decision_map import DecisionMap
from widgets.workspace import Workspace


class TraceFromMap(QObject):
    """Offers, in the menu of the map, to go through the network with a sample, number by number."""

    def __init__(self, plane: DecisionMap, workspace: Workspace) -> None:
        super().__init__(plane)
        self._map, self._workspace = plane, workspace
        self._place: tuple[float, float] | None = None
        self.action = plane.menu.addAction(self.tr("Trace the nearest sample"))
        self.action.triggered.connect(self._trace)
        plane.probed.connect(self._note)
        plane.menu.aboutToShow.connect(self._offer)

    def _note(self, place: tuple[float, float] | None) -> None:
        """Remember where the pointer, or the keyboard, was last."""
        if place is not None:
            self._place = place

    def _offer(self) -> None:
        latest = self._workspace.link.latest
        plain = latest is not None and len(latest.data.axes) == 2 == len(latest.data.columns)
        self.action.setEnabled(plain and self._place is not None and self._map.drawing.content is not None)

    def _trace(self) -> None:
        if self._place is not None:
            self._workspace.handed.emit("inside", ("trace", ("near", self._place)))
