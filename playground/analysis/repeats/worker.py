"""The thread on which experiments are repeated: it gives way to the run in front."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence

import numpy as np

from playground.analysis.repeats.repetition import Repetition
from playground.engine.layers import LayerProblem
from playground.text import Text
from playground.training.budget import REST
from playground.value import InvalidValue

BREATH = 0.001
"""Seconds for which others may have the interpreter after each slice, when nothing else trains."""


class RepeatWorker:
    """Advances repetitions in turn, so that their bands grow together.

    Attributes:
        repetitions: what is trained.
        worked: seconds in which it did not wait for anyone's word to go on.
        problem: why it ended before its time; None when it did not.
    """

    def __init__(self, repetitions: Sequence[Repetition], is_busy: Callable[[], bool]) -> None:
        """Begin when `start` is called; `is_busy` says whether the run in front trains."""
        self.repetitions = tuple(repetitions)
        self.worked = 0.0
        self.problem: Text | None = None
        self._is_busy = is_busy
        self._may_run, self._cancelled = threading.Event(), threading.Event()
        self._may_run.set()
        self._thread = threading.Thread(target=self._work, name="repeat", daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def pause(self) -> None:
        """Wait after the slice under way."""
        self._may_run.clear()

    def go_on(self) -> None:
        """Work again."""
        self._may_run.set()

    def cancel(self) -> None:
        """End after the slice under way; nobody waits for that."""
        self._cancelled.set()
        self._may_run.set()

    def wait(self, timeout: float) -> bool:
        """Whether it ended within so many seconds."""
        self._thread.join(timeout)
        return not self._thread.is_alive()

    @property
    def paused(self) -> bool:
        """Whether it waits for word to go on."""
        return not self._may_run.is_set()

    @property
    def ended(self) -> bool:
        """Whether there is nothing more to come."""
        finished = all(repetition.finished for repetition in self.repetitions)
        return finished or self._cancelled.is_set() or self.problem is not None

    @property
    def progress(self) -> float:
        """How much of all is done, 0 to 1."""
        return float(np.mean([repetition.progress for repetition in self.repetitions]))

    @property
    def seconds_left(self) -> float | None:
        """About how long it still takes, if it goes on as so far; None before that can be told."""
        done = self.progress
        return self.worked * (1 - done) / done if done > 0 else None

    def _work(self) -> None:
        with np.errstate(all="ignore"):  # what is not finite is found and told as a divergence
            try:
                while not self.ended:
                    self._may_run.wait()
                    self._advance()
            except (LayerProblem, InvalidValue) as problem:
                self.problem = problem.text

    def _advance(self) -> None:
        began = time.perf_counter()
        unfinished = (each for each in self.repetitions if not each.finished)
        min(unfinished, key=lambda each: each.progress).advance()
        took = time.perf_counter() - began
        self._cancelled.wait(REST * took if self._is_busy() else BREATH)
        self.worked += time.perf_counter() - began
