"""Differences in place of derivatives, and how far off they are by the step that they take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playground.labs.differentiation.graph import ExpressionGraph

Floats = NDArray[np.float64]

SIZES = np.logspace(-16, 0, 97)
"""Steps that are tried, six a power of ten."""

FORWARD_BEST = float(np.finfo(np.float64).eps ** (1 / 2))
CENTRAL_BEST = float(np.finfo(np.float64).eps ** (1 / 3))
"""About where rounding and the curve's bend weigh the same."""


@dataclass(frozen=True, eq=False)
class Differences:
    """Estimates of one slope by the step (n,), NaN where there is none."""

    sizes: Floats
    forward: Floats
    central: Floats
    complex_step: Floats


def differences(
    graph: ExpressionGraph, at: Mapping[str, float], by: str, sizes: Floats = SIZES
) -> Differences:
    """The slope by one variable, for each of the steps."""

    def worth(moved: NDArray[np.inexact]) -> NDArray[np.complex128]:
        return np.broadcast_to(np.asarray(graph.values({**at, by: moved})[-1], np.complex128), sizes.shape)

    here = at[by]
    middle, right, left = (np.real(worth(here + way * sizes)) for way in (0.0, 1.0, -1.0))
    with np.errstate(all="ignore"):
        return Differences(
            sizes,
            _known((right - middle) / sizes),
            _known((right - left) / (2 * sizes)),
            _known(np.imag(worth(here + 1j * sizes)) / sizes),
        )


def errors(estimates: Floats, exact: float) -> Floats:
    """How far off estimates are, as a share of the slope where that is larger than 1."""
    if not np.isfinite(exact):
        return np.full(estimates.shape, np.nan)
    found: Floats = np.abs(estimates - exact) / max(1.0, abs(exact))
    return found


def _known(values: Floats) -> Floats:
    return np.where(np.isfinite(values), values, np.nan)
