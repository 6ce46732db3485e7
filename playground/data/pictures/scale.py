"""What stands for black and for white among the values of pictures."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def looks_between(values: NDArray[np.floating]) -> tuple[float, float]:
    """0 and 1 where all values lie there, else their lowest and highest."""
    known = values[np.isfinite(values)]
    low, high = float(known.min(initial=np.inf)), float(known.max(initial=-np.inf))
    within = low >= 0 and high <= 1
    return (0.0, 1.0) if within or not low < high else (low, high)
