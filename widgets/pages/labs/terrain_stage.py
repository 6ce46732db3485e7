"""A terrain of two weights, from above or from the side, with the button that changes between both."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QStackedLayout, QWidget

from playground.labs.race.racing import Way
from playground.labs.race.terrain import Box, Floats
from widgets.pages.labs.terrain_figure import Marks, TerrainFigure
from widgets.pages.labs.terrain_map import TerrainMap
from widgets.pages.labs.terrain_surface import TerrainSurface
from widgets.tips import tip

MARGIN = 8


class TerrainStage(QWidget):
    """Shows the same in both, of which one is seen.

    Signals:
        moved: where the start is to be, as shares of what is seen, and the gesture that leads it there.
        surface_asked: the terrain is to be seen from the side, or from above.
    """

    moved = Signal(float, float, int)
    surface_asked = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.map, self.surface = TerrainMap(), TerrainSurface()
        self.map.setObjectName("picture")
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        for figure in self._both:
            self._stack.addWidget(figure)
            figure.moved.connect(self.moved)
        self.button = QPushButton(self.tr("3-D"), self)
        self.button.setCheckable(True)
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.setToolTip(
            tip(self.tr("See it from the side: drag to turn it, turn the wheel to come nearer."))
        )
        self.button.clicked.connect(self.surface_asked)
        self.setFocusProxy(self.map)

    @property
    def _both(self) -> tuple[TerrainFigure, TerrainFigure]:
        return self.map, self.surface

    def show_view(self, surface: bool) -> None:
        """Let the surface be seen, or the map."""
        shown = self.surface if surface else self.map
        held = self._stack.currentWidget().hasFocus()
        self.button.setChecked(surface)
        self._stack.setCurrentWidget(shown)
        self.setFocusProxy(shown)
        if held:
            shown.setFocus()
        self.button.raise_()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the button beside the menu in the corner."""
        super().resizeEvent(event)
        size, menu = self.button.sizeHint(), self.map.menu_button.sizeHint()
        self.button.resize(size)
        self.button.move(self.width() - menu.width() - size.width() - 2 * MARGIN, MARGIN)

    def show_ground(self, ground: Floats, box: Box, marks: Marks = ()) -> None:
        """Draw another terrain, of which some heights' losses are known."""
        for figure in self._both:
            figure.show_ground(ground, box, marks)

    def show_start(self, start: tuple[float, float]) -> None:
        """Put the start at a place, as shares of what is seen."""
        for figure in self._both:
            figure.show_start(start)

    def show_ways(self, names: Sequence[str], ways: Sequence[Way], steps: int) -> None:
        """Draw so many steps of each way."""
        for figure in self._both:
            figure.show_ways(names, ways, steps)
