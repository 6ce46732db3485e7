"""The page Design as beginners see it: each of its parts shows less."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from widgets.canvas import NetworkCanvas
from widgets.pages.design.suggesting import Suggesting
from widgets.panels.output import OutputPanel

MORE_ROOM = 110
"""Pixels that the next step needs below the output."""


class PlainDesign:
    """Tells the parts of the page, also the panels that come later."""

    def __init__(
        self,
        canvas: NetworkCanvas,
        output: OutputPanel,
        suggesting: Suggesting,
        give_height: Callable[[str, str, int], int],
    ) -> None:
        """`give_height` makes a panel so many pixels higher, and the one below it lower."""
        self.suggesting, self._give_height = suggesting, give_height
        self._canvas, self._output = canvas, output
        self._panels: dict[str, QWidget] = {}
        self._given = 0
        self._meant: tuple[str, ...] = ()
        self.on = False
        """Whether they show what beginners need."""

    def take(self, name: str, panel: QWidget) -> None:
        """Know a panel, once it is there."""
        self._panels[name] = panel
        if self.on:
            panel.simplify(True)
        self.keep(self._meant)

    def keep(self, places: tuple[str, ...]) -> None:
        """Show in any case what a lesson is about: settings and tabs, by the names of places."""
        from widgets.pages.design.lesson_places import TABS  # when there are panels to be told

        self._meant = places
        named = [place.partition(":")[::2] for place in places]
        settings = {name.rpartition(".")[2] for kind, name in named if kind == "setting"}
        tabs = {TABS.index(name) for kind, name in named if kind == "tab" and name in TABS}
        if (data := self._panels.get("data")) is not None:
            data.more.keep(settings)
        if (inspector := self._panels.get("inspector")) is not None:
            inspector.keep(settings, tabs)

    def simplify(self, on: bool) -> None:
        """Show what beginners need, or all again."""
        changed, self.on = on != self.on, on
        if changed and self._output.isVisible():
            more = MORE_ROOM if on else -self._given
            self._given = self._give_height("output", "inspector", more)
        self._output.more.simplify(on)
        self._canvas.simplify(on)
        for panel in self._panels.values():
            panel.simplify(on)
        self.suggesting.show(on)
