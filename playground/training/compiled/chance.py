"""The random numbers that layers draw: for many steps at once, and yet the same as step by step."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from playground.engine.arrays import Array
from playground.randomness import Streams
from playground.training.compiled.program import Program

MOST_DRAWN = 1 << 18
"""So many random numbers are drawn ahead at most."""


class Chance:
    """The streams `dropout` and `noise` of a run, for steps by some programs."""

    def __init__(self, streams: Streams, programs: Iterable[Program], dtype: np.dtype[Any]) -> None:
        self._streams = streams.dropout, streams.noise
        self._none: tuple[Array, Array] = np.empty(0, dtype), np.empty(0, dtype)
        self._dtype, self._draws = dtype.type, any(any(program.drawn) for program in programs)

    def state(self) -> list[Any]:
        """Where the streams stand; nothing where no layer draws from them."""
        return [stream.bit_generator.state for stream in self._streams] if self._draws else []

    def take_back(self, state: list[Any]) -> None:
        """Put them to where they stood."""
        for stream, before in zip(self._streams, state, strict=False):
            stream.bit_generator.state = before

    def at_once(self, program: Program) -> int:
        """For how many steps numbers are drawn together."""
        return max(1, MOST_DRAWN // max(1, *program.drawn))

    def drawn(self, *calls: tuple[Program, int]) -> tuple[Array, Array]:
        """Even and normal numbers, one behind the other, for so many steps of each program in turn."""
        if not self._draws:
            return self._none
        (dropout, noise), (evens, normals) = self._streams, self._counts(calls)
        return dropout.random(evens, self._dtype), noise.standard_normal(normals, self._dtype)

    def epochs_at_once(self, *calls: tuple[Program, int]) -> int:
        """For how many epochs of such calls numbers are drawn together; 0 where one asks for too many."""
        return MOST_DRAWN // max(1, *self._counts(calls))

    def _counts(self, calls: Iterable[tuple[Program, int]]) -> tuple[int, int]:
        evens = sum(program.drawn[0] * steps for program, steps in calls)
        return evens, sum(program.drawn[1] * steps for program, steps in calls)
