"""Signs of life: a worker shows that it lives, and watches the others while it does.

Clocks of different machines need not agree: a worker is dead when its sign has not changed for a while by the
clock of the one that watches.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from playground.search.queue import OWNER, TrialQueue


@dataclass(frozen=True)
class Rhythm:
    """Seconds between two signs of life, and those after which a worker without any is dead."""

    beat: float = 3.0
    grace: float = 20.0


class Pulse:
    """The thread that gives signs of life for the trial under way, and puts back those of the dead."""

    def __init__(self, queue: TrialQueue, rhythm: Rhythm, on_fault: Callable[[Exception], None]) -> None:
        """`on_fault` is told when the storage fails."""
        self._queue, self._rhythm, self._on_fault = queue, rhythm, on_fault
        self._seen: dict[int, tuple[object, float]] = {}
        self._mine: int | None = None
        self.lost = threading.Event()
        self._ended = threading.Event()
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._work, name="pulse", daemon=True)

    def start(self) -> None:
        """Begin to beat."""
        self._thread.start()

    def end(self) -> None:
        """Beat no more."""
        self._ended.set()
        self._thread.join()

    def work_on(self, trial: int | None) -> None:
        """Beat for the trial of this id from now on, or for none."""
        with self._lock:
            self._mine = trial
            self.lost.clear()

    def _work(self) -> None:
        while not self._ended.wait(self._rhythm.beat):
            try:
                self._beat()
                self._watch()
            except Exception as fault:  # the worker tells it, and ends
                self._on_fault(fault)
                return

    def _beat(self) -> None:
        with self._lock:
            if self._mine is not None and not self._queue.beat(self._mine):
                self.lost.set()

    def _watch(self) -> None:
        """Put back the trials whose workers have given no sign for too long."""
        now = time.monotonic()
        seen: dict[int, tuple[object, float]] = {}
        for trial in self._queue.running():
            sign = trial.user_attrs.get(OWNER)
            before = self._seen.get(trial.number)
            since = before[1] if before is not None and before[0] == sign else now
            if now - since < self._rhythm.grace:
                seen[trial.number] = (sign, since)
            elif trial._trial_id != self._mine:
                self._queue.put_back(trial._trial_id)
        self._seen = seen
