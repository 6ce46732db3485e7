"""Moving what is shown of a large matrix: taken by its cells, by its bars, or with the wheel."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QWheelEvent

from widgets.pages.inside.tabs.trace.sheet_layout import (
    CELL_HEIGHT,
    CELL_WIDTH,
    LaidMatrix,
    Place,
    SheetLayout,
)

NEAR = 3
"""A bar is taken from so many pixels beside it."""
NOTCH = 120


@dataclass(frozen=True, eq=False)
class SheetDrag:
    """A matrix that is held since a place.

    Attributes:
        axis: which of its bars is held; −1 for its cells.
    """

    laid: LaidMatrix
    start: QPoint
    axis: int

    def first(self, place: QPoint) -> Place:
        """The row and the column that are shown first, now that the pointer is there."""
        laid, moved = self.laid, place - self.start
        if self.axis < 0:
            down, across = round(moved.y() / CELL_HEIGHT), round(moved.x() / CELL_WIDTH)
            return laid.first[0] - down, laid.first[1] - across
        bar = laid.bars()[self.axis]
        share = (place.x() - bar.x()) / bar.width() if self.axis else (place.y() - bar.y()) / bar.height()
        start = round(share * laid.shape[self.axis] - laid.shown[self.axis] / 2)
        return (laid.first[0], start) if self.axis else (start, laid.first[1])


def drag_at(sheet: SheetLayout, place: QPoint) -> SheetDrag | None:
    """What is taken hold of at a place: nothing of a matrix that is shown as a whole."""
    for laid in sheet.matrices:
        if laid.is_whole:
            continue
        for axis, bar in enumerate(laid.bars()):
            if bar.adjusted(-NEAR, -NEAR, NEAR, NEAR).contains(place):
                return SheetDrag(laid, place, axis)
        if laid.rect.contains(place):
            return SheetDrag(laid, place, -1)
    return None


def wheel_steps(event: QWheelEvent) -> Place:
    """By how many rows and columns the wheel moves a matrix; it moves the sheet without a key."""
    turned = event.angleDelta()
    held = event.modifiers()
    if held & (Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.AltModifier):
        return 0, -_notches(turned.y() or turned.x())
    if held & Qt.KeyboardModifier.ControlModifier:
        return -_notches(turned.y()), 0
    sideways = abs(turned.x()) > abs(turned.y())
    return 0, -_notches(turned.x()) if sideways else 0


def _notches(angle: int) -> int:
    """At least one for any turn."""
    return 0 if not angle else (1 if angle > 0 else -1) * max(abs(angle) // NOTCH, 1)
