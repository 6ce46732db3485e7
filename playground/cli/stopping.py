"""Being asked to stop: by Ctrl+C, by the batch system, at a shutdown, or when the terminal is closed."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

SIGNALS = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name)
)


class Stop:
    """Whether the program was asked to stop; `number` is the signal's, 0 as long as nobody has asked."""

    number = 0

    @property
    def code(self) -> int:
        """The exit code that tells of it, as shells count."""
        return 128 + self.number


@contextmanager
def stoppable() -> Iterator[Stop]:
    """Note that the program is asked to stop, instead of stopping; Ctrl+C again stops at once."""
    stop = Stop()

    def ask(number: int, _frame: object) -> None:
        if stop.number and number == signal.SIGINT:
            raise KeyboardInterrupt
        stop.number = stop.number or number

    heard = [number for number in SIGNALS if signal.getsignal(number) is not signal.SIG_IGN]
    before = {number: signal.signal(number, ask) for number in heard}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
