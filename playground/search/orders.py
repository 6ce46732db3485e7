"""Being told to pause, to go on and to stop, by whoever started a worker."""

from __future__ import annotations

import threading


class Orders:
    """What a worker looks at between two slices of training."""

    def __init__(self) -> None:
        self._may_run, self._stopped = threading.Event(), threading.Event()
        self._may_run.set()

    def pause(self) -> None:
        """Let the worker wait after the slice under way."""
        self._may_run.clear()

    def go_on(self) -> None:
        """Let it work again."""
        self._may_run.set()

    def stop(self) -> None:
        """Let it end after the slice under way."""
        self._stopped.set()
        self._may_run.set()

    @property
    def stopped(self) -> bool:
        """Whether it is to end."""
        return self._stopped.is_set()

    def may_go_on(self) -> bool:
        """Whether the worker is not to end, said once it is not to wait any more."""
        self._may_run.wait()
        return not self.stopped

    def wait(self, seconds: float) -> None:
        """Wait so long, or until it is to end."""
        self._stopped.wait(seconds)
