"""How much moves: all that slides, drifts, plays or blinks by itself asks here first.

Who prefers less motion sees things where they belong at once, nothing drifts or blinks, and what runs is
drawn less than three times a second, so that nothing flashes more often (WCAG 2.2: 2.2.2, 2.3.1, 2.3.3).
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

CALM = 350
"""Milliseconds from one picture to the next at least."""
FADING = Qt.UIEffect.UI_General


class Motion(QObject):
    """Whether motion is reduced: as the person has chosen, or else as the system says.

    Signals:
        changed: it is now, or not any more.
    """

    changed = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.reduced = False
        self._chosen: bool | None = None
        self._listens = False
        self._usual = (0, False)
        """How often the text cursor blinked before, and whether menus and tips faded in."""

    def choose(self, reduced: bool | None) -> None:
        """Reduce it, or not; None for what the system says, now and later."""
        self._chosen = reduced
        hints = _hints()
        if not self._listens and hasattr(hints, "motionPreferenceChanged"):
            hints.motionPreferenceChanged.connect(lambda _: self._follow())
            self._listens = True
        self._follow()

    def pause(self, usual: int) -> int:
        """Milliseconds from one picture of what goes on to the next, instead of those that are usual."""
        return max(usual, CALM) if self.reduced else usual

    def time(self, usual: int) -> int:
        """Milliseconds that a movement takes: none where motion is reduced."""
        return 0 if self.reduced else usual

    def _follow(self) -> None:
        reduced = system_reduces() if self._chosen is None else self._chosen
        if reduced != self.reduced:
            self.reduced = reduced
            if reduced:
                self._usual = QApplication.cursorFlashTime(), QApplication.isEffectEnabled(FADING)
            blinks, fades = (0, False) if reduced else self._usual
            QApplication.setCursorFlashTime(blinks)
            QApplication.setEffectEnabled(FADING, fades)
            self.changed.emit(reduced)


motion = Motion()
"""`motion.changed` is emitted when it is reduced, and when it is so no more."""


def system_reduces() -> bool:
    """Whether the system is set to less motion; Qt tells so from 6.12 on, and without that it is not."""
    preference = getattr(_hints(), "motionPreference", None)
    return preference is not None and preference().name == "ReducedMotion"


def _hints() -> Any:
    """What Qt knows of what the system is set to for people who see, hear or move otherwise; since 6.10."""
    return getattr(QApplication.styleHints(), "accessibility", lambda: None)()


class Calm(QObject):
    """Draws a widget that shows what runs a few times a second only, where motion is reduced."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget, self._runs = widget, False
        self._timer = QTimer(self, interval=CALM)
        self._timer.timeout.connect(self._draw)
        motion.changed.connect(self._suit)

    def run(self, on: bool) -> None:
        """It runs now, or rests."""
        self._runs = on
        self._suit()

    def _suit(self) -> None:
        calm = self._runs and motion.reduced
        (self._timer.start if calm else self._timer.stop)()
        self._widget.setUpdatesEnabled(not calm)

    def _draw(self) -> None:
        self._widget.setUpdatesEnabled(True)
        self._widget.repaint()
        self._widget.setUpdatesEnabled(False)
