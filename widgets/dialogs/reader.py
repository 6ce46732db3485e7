"""Reading a source off the window's thread, with its progress; what is no longer wanted is cancelled."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from playground.data.tables.problem import Cancelled
from playground.value import InvalidValue
from widgets.background import Background
from widgets.sentences import sentence

LOOK = 100
"""Milliseconds between two looks at how far it is."""

TELLING = 0.05
"""The share from which the time that is left can be told."""

Watched = Callable[[Callable[[float], None], Callable[[], bool]], object]
"""Work that is told whom to report to, and whom to ask whether to stop."""


class SourceReader(QObject):
    """Does one thing at a time that takes its while; a new one takes the place of what is under way.

    Signals:
        progressed: how far it is, 0 to 1, and how many seconds are left; −1 while that is unknown.
        ended: nothing is under way any more.
    """

    progressed = Signal(float, float)
    ended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = Background(self)
        self._number = 0
        self._closed = False
        self._share, self._begun = 0.0, 0.0
        self._timer = QTimer(self, interval=LOOK)
        self._timer.timeout.connect(self._tell)

    @property
    def busy(self) -> bool:
        """Whether something is under way."""
        return self._timer.isActive()

    def watch(self, work: Watched, done: Callable[[Any], object], failed: Callable[[str], object]) -> None:
        """Do what can tell how far it is, and be stopped."""
        number = self._number + 1

        def report(share: float) -> None:
            if self._number == number:
                self._share = share

        self.run(lambda: work(report, lambda: self._number != number), done, failed)

    def run(
        self, work: Callable[[], object], done: Callable[..., object], failed: Callable[[str], object]
    ) -> None:
        """Do something else that takes its time, in place of whatever is under way."""
        if self._closed:  # as when a file is chosen for a dialog that is gone meanwhile
            return
        self._number += 1
        number = self._number
        self._share, self._begun = 0.0, monotonic()
        self._timer.start()

        def finish(say: Callable[[], object]) -> None:
            if self._number == number:
                self._timer.stop()
                say()
                self.ended.emit()

        def refused(error: Exception) -> None:
            if not isinstance(error, InvalidValue | Cancelled):
                finish(lambda: None)
                raise error
            words = sentence(error.text) if isinstance(error, InvalidValue) else ""
            finish(lambda: failed(words))

        self._background.run(work, lambda result: finish(lambda: done(result)), refused)

    def cancel(self) -> None:
        """Stop what is under way."""
        self._number += 1
        self._timer.stop()

    def close(self) -> None:
        """Stop it, and do nothing more."""
        self.cancel()
        self._closed = True
        self._background.close()

    def _tell(self) -> None:
        spent = monotonic() - self._begun
        left = spent * (1 - self._share) / self._share if self._share > TELLING else -1.0
        self.progressed.emit(self._share, left)
