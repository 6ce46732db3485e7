"""Drawing what takes long a few times a second only, and what came last without fail."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

LATE = 60
"""Milliseconds after a rest at which is drawn what nobody asked for again."""


class Rest(QObject):
    """Draws at once, and then at the next time that it is asked to after a rest.

    While training runs it is asked at each frame, in which training waits: that is the best time to draw.
    Where no frame comes any more, what was asked for is drawn a little after the rest.
    """

    def __init__(self, draw: Callable[[], object], pause: int, parent: QObject) -> None:
        """`pause` is the rest in milliseconds."""
        super().__init__(parent)
        self._draw, self._waits = draw, False
        self._pause = QTimer(self, singleShot=True, interval=pause)
        self._late = QTimer(self, singleShot=True, interval=pause + LATE)
        self._late.timeout.connect(self._draw_late)

    @property
    def resting(self) -> bool:
        """Whether it drew a short while ago."""
        return self._pause.isActive()

    def ask(self, at_once: bool = False) -> None:
        """Draw what there is now, or in a while; `at_once` where it may not be late."""
        if at_once or not self.resting:
            self.draw()
        else:
            self._waits = True

    def draw(self) -> None:
        """Draw, and rest."""
        self._waits = False
        self._pause.start()
        self._late.start()
        self._draw()

    def _draw_late(self) -> None:
        if self._waits:
            self.draw()
