"""Whether files are there, asked off the window's thread: a dead network share answers late or never."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from os.path import isdir, isfile
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic

from PySide6.QtCore import QEventLoop, QObject, QTimer, Signal

LIMIT = 3.0
"""Seconds until no answer is one."""
GLANCE = 30
"""Milliseconds between two looks for answers."""
AT_ONCE = 0.01
"""Seconds within which a folder answers that is near."""


class Presence(Enum):
    """What came of asking for a file."""

    THERE = "there"
    MISSING = "missing"
    SILENT = "silent"


class PresenceOfFiles(QObject):
    """Asks for files, each on a thread of its own, as one that hangs must not hold up the others.

    Signals:
        told: a file and its presence.  A silent one may answer later on.
    """

    told = Signal(object, Presence)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._asked: dict[Path, float] = {}
        self._silent: set[Path] = set()
        self._answers: SimpleQueue[tuple[Path, bool]] = SimpleQueue()
        self._timer = QTimer(self, interval=GLANCE)
        self._timer.timeout.connect(self._look)

    def ask(self, paths: Iterable[Path]) -> None:
        """Ask for these files; one that was asked for and has not answered is not asked for again."""
        for path in paths:
            if path not in self._asked:
                self._asked[path] = monotonic()
                # Nothing can end a thread that hangs in the operating system: it ends with the program.
                Thread(target=self._answer, args=(path,), name="presence", daemon=True).start()
            elif path in self._silent:
                self.told.emit(path, Presence.SILENT)
        self._timer.start()

    def _answer(self, path: Path) -> None:
        self._answers.put((path, isfile(path)))

    def _look(self) -> None:
        while (answer := self._next()) is not None:
            path, there = answer
            del self._asked[path]
            self._silent.discard(path)
            self.told.emit(path, Presence.THERE if there else Presence.MISSING)
        for path, since in self._asked.items():
            if path not in self._silent and monotonic() - since > LIMIT:
                self._silent.add(path)
                self.told.emit(path, Presence.SILENT)
        if not self._asked:
            self._timer.stop()

    def _next(self) -> tuple[Path, bool] | None:
        try:
            return self._answers.get_nowait()
        except Empty:
            return None


def one_that_answers(folders: Iterable[Path], otherwise: Path) -> Path:
    """The first of these folders that is there and says so in time; the window paints while it waits."""
    return next((folder for folder in dict.fromkeys(folders) if _answers(folder)), otherwise)


def _answers(folder: Path) -> bool:
    there: list[bool] = []
    asking = Thread(target=lambda: there.append(isdir(folder)), name="presence", daemon=True)
    asking.start()
    asking.join(AT_ONCE)
    if asking.is_alive():
        _paint_while(asking)
    return there == [True]


def _paint_while(asking: Thread) -> None:
    loop, timer, since = QEventLoop(), QTimer(interval=GLANCE), monotonic()

    def look() -> None:
        if not asking.is_alive() or monotonic() - since > LIMIT:
            loop.quit()

    timer.timeout.connect(look)
    timer.start()
    loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    timer.stop()
