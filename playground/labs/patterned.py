"""What laboratories have in common in which a person paints patterns of pixels and stores them."""

from __future__ import annotations

from abc import abstractmethod
from functools import lru_cache
from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from playground.labs.base import Laboratory
from playground.value import Hidden

Floats = NDArray[np.float64]

MOST_PATTERNS = 40
SMALLEST, LARGEST = 4, 20
"""Pixels along a side."""

Bits = Annotated[str, Field(pattern=r"^[01]*$", max_length=LARGEST**2)]


class Patterned(Laboratory):
    """Patterns as texts of 1 and 0, row after row, each of a square grid."""

    patterns: Annotated[tuple[Bits, ...], Hidden()] = Field((), max_length=MOST_PATTERNS)
    chosen: Annotated[int, Hidden()] = Field(0, ge=0, le=MOST_PATTERNS)

    @property
    @abstractmethod
    def grid(self) -> int:
        """Pixels along a side."""

    @property
    def pixels(self) -> int:
        """How many there are."""
        return self.grid**2

    @property
    def stored(self) -> Floats:
        """The patterns (p, n) of +1 and −1, each brought to the grid as it is now; read-only."""
        return _stored(self.patterns, self.grid)

    @property
    def current(self) -> int:
        """The pattern that is chosen; −1 where there is none."""
        return min(self.chosen, len(self.patterns) - 1)


def bits(states: NDArray[np.floating] | NDArray[np.integer]) -> str:
    """States of +1 and −1 as a text of 1 and 0."""
    return "".join("1" if state > 0 else "0" for state in states.ravel())


@lru_cache(maxsize=8)
def _stored(patterns: tuple[str, ...], side: int) -> Floats:
    found = np.array([_on_grid(pattern, side) for pattern in patterns], np.float64).reshape(-1, side**2)
    found.flags.writeable = False
    return found


def _on_grid(pattern: str, side: int) -> NDArray[np.int8]:
    """A pattern of any square grid on another, (side²,) of +1 and −1."""
    old = int(len(pattern) ** 0.5)
    if old * old != len(pattern) or not old:
        return -np.ones(side**2, np.int8)
    places = np.arange(side) * old // side
    square = np.frombuffer(pattern.encode(), np.int8).reshape(old, old) - ord("0")
    grid: NDArray[np.int8] = 2 * square[np.ix_(places, places)] - 1
    return grid.ravel()
