"""Work off the window's thread: a function runs elsewhere, what it gives comes back here."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from PySide6.QtCore import QObject, Signal


class Background(QObject):
    """Runs functions one after another on a thread, and calls back on the window's thread."""

    _finished = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="background")
        self._finished.connect(self._deliver)

    def run(
        self, work: Callable[[], Any], done: Callable[[Any], None], failed: Callable[[Exception], None]
    ) -> None:
        """Call `done` with what `work` returns, or `failed` with the exception it raises."""
        future = self._pool.submit(work)
        future.add_done_callback(lambda finished: self._finished.emit((finished, done, failed)))

    def close(self) -> None:
        """Wait for what is under way."""
        self._pool.shutdown(wait=True)

    def _deliver(
        self, result: tuple[Future[Any], Callable[[Any], None], Callable[[Exception], None]]
    ) -> None:
        future, done, failed = result
        error = future.exception()
        if error is None:
            done(future.result())
        elif isinstance(error, Exception):
            failed(error)
        else:
            raise error
