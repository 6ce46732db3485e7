"""The two pictures of a landscape, of which one is seen: its map and its surface."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QStackedLayout

from widgets.colouring import Floats
from widgets.pages.inside.tabs.landscape.figure import LandscapeFigure
from widgets.pages.inside.tabs.landscape.loss_map import LossMap
from widgets.pages.inside.tabs.landscape.loss_surface import LossSurface
from widgets.pages.inside.tabs.landscape.relief import Relief


class LandscapePictures(QFrame):
    """Shows the same in both.

    Signals:
        chosen: the place (x, y) to which the person wants the network put.
    """

    chosen = Signal(float, float)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self.map, self.surface = LossMap(self.tr("Loss landscape")), LossSurface(self.tr("Loss surface"))
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(10, 10, 6, 6)
        for picture in self._both:
            self._stack.addWidget(picture)
            picture.chosen.connect(self.chosen)

    @property
    def _both(self) -> tuple[LandscapeFigure, LandscapeFigure]:
        return self.map, self.surface

    def show_view(self, surface: bool) -> None:
        """Let the surface be seen, or the map."""
        self._stack.setCurrentWidget(self.surface if surface else self.map)
        self.setFocusProxy(self._stack.currentWidget())

    def show_relief(self, relief: Relief | None, names: tuple[str, str], message: str = "") -> None:
        """Show a landscape with the names of its axes, or a message where there is none."""
        for picture in self._both:
            picture.show_relief(relief, names, message)

    def show_route(self, places: Floats) -> None:
        """Show the path over it."""
        for picture in self._both:
            picture.show_route(places)
