"""Drawing what takes long less often than every frame, and what came last without fail."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from playground.training.snapshot import Snapshot, State

LATE = 60
"""Milliseconds after a rest at which is drawn what nobody asked for again."""
SHARE = 0.1
"""The part of the time that drawing may take of what says how long it took."""


LONGEST = 200
"""Milliseconds of a rest at most that follows from how long drawing took."""


def follows_on(before: Snapshot | None, after: Snapshot) -> bool:
    """Whether it is a later moment of the same training, under way both times: then it may be drawn late."""
    return (
        before is not None
        and before.state is after.state is State.RUNNING
        and before.run == after.run
        and before.experiment is after.experiment
    )


class Rest(QObject):
    """Draws at once, and then at the next time that it is asked to after a rest.

    While training runs it is asked at each frame, in which training waits: that is the best time to draw.
    Where no frame comes any more, what was asked for is drawn a little after the rest.
    """

    def __init__(self, draw: Callable[[], object], pause: int, parent: QObject) -> None:
        """`pause` is the rest in milliseconds."""
        super().__init__(parent)
        self._draw, self._waits, self._least = draw, False, pause
        self._pause = QTimer(self, singleShot=True, interval=pause)
        self._late = QTimer(self, singleShot=True, interval=pause + LATE)
        self._late.timeout.connect(self._draw_late)

    @property
    def resting(self) -> bool:
        """Whether it drew a short while ago."""
        return self._pause.isActive()

    def ask(self, at_once: bool = False) -> bool:
        """Draw what there is now, or in a while; `at_once` where it may not be late.  Whether it did."""
        draws = at_once or not self.resting
        if draws:
            self.draw()
        else:
            self._waits = True
        return draws

    def draw(self) -> None:
        """Draw, and rest."""
        self._waits = False
        self._pause.start()
        self._late.start()
        self._draw()

    def took(self, seconds: float) -> None:
        """Drawing took so long; the rest is long enough for that to be a small share of the time."""
        pause = max(self._least, min(round(1000 * seconds / SHARE), LONGEST))
        if pause != self._pause.interval():
            self._pause.setInterval(pause)
            self._late.setInterval(pause + LATE)

    def _draw_late(self) -> None:
        if self._waits:
            self.draw()
