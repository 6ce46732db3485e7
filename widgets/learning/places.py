"""Where in the window a place of a lesson is: of the run bar, of the rail, or of the page in front."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QWidget

ON_DESIGN = ("data", "canvas", "output", "inspector", "plots", "palette", "input", "layer", "setting", "tab")
"""Places of the page Design; while another page is in front, its button in the rail is ringed."""


class WindowPlaces:
    """Finds places by the names that lessons have for them."""

    def __init__(
        self,
        window: QWidget,
        around: Mapping[str, QWidget],
        pages: Mapping[str, QWidget],
        page_in_front: Callable[[], str],
        on_page: Callable[[str], QRect | None],
    ) -> None:
        """`around` are widgets around the pages by place, `pages` the buttons of the rail by page.

        `on_page` tells where a place is on the page in front, as seen from the screen.
        """
        self._window, self._around, self._pages = window, around, pages
        self._page_in_front, self._on_page = page_in_front, on_page

    def find(self, place: str) -> QRect | None:
        """Where a place is in the window; None while it is nowhere to be seen."""
        kind, _, name = place.partition(":")
        if kind == "page":
            return self._of(self._pages.get(name))
        if kind in self._around:
            return self._of(self._around[kind])
        if kind in ON_DESIGN and self._page_in_front() != "design":
            return self._of(self._pages.get("design"))
        found = self._on_page(place)
        return None if found is None else found.translated(self._window.mapFromGlobal(QPoint(0, 0)))

    def _of(self, widget: QWidget | None) -> QRect | None:
        if widget is None or not widget.isVisible():
            return None
        return QRect(widget.mapTo(self._window, QPoint(0, 0)), widget.size())
