"""What recipes share: groups of samples, and places drawn by chance."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from pydantic import AfterValidator, Field

from playground.data.formulas import LONGEST
from playground.data.formulas.checking import checked
from playground.data.sample import LINE, PLANE, Floats
from playground.randomness import Source
from playground.value import Basic

OfPlane = Annotated[str, Field(max_length=LONGEST), AfterValidator(partial(checked, columns=PLANE)), Basic()]
"""A formula of x₁ and x₂."""

OfLine = Annotated[str, Field(max_length=LONGEST), AfterValidator(partial(checked, columns=LINE)), Basic()]
"""A formula of x."""


def groups(n: int, groups: int) -> tuple[NDArray[np.int64], Floats]:
    """The group of each of n samples, in runs of equal length, and how far along its run it is, in [0, 1)."""
    group, position = np.divmod(np.arange(n, dtype=np.int64) * groups, n)
    return group, position / n


def between(low: float, high: float, uniform: Floats) -> Floats:
    """Stretch [0, 1) over [low, high)."""
    return low + (high - low) * uniform


def polar(radius: Floats, angle: Floats) -> Floats:
    """The points (n, 2) at these radii and angles (clockwise from the upper axis, as in TF Playground)."""
    return np.column_stack([radius * np.sin(angle), radius * np.cos(angle)])


def jitter(source: Source, n: int, percent: float) -> Floats:
    """Offsets (n, 2) with a standard deviation of 1 at 100 %."""
    return source.normal((n, 2)) * percent / 100


def square(source: Source, n: int, percent: float) -> tuple[Floats, Floats]:
    """Points (n, 2) of the square [−6, 6]², and the places that noise moves them to."""
    numbers = between(-6, 6, source.uniform((n, 4)))
    return numbers[:, :2], numbers[:, :2] + numbers[:, 2:] * percent / 100


def square_within(source: Source, n: int, percent: float) -> tuple[Floats, Floats]:
    """The same, but moved no farther than to the border of the square."""
    points, moved = square(source, n, percent)
    return points, np.clip(moved, -6, 6)
