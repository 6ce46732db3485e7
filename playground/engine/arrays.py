"""The array types that the engine's signatures speak of.

Values inside the engine are feature-major: a matrix of shape `(units, samples)`, so that the block of a
layer's values is contiguous and one more row of ones below it carries the bias.
"""

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.floating[Any]]
"""A float32 or float64 array."""

Operation: TypeAlias = Callable[[], object]
"""A bound piece of a step: called without arguments, it writes into arrays allocated beforehand."""

Shape: TypeAlias = tuple[int, ...]
"""How the values of one sample are arranged, (units,) or (rows, columns); in memory they always lie flat."""


def number(value: float, dtype: np.dtype[Any]) -> Array:
    """A number to be bound to an operation: as an array, it saves NumPy its conversion at every step."""
    return np.array(value, dtype)
