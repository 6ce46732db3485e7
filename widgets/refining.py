"""Makes grids finer: values between their points, linear in both directions.

Not as products of matrices: the window would wait for the large ones that training makes meanwhile.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


def refine(values: NDArray[np.floating], parts: int) -> NDArray[np.floating]:
    """Values (m, r, r) on a grid with so many parts a step."""
    return refined_sums(values / np.float32(parts * parts), parts)


def refined_sums(values: NDArray[Any], parts: int) -> NDArray[Any]:
    """The same times parts², which whole numbers come to without being rounded."""
    return _finer(_finer(values, parts, 2), parts, 1)


def _finer(values: NDArray[Any], parts: int, axis: int) -> NDArray[Any]:
    """Times so many parts, and finer in the direction of one axis."""

    def along(start: int, stop: int | None = None, step: int = 1) -> tuple[slice, ...]:
        return (*[slice(None)] * axis, slice(start, stop, step))

    shape = list(values.shape)
    shape[axis] = (shape[axis] - 1) * parts + 1
    fine = np.empty(shape, values.dtype)
    np.multiply(values, parts, out=fine[along(0, None, parts)])
    left, right = values[along(0, -1)], values[along(1)]
    for part in range(1, parts):
        between = fine[along(part, None, parts)]
        np.multiply(left, parts - part, out=between)
        between += right * part
    return fine
