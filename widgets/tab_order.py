"""Where the Tab key goes next: through all that takes it, in the order in which a person reads.

Qt goes in the order in which widgets were made, which is another one wherever some are made later, moved or
shown elsewhere.  Here it is read off what is seen: what lies within a widget is cut into rows and these into
columns, again and again (recursive X–Y cut; Nagy and Seth 1984), so that what is new has its place by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QScrollArea, QWidget

Stops = list[QWidget]

OVERLAP = 3
"""Pixels by which two rows or columns may reach into each other."""


class ReadingOrder:
    """Put before the class of a widget, it lets Tab go around in the widget, in the order of reading."""

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Go to what comes next, or back; from the last to the first."""
        assert isinstance(self, QWidget)
        return go_on(self, forward)


def go_on(root: QWidget, forward: bool) -> bool:
    """Give the focus to what comes after what has it; returns whether there is anything."""
    here = root.window().focusWidget()
    stops = tab_stops(root, here)
    if not any(each is not here for each in stops):
        return False
    place = stops.index(here) if here in stops else -1 if forward else 0
    there = stops[(place + (1 if forward else -1)) % len(stops)]
    reason = Qt.FocusReason
    there.setFocus(reason.TabFocusReason if forward else reason.BacktabFocusReason)
    _bring_into_sight(there)
    return True


def tab_stops(root: QWidget, here: QWidget | None = None) -> Stops:
    """What Tab stops at within a widget, in the order of reading, and `here` wherever that is."""
    hints = QGuiApplication.styleHints()
    all_of_them = hints.tabFocusBehavior() == Qt.TabFocusBehavior.TabFocusAllControls
    wanted = Qt.FocusPolicy.TabFocus if all_of_them else Qt.FocusPolicy.StrongFocus

    def stops_at(widget: QWidget) -> bool:
        return widget.focusPolicy() & wanted == wanted and widget.focusProxy() is None

    return _within(root, lambda widget: widget is here or stops_at(widget))


def _within(root: QWidget, stops_at: Callable[[QWidget], bool]) -> Stops:
    parts: list[tuple[QRect, Stops]] = []
    for child in root.children():
        if isinstance(child, QWidget) and child.isVisible() and child.isEnabled() and not child.isWindow():
            stops = [child] if stops_at(child) and not child.size().isEmpty() else []
            if stops := stops + _within(child, stops_at):
                parts.append((child.geometry(), stops))
    return [stop for stops in _read(parts) for stop in stops]


def _read(parts: Sequence[tuple[QRect, Stops]]) -> list[Stops]:
    """Parts in the order of reading."""
    if len(parts) < 2:
        return [stops for _, stops in parts]
    for ends in (_rows, _columns):
        if len(cut := _cut(parts, ends)) > 1:
            return [stops for group in cut for stops in _read(group)]
    return [stops for _, stops in sorted(parts, key=lambda part: (part[0].top(), part[0].left()))]


def _rows(rect: QRect) -> tuple[int, int]:
    return rect.top(), rect.bottom()


def _columns(rect: QRect) -> tuple[int, int]:
    return rect.left(), rect.right()


def _cut(
    parts: Sequence[tuple[QRect, Stops]], ends: Callable[[QRect], tuple[int, int]]
) -> list[list[tuple[QRect, Stops]]]:
    """Parts in groups that lie one behind the other along an axis."""
    groups: list[list[tuple[QRect, Stops]]] = []
    reach = 0
    for part in sorted(parts, key=lambda part: ends(part[0])):
        start, end = ends(part[0])
        if not groups or start > reach - OVERLAP:
            groups.append([])
            reach = end
        groups[-1].append(part)
        reach = max(reach, end)
    return groups


def _bring_into_sight(widget: QWidget) -> None:
    """Scroll to a widget, whatever scrolls around it."""
    place = widget.parentWidget()
    while place is not None:
        if isinstance(place, QScrollArea):
            place.ensureWidgetVisible(widget)
        place = place.parentWidget()
