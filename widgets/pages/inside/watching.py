"""Looking at the run in front between two of its steps, again and again, for a small share of the time."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter
from typing import Generic, TypeVar

from PySide6.QtCore import QObject

from playground.training.run import Run
from playground.training.snapshot import Snapshot, State
from widgets.asking import Known, what_counts
from widgets.background import Background
from widgets.training_link import TrainingLink

FRAME = 0.03
"""Seconds between two looks while training runs, at least."""

REST = 24.0
"""Training goes on for so many times as long as a look took."""

T = TypeVar("T")


class Watching(QObject, Generic[T]):
    """Follows the run in front as long as it is told of its snapshots.

    A look is taken on the thread of training: what is quick is not worth a wait for another thread, which
    would have to take Python from that of training again and again.
    """

    def __init__(
        self,
        link: TrainingLink,
        look: Callable[[Known], T],
        show: Callable[[T], object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._link, self._look, self._show = link, look, show
        self._background = Background(self)
        self._busy = False
        self._seen: tuple[object, ...] = ()
        self._waiting: Snapshot | None = None
        self._next = 0.0

    def see(self, snapshot: Snapshot) -> None:
        """Look at what is new in a snapshot, at once or when it is time to."""
        if self._busy:
            self._waiting = snapshot
        elif what_counts(snapshot) != self._seen and (
            snapshot.state is not State.RUNNING or perf_counter() >= self._next
        ):
            self._busy, self._seen = True, what_counts(snapshot)
            self._background.follow(self._link.session.answer(self._timed), self._answer)

    def ask_anew(self) -> None:
        """Look again at the next snapshot, though it may be the same."""
        self._seen, self._next = (), 0.0

    def end(self) -> None:
        """Look no more."""
        self._background.close()

    def _timed(self, run: Run) -> tuple[T, float]:
        """What there is to see, and how long that took; on the thread of training."""
        begun = perf_counter()
        return self._look(Known.of(run)), perf_counter() - begun

    def _answer(self, found: tuple[T, float] | None) -> None:
        self._busy = False
        if found is not None:
            seen, took = found
            self._next = perf_counter() + max(FRAME, REST * took)
            self._show(seen)
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self.see(waiting)
