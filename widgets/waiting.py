"""A note that something takes its time, with a way out; it is seen only when the wait is felt."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer

from widgets.notice import Notice

FELT = 500
"""Milliseconds of waiting before anything is said."""


class WaitingNote(Notice):
    """Says what is waited for and since when; one wait at a time."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Waiting"))
        self._words, self._ways_out = "", dict[str, Callable[[], object]]()
        self._seconds = 0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._tick)

    def begin(self, words: str, ways_out: dict[str, Callable[[], object]]) -> None:
        """Begin to wait; `words` tell the time at {seconds}."""
        self._words, self._ways_out, self._seconds = words, ways_out, 0
        self._timer.start(FELT)

    def end(self) -> None:
        """The wait is over."""
        self._timer.stop()
        self.clear()

    def _tick(self) -> None:
        self._timer.setInterval(1000)
        words = self._words.format(seconds=self._seconds)
        if self._seconds:
            self.reword(words)
        else:
            self.say(words, self._ways_out, bad=False)
        self._seconds += 1
