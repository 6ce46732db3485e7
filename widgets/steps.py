"""A long computation off the window's thread, a piece at a time: shown as it goes, and left at any time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QObject, Signal

from widgets.background import Background

END = object()


class Steps(QObject):
    """Takes what an iterator gives, one after another on a thread.

    Signals:
        came: the next that it gave.
        ended: it has no more, or was left.
    """

    came = Signal(object)
    ended = Signal()

    def __init__(self, parent: QObject, *, newest_only: bool = False) -> None:
        """`newest_only` leaves out what waits still when something else is begun, as by a slider."""
        super().__init__(parent)
        self._newest_only = newest_only
        self._background = Background(self)
        self._pieces: Iterator[Any] | None = None
        self._last = False

    @property
    def busy(self) -> bool:
        """Whether there is more to come."""
        return self._pieces is not None

    def begin(self, pieces: Iterator[Any]) -> None:
        """Take what this gives, in place of what was under way."""
        self._pieces, self._last = pieces, False
        self._ask(pieces)

    def stop(self) -> None:
        """Leave what is under way; the piece that is being worked out is not shown."""
        if self._pieces is not None:
            self._pieces = None
            self.ended.emit()

    def finish(self) -> None:
        """Take the piece that is being worked out, and no more."""
        self._last = True

    def close(self) -> None:
        """Work no more."""
        self._pieces = None
        self._background.close()

    def _ask(self, pieces: Iterator[Any]) -> None:
        self._background.run(lambda: self._next(pieces), lambda piece: self._take(pieces, piece))

    def _next(self, pieces: Iterator[Any]) -> Any:
        """The next piece, on the thread."""
        unwanted = self._newest_only and pieces is not self._pieces
        return END if unwanted else next(pieces, END)

    def _take(self, pieces: Iterator[Any], piece: Any) -> None:
        if pieces is not self._pieces:
            return
        if piece is END:
            self.stop()
            return
        self.came.emit(piece)
        if pieces is not self._pieces:
            return
        if self._last:
            self.stop()
        else:
            self._ask(pieces)
