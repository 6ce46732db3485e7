"""Dashes for many short segments at once: Qt would begin its pattern anew in each of them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Segments = NDArray[np.float64]


def dashed(segments: Segments, origin: float = 0.0, period: float = 1.0, share: float = 0.6) -> Segments:
    """What remains of segments (n, 4) when they are dashed.

    The pattern is fixed in the plane: a segment is cut along the axis that it mostly follows, on which a
    dash of `share` of the period begins at every multiple of it from the origin.  A segment is to lie
    within one period, as it does when it was traced on a grid of that width.
    """
    start, end = segments[:, :2], segments[:, 2:]
    axis = np.abs(end - start).argmax(axis=1)[:, None]
    here = np.take_along_axis(start, axis, axis=1)
    there = np.take_along_axis(end, axis, axis=1)
    begin = origin + np.floor(((here + there) / 2 - origin) / period) * period
    length = there - here
    lasting = np.abs(length) > 1e-9 * period
    cuts = np.clip([here, there], begin, begin + share * period)
    shares = (cuts - here) / np.where(lasting, length, 1)
    kept = (lasting & (cuts[0] != cuts[1]))[:, 0]
    pieces = np.concatenate([start + shares[0] * (end - start), start + shares[1] * (end - start)], axis=1)
    return pieces[kept]
