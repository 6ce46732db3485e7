"""How a surface is turned and brought nearer, by mouse, wheel and keys."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent

from widgets.plots.decision_map import ARROWS
from widgets.plots.surface.camera import SurfaceCamera

CLICK = 4
"""Pixels that a pointer may move between press and release of a click."""
RADIANS_A_PIXEL = 0.008
RADIANS_A_KEY = 0.1
A_NOTCH, A_KEY = 1.15, 1.25
"""How much nearer a notch of the wheel, and a key, leads."""
NOTCH = 120
NEARER, FARTHER = (Qt.Key.Key_Plus, Qt.Key.Key_Equal), (Qt.Key.Key_Minus,)
AS_AT_FIRST = (Qt.Key.Key_0, Qt.Key.Key_Home)


class Orbit:
    """Holds the camera of a plot.

    Attributes:
        moves: whether a drag turns it now.
    """

    def __init__(self) -> None:
        self.camera = SurfaceCamera()
        self.moves = False
        self._pressed: QPointF | None = None
        self._before = QPointF()

    def press(self, at: QPointF) -> None:
        """A drag or a click begins."""
        self._pressed = self._before = at

    def drag(self, to: QPointF) -> bool:
        """Turn to where the pointer leads; whether that is a drag, and not mere pointing."""
        if self._pressed is None:
            return False
        if self.moves or (to - self._pressed).manhattanLength() > CLICK:
            moved, self.moves = to - self._before, True
            self.camera = self.camera.turned(moved.x() * RADIANS_A_PIXEL, moved.y() * RADIANS_A_PIXEL)
            self._before = to
        return True

    def release(self) -> bool:
        """It ends; whether it was a click."""
        clicked = self._pressed is not None and not self.moves
        self._pressed, self.moves = None, False
        return clicked

    def wheel(self, event: QWheelEvent, area: QRectF) -> None:
        """Come nearer to where the pointer is, or go farther."""
        factor = A_NOTCH ** (event.angleDelta().y() / NOTCH)
        self.camera = self.camera.nearer(factor, event.position(), area)
        event.accept()

    def key(self, event: QKeyEvent, area: QRectF) -> bool:
        """Turn by Shift and arrows, come nearer by +, farther by −, look as at first by 0; whether it did."""
        key, shift = Qt.Key(event.key()), event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if shift and (way := ARROWS.get(key)) is not None:
            self.camera = self.camera.turned(way[0] * RADIANS_A_KEY, way[1] * RADIANS_A_KEY)
        elif key in NEARER:
            self.camera = self.camera.nearer(A_KEY, area.center(), area)
        elif key in FARTHER:
            self.camera = self.camera.nearer(1 / A_KEY, area.center(), area)
        elif key in AS_AT_FIRST:
            self.camera = SurfaceCamera()
        else:
            return False
        return True
