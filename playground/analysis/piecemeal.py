"""Long work in pieces: what it has found so far, how far it is, and how long it will take."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from time import perf_counter
from typing import Generic, TypeVar

import numpy as np

T = TypeVar("T")


@dataclass(frozen=True)
class WorkPiece(Generic[T]):
    """A small piece of work is done, `done` of `total`, and perhaps something is `found` to be shown."""

    done: int
    total: int
    found: T | None = None


class Piecemeal(Generic[T]):
    """Work that goes on for a while whenever it is told to; whoever wants no more of it forgets it.

    Attributes:
        found: the newest that can be shown; None before the first.
        done: the share that is done, 0 to 1.
        ended: whether there is no more to do.
    """

    def __init__(self, pieces: Iterator[WorkPiece[T]]) -> None:
        self._pieces = pieces
        self._taken = 0.0
        self.found: T | None = None
        self.done, self.ended = 0.0, False

    def advance(self, seconds: float) -> None:
        """Go on for about so long, by one piece at least."""
        begun = perf_counter()
        while not self.ended:
            with np.errstate(all="ignore"):  # what is not finite is told as such
                piece = next(self._pieces, None)
            if piece is None:
                self.done, self.ended = 1.0, True
                break
            self.done = piece.done / piece.total
            self.found = self.found if piece.found is None else piece.found
            if perf_counter() - begun >= seconds:
                break
        self._taken += perf_counter() - begun

    @property
    def left(self) -> float:
        """About how many seconds of work are left; 0 before anything is known of it."""
        return self._taken * (1 - self.done) / self.done if self.done else 0.0
