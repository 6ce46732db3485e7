"""Work off the window's thread: a function runs elsewhere, what it gives comes back here."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from itertools import count
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

Done = Callable[[Any], object]
Failed = Callable[[Exception], object]


def raised(error: Exception) -> None:
    """What is done with a failure that nobody expects: it goes to where all faults of the program go."""
    raise error


class Background(QObject):
    """Runs functions one after another on a thread, and calls back on the window's thread.

    The thread is never waited for here; the interpreter waits for it before the program ends.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="background")
        self._calls_back = True
        self._desk = _desk()

    def run(self, work: Callable[[], Any], done: Done, failed: Failed = raised) -> None:
        """Call `done` with what `work` returns, or `failed` with the exception it raises."""
        number = self._desk.expect(_Call(self, done, failed, work))
        self._desk.answer(number, self._pool.submit(self._desk.work, number))

    def follow(self, future: Future[Any], done: Done, failed: Failed = raised) -> None:
        """The same with what another thread will give."""
        self._desk.answer(self._desk.expect(_Call(self, done, failed)), future)

    def finish(self) -> None:
        """Take no more work; what there is goes on and calls back."""
        self._pool.shutdown(wait=False)

    def close(self) -> None:
        """Take no more work; what there is goes on, and nobody is called back."""
        self._calls_back = False
        self.finish()

    def wait(self) -> None:
        """Wait for what there is, where no window would stand still for it."""
        self._pool.shutdown(wait=True)

    def wants(self, future: Future[Any]) -> bool:
        """Whether somebody is here still to be called back."""
        return isValid(self) and self._calls_back and not future.cancelled()


@dataclass
class _Call:
    """Whom to call back, with what comes of some work."""

    by: Background
    done: Done
    failed: Failed
    work: Callable[[], Any] | None = None

    def back(self, future: Future[Any]) -> None:
        """Tell how it ended."""
        if not self.by.wants(future):
            return
        error = future.exception()
        if error is None:
            self.done(future.result())
        elif isinstance(error, Exception):
            self.failed(error)
        else:
            raise error


class _Desk(QObject):
    """Where other threads leave word for the window's thread.

    It lives as long as the program, so that a thread never speaks to an object of Qt that is about to end.
    A thread is given a number, no more: nothing of Qt ends on it because it was the last to know of it.
    """

    _ended = Signal(int, object)

    def __init__(self) -> None:
        super().__init__()
        self._numbers = count()
        self._calls: dict[int, _Call] = {}
        self._ended.connect(self._call_back, Qt.ConnectionType.QueuedConnection)  # never before `run` is over

    def expect(self, call: _Call) -> int:
        """Keep a call until word of it comes."""
        number = next(self._numbers)
        self._calls[number] = call
        return number

    @property
    def is_expecting(self) -> bool:
        """Whether there are calls of which no word came yet."""
        return bool(self._calls)

    def work(self, number: int) -> Any:
        """Do the work of a call; this alone runs on another thread."""
        work = self._calls[number].work
        return None if work is None else work()

    def answer(self, number: int, future: Future[Any]) -> None:
        """Call back when `future` is done, whichever thread ends it."""
        future.add_done_callback(partial(self._ended.emit, number))

    def _call_back(self, number: int, future: Future[Any]) -> None:
        self._calls.pop(number).back(future)


def at_work() -> bool:
    """Whether something is being worked out off the window's thread, or waits to be called back."""
    return _desk().is_expecting


@cache
def _desk() -> _Desk:
    return _Desk()
