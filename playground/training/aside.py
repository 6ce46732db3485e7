"""What an edit puts aside: a run that begins anew leaves the old one whole, for undo to bring it back."""

from __future__ import annotations

from typing import Any

MOST_NUMBERS = 40_000_000
"""Numbers that all runs put aside may hold; the oldest are forgotten first, but never the last."""


class Aside:
    """Room for the run that one edit takes out of a trainer.

    Attributes:
        run: the attributes of the trainer at that time; None before, and when it was forgotten.
        size: about how many numbers it holds.
    """

    def __init__(self) -> None:
        self.run: dict[str, Any] | None = None
        self.size = 0


class Asides:
    """All that a trainer has put aside, the oldest first."""

    def __init__(self) -> None:
        self._filled: list[Aside] = []

    def fill(self, aside: Aside, run: dict[str, Any], size: int) -> None:
        """Put a run there in place of what it holds, and forget the oldest where there are too many."""
        self._filled = [other for other in self._filled if other is not aside]
        aside.run, aside.size = run, size
        self._filled.append(aside)
        while len(self._filled) > 1 and sum(other.size for other in self._filled) > MOST_NUMBERS:
            self._filled.pop(0).run = None
