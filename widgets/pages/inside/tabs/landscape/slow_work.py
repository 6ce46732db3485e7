"""Long work for a tab: done elsewhere in short slices, with rests in which training goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from playground.analysis.inspections.landscape.absent import NoLandscape
from playground.analysis.piecemeal import Piecemeal, WorkPiece
from widgets.background import Background

SLICE = 0.02
"""Seconds of work at a stretch."""

REST = 9.0
"""While training runs, it rests for so many times as long as it worked."""


class SlowWork(QObject):
    """One work at a time; what is begun anew takes the place of what was under way.

    Attributes:
        work: what is under way, or was last; None before the first and once it is given up.
        busy: whether there is more to be done, or to be told.
        gently: whether training is running, and must not be kept from it.

    Signals:
        found: there is something new to be shown.
        moved: it is farther now, or ended.
        refused: it cannot be done, and why (`Text`).
    """

    found = Signal(object)
    moved = Signal()
    refused = Signal(object)

    def __init__(self, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._background = background
        self.work: Piecemeal[Any] | None = None
        self.gently = False
        self.busy = False
        self._rest = QTimer(self, singleShot=True)
        self._rest.timeout.connect(self._go_on)

    def begin(self, pieces: Callable[[], Iterator[WorkPiece[Any]]]) -> None:
        """Begin with other work, all of which is done elsewhere."""
        self.work, self.busy = Piecemeal(_made_later(pieces)), True
        self._rest.stop()
        self._go_on()
        self.moved.emit()

    def cancel(self) -> None:
        """Do no more."""
        self.work, self.busy = None, False
        self._rest.stop()
        self.moved.emit()

    def _go_on(self) -> None:
        if (work := self.work) is not None:
            shown = work.found
            self._background.run(
                lambda: work.advance(SLICE),
                lambda _: self._see(work, shown),
                lambda error: self._fail(work, error),
            )

    def _see(self, work: Piecemeal[Any], shown: object) -> None:
        if work is not self.work:
            return
        self.busy = not work.ended
        if work.found is not shown:
            self.found.emit(work.found)
        self.moved.emit()
        if work is self.work and self.busy:
            self._rest.start(round(1000 * REST * SLICE) if self.gently else 0)

    def _fail(self, work: Piecemeal[Any], error: Exception) -> None:
        if not isinstance(error, NoLandscape):
            raise error
        if work is self.work:
            self.cancel()
            self.refused.emit(error.text)


def _made_later(pieces: Callable[[], Iterator[WorkPiece[Any]]]) -> Iterator[WorkPiece[Any]]:
    """The pieces of work that is only begun when the first is asked for."""
    yield from pieces()
