"""Where on the page Design a place of a lesson is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractScrollArea, QScrollArea, QTabWidget, QWidget

from widgets.canvas import NetworkCanvas
from widgets.forms import Form
from widgets.panels.inspector import Inspector

LOOKS = 5
"""So often, ten times a second, a field is brought into view when a step begins."""
TABS = ("training", "layer", "explain", "diagnosis")
"""The names of the inspector's tabs, in order."""


class LessonPlaces:
    """Finds panels, cards of layers, settings and tabs, as seen from the screen."""

    def __init__(
        self, canvas: NetworkCanvas, inspector: Inspector, panels: Mapping[str, QWidget], drawer: QWidget
    ) -> None:
        """`panels` by place; where that of the data is a drawer that is closed, `drawer` opens it."""
        self._canvas, self._inspector = canvas, inspector
        self._panels = panels
        self._drawer = drawer
        self._scrolled_to: QWidget | None = None
        self._looks = 0
        """So often was the field looked for that was brought into view last."""

    def find(self, place: str) -> QRect | None:
        """Where a place is; None while it is nowhere to be seen."""
        kind, _, name = place.partition(":")
        if kind in ("layer", "input"):
            return self._card(name or "input")
        if kind == "setting":
            return self._setting(name.rpartition(".")[2])
        if kind == "tab":
            return _tab(self._inspector.tabs, TABS.index(name)) if name in TABS else None
        if kind == "palette":
            return _seen(self._canvas.palette_row)
        if (panel := self._panels.get(kind)) is None:
            return None
        return _seen(panel) or (_seen(self._drawer) if kind == "data" else None)

    def _card(self, layer_id: str) -> QRect | None:
        view = self._canvas.view
        card = view.state.scene.card(layer_id)
        if card is None or not view.isVisible():
            return None
        rect = view.state.camera.rect_to_screen(card.rect).toAlignedRect() & view.rect()
        return None if rect.isEmpty() else rect.translated(view.mapToGlobal(QPoint(0, 0)))

    def _setting(self, name: str) -> QRect | None:
        """The field of a setting with its name; while it is in a tab behind, that tab."""
        found = list(self._fields(name))
        for field in found:
            if field.isVisible():
                self._scroll_to(field)
            if (rect := _seen(field)) is not None:
                form = _form_of(field)
                rect.setLeft(form.mapToGlobal(QPoint(0, 0)).x())
                return rect
        tabs = self._inspector.tabs
        behind = (at for at in range(tabs.count()) for field in found if tabs.widget(at).isAncestorOf(field))
        at = next(behind, None)
        if at is not None and at != tabs.currentIndex():
            return _tab(tabs, at)
        in_drawer = any(self._panels["data"].isAncestorOf(field) for field in found)
        return _seen(self._drawer) if in_drawer else None

    def _scroll_to(self, field: QWidget) -> None:
        """Bring a field into view, while the form takes its room: what a person scrolls away stays away."""
        if field is not self._scrolled_to:
            self._scrolled_to, self._looks = field, 0
        if self._looks >= LOOKS:
            return
        self._looks += 1
        above = field.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None:
            above.ensureWidgetVisible(field)

    def _fields(self, name: str) -> Iterator[QWidget]:
        for holder in (self._inspector, self._panels["data"]):
            for form in holder.findChildren(Form):
                if (field := form.field(name)) is not None:
                    yield field


def _form_of(field: QWidget) -> QWidget:
    """The form that a field stands in, with its name."""
    above = field.parentWidget()
    while above is not None and not isinstance(above, Form):
        above = above.parentWidget()
    return field if above is None else above


def _tab(tabs: QTabWidget, at: int) -> QRect | None:
    bar = tabs.tabBar()
    return bar.tabRect(at).translated(bar.mapToGlobal(QPoint(0, 0))) if bar.isVisible() else None


def _seen(widget: QWidget) -> QRect | None:
    """The part of a widget that is not scrolled away, as seen from the screen; None where nothing is."""
    if not widget.isVisible():
        return None
    rect = QRect(widget.mapToGlobal(QPoint(0, 0)), widget.size())
    above = widget.parentWidget()
    while above is not None and not above.isWindow():
        if isinstance(above.parentWidget(), QAbstractScrollArea):
            rect &= QRect(above.mapToGlobal(QPoint(0, 0)), above.size())
        above = above.parentWidget()
    return None if rect.isEmpty() else rect
