"""Makes machine code ready behind a program that goes on: compiled by another process, then loaded."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

import numpy as np

from playground.processes import BEHIND, HIDDEN, flags
from playground.text import Text, say
from playground.training.compiled.building import NOT_KEPT, can_be_kept, code_of, is_ready

COMPILE = "from playground.training.compiled.making import compile_here; compile_here({precision!r})"
"""What the other process does."""

STARTED = say(
    "making.started",
    "The steps of all networks are compiled in the background, once; NumPy trains meanwhile.",
)
READY = say("making.ready", "The steps are compiled: what starts from now on trains many times faster.")


class Making:
    """A thread that makes the machine code of some precisions, one after the other.

    It `tells` what is to be said, and calls `is_made` with each precision that is loaded.
    """

    def __init__(
        self,
        precisions: tuple[str, ...],
        tells: Callable[[Text], object],
        is_made: Callable[[str], object],
    ) -> None:
        self._precisions, self._tells, self._is_made = precisions, tells, is_made
        self._stopped = Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = Thread(target=self._make, name="making", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self, timeout: float | None = None) -> bool:
        """Give up; whether the thread ended in this time, as loading cannot be broken off."""
        self._stopped.set()
        if self._process is not None:
            self._process.terminate()
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def _make(self) -> None:
        compiles = not all(is_ready(np.dtype(precision)) for precision in self._precisions)
        if compiles:
            self._tells(STARTED)
        for precision in self._precisions:
            if not is_ready(np.dtype(precision)) and can_be_kept():
                self._compile_elsewhere(precision)
            if self._stopped.is_set():
                return
            code_of(np.dtype(precision))
            self._is_made(precision)
        if NOT_KEPT:
            self._tells(_not_kept())
        elif compiles:
            self._tells(READY)

    def _compile_elsewhere(self, precision: str) -> None:
        """Let another process fill the cache folder, so that compiling holds up no window."""
        command = [sys.executable, "-c", COMPILE.format(precision=precision)]
        quiet = subprocess.DEVNULL
        with subprocess.Popen(
            command,
            cwd=Path(__file__).parents[3],
            stdin=quiet,
            stdout=quiet,
            stderr=quiet,
            creationflags=flags(HIDDEN, BEHIND),
        ) as self._process:
            if self._stopped.is_set():
                self._process.terminate()


def compile_here(precision: str) -> None:
    """Compile, and keep it in the cache folder; whatever else is done comes first."""
    if sys.platform != "win32":
        os.nice(10)
    code_of(np.dtype(precision))


def _not_kept() -> Text:
    return say(
        "making.not_kept",
        "The steps are compiled, but could not be kept, so that it is done again the next time: {why}.",
        why=NOT_KEPT[0],
    )
