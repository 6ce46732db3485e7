"""Machine code as it is called: one function, of which each call asks for a part of what it can do."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.engine.arrays import Array
from playground.training.compiled.measuring import DO_EPOCHS, DO_LENGTHS, DO_MEASURE, DO_STEPS, FOUND
from playground.training.compiled.registry import PLACES_OF_RUN

Work = Callable[..., None]

SideArrays = tuple[Any, ...]
"""What measuring one side of the split asks for, in the order of `measure`, but for where to write."""


class Code:
    """What trains and measures any network in one precision; what a call does not ask for is left empty."""

    def __init__(self, work: Work, flow: Any, precision: str) -> None:
        """From the functions of the module (see `registry`)."""
        made = flow(precision)
        self._work, self._flow = partial(work, made.address), made
        ints, rows = np.zeros(PLACES_OF_RUN, np.int64), np.zeros((0, 2), np.int64)
        vector, self._table = np.zeros(1, precision), np.zeros((1, 1), precision)
        part = rows, np.zeros((0, 1)), ints, rows
        self._vector, self._part, self._rows = vector, part, rows
        self._samples = self._table, self._table, vector
        self._update = ints, np.zeros((5, 1)), rows
        self._nothing = np.zeros(0, precision)
        self._orders, self._rates = np.zeros((0, 1), np.int64), np.zeros(0)
        self._found = np.zeros((1, FOUND))
        none = self._table[:0]
        labels = np.zeros(0, np.int64)
        side = (
            rows, part[1], vector, ints, none, self._table, self._table, labels, 0.0, part[1],
            np.ones((2, 1)), self._table, 1,
        )  # fmt: skip
        self._sides = (side, side, side)

    def warm(self) -> None:
        """Compile, or load what was compiled, by doing no step."""
        self.lengths(self._vector, self._rows, self._found)

    def run(
        self, part: Any, v: Array, samples: Any, order: NDArray[np.intp], first: int, n: int,
        rates: NDArray[np.float64], age: int, update: Any, evens: Array, normals: Array,
    ) -> None:  # fmt: skip
        """Do a step for each rate, on n samples in an order, of a program with its places."""
        self._work(
            DO_STEPS, first, 1, 1, n, 0, False, part, self._part, self._vector, -1, v, samples, order[None],
            rates, age, update, evens, normals, self._sides, self._rows, self._table, self._found,
        )  # fmt: skip

    def measure(self, side: SideArrays, found: NDArray[np.float64]) -> None:
        """Write (1, FOUND) sums (see `measuring`)."""
        self._work(
            DO_MEASURE, 0, 1, 1, 1, 0, False, self._part, self._part, self._vector, -1, self._vector,
            self._samples, self._orders, self._rates, 0, self._update, self._nothing, self._nothing,
            (side, *self._sides[1:]), self._rows, self._table, found,
        )  # fmt: skip

    def lengths(self, gradients: Array, spans: NDArray[np.int64], found: NDArray[np.float64]) -> None:
        """Write (1, layers): the Euclidean lengths of parts of the gradients."""
        self._work(
            DO_LENGTHS, 0, 1, 1, 1, 0, False, self._part, self._part, self._vector, -1, gradients,
            self._samples, self._orders, self._rates, 0, self._update, self._nothing, self._nothing,
            self._sides, spans, self._table, found,
        )  # fmt: skip

    def epochs(self, *given: Any) -> None:
        """Do whole epochs, and measure after each (see `measuring.WORK`)."""
        self._work(DO_EPOCHS, 0, *given)
