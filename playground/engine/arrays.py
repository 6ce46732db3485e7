"""The array types that the engine's signatures speak of.

Values inside the engine are feature-major: a matrix of shape `(units, samples)`, so that the block of a
layer's values is contiguous and one more row of ones below it carries the bias.
"""

import math
import sys
from collections.abc import Callable
from functools import partial
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.floating[Any]]
"""A float32 or float64 array."""

Operation: TypeAlias = Callable[[], object]
"""A bound piece of a step: called without arguments, it writes into arrays allocated beforehand."""

Shape: TypeAlias = tuple[int, ...]
"""How the values of one sample are arranged, (units,) or (rows, columns); in memory they always lie flat."""

Places: TypeAlias = tuple[range, ...]
"""A part of a grid of values: a range along each axis but that of the channels; it may reach beyond."""

LEAST_SQUARES = 1e-30
"""A smaller sum of squares may have lost digits in single precision."""


LARGE_PRODUCT = 100_000
"""A product of so many numbers is made by `matmul`: `dot` is quicker to begin, but sets all to 0 first
and holds up every other thread meanwhile, the window's for seconds where memory is new."""


def number(value: float, dtype: np.dtype[Any]) -> Array:
    """A number to be bound to an operation: as an array, it saves NumPy its conversion at every step."""
    return np.array(value, dtype)


ZERO, ONE = number(0, np.dtype(np.float32)), number(1, np.dtype(np.float32))
"""Exact in single precision, and so in both."""
for each in (ZERO, ONE):
    each.setflags(write=False)


def product(left: Array, right: Array, out: Array) -> Operation:
    """The product of two matrices, bound to be written into `out`."""
    return partial(np.dot if out.size < LARGE_PRODUCT else np.matmul, left, right, out)


def norm(vector: Array) -> float:
    """The Euclidean length of a flat vector: finite where its numbers are, even if their squares overflow."""
    squares = float(np.dot(vector, vector))
    if LEAST_SQUARES < squares < math.inf:
        return math.sqrt(squares)
    largest = float(np.abs(vector).max(initial=0))
    if not 0 < largest < math.inf:
        return largest
    scaled = vector.astype(np.float64) / largest
    return min(largest * math.sqrt(float(np.dot(scaled, scaled))), sys.float_info.max)


def square_sum(vector: Array) -> float:
    """The sum of a flat vector's squares, also where it is too large for single precision."""
    total = float(np.dot(vector, vector))
    if total < math.inf:
        return total
    length = norm(vector)
    return length * length
