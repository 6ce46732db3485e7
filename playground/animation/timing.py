"""How long each frame of a film is seen."""

from __future__ import annotations

from itertools import pairwise

HOLD = 1.5
"""Seconds for which the last frame stays."""

FASTEST_GIF = 50.0
"""Frames a second of a GIF at most: it counts in hundredths, and viewers slow down what is faster."""


def durations(frames: int, fps: float, unit: int) -> list[int]:
    """Milliseconds of each frame, multiples of a unit, whose errors do not add up; the last stays longer."""
    ends = [round(1000 / fps * frame / unit) * unit for frame in range(frames)]
    lasting = [max(after - before, unit) for before, after in pairwise(ends)]
    return [*lasting, max(round(HOLD * 1000 / unit) * unit, unit)]
