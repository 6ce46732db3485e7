"""Work off the window's thread: a function runs elsewhere, what it gives comes back here."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from PySide6.QtCore import QObject, Signal
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

    _finished = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="background")
        self._calls_back = True
        self._finished.connect(self._deliver)

    def run(self, work: Callable[[], Any], done: Done, failed: Failed = raised) -> None:
        """Call `done` with what `work` returns, or `failed` with the exception it raises."""
        self.follow(self._pool.submit(work), done, failed)

    def follow(self, future: Future[Any], done: Done, failed: Failed = raised) -> None:
        """The same with what another thread will give."""
        future.add_done_callback(lambda finished: self._send((finished, done, failed)))

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

    def _send(self, result: tuple[Future[Any], Done, Failed]) -> None:
        if self._calls_back and isValid(self):
            self._finished.emit(result)

    def _deliver(self, result: tuple[Future[Any], Done, Failed]) -> None:
        future, done, failed = result
        if not self._calls_back or future.cancelled():
            return
        error = future.exception()
        if error is None:
            done(future.result())
        elif isinstance(error, Exception):
            failed(error)
        else:
            raise error
