"""What a person leads about in a figure: by the pointer, or by the arrow keys."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent

from widgets.gesture import new_gesture
from widgets.plots.decision_map import ARROWS

FARTHER = 5
"""How many times farther an arrow key leads with Shift."""


def arrow_way(event: QKeyEvent) -> tuple[int, int] | None:
    """How many strides an arrow key leads to the right and up; None for another key."""
    way = ARROWS.get(Qt.Key(event.key()))
    if way is None or not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
        return way
    return FARTHER * way[0], FARTHER * way[1]


class LedByHand:
    """To be mixed in before a figure: what is led is called to the pointer, and goes along with it."""

    _gesture: int | None = None

    @property
    def is_led(self) -> bool:
        """Whether the pointer leads it."""
        return self._gesture is not None

    def lead_to(self, pixel: QPointF, gesture: int) -> None:
        """Bring it to a pixel."""
        raise NotImplementedError

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of it, or call it to the pointer."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._gesture = new_gesture()
            self.lead_to(event.position(), self._gesture)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Lead it along."""
        if self._gesture is not None:
            self.lead_to(event.position(), self._gesture)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._gesture = None
