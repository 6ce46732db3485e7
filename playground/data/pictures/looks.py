"""How the pictures of a set look: their range, what is behind them, and where what they show has its place.

A picture that comes from elsewhere is brought to look like them.
"""

from __future__ import annotations

from typing import Self

import numpy as np
from numpy.typing import NDArray

from playground.data.sample import Floats
from playground.record import record

LOOKED_AT = 2000
"""Pictures by which it is told; the training samples stand in random order."""

INK = 0.25
"""So far from the ground, as a share of the range, something is shown there."""

BYTES = 64
"""Values that reach this far, and none is above 255, are those of bytes."""

ALIKE = 0.08
"""How much places and sizes may differ from picture to picture, in sides of a picture, and be all one."""


LEAST = 0.5
"""What fills less of a picture than this was not brought to a size."""


@record
class Fill:
    """How much of its height and width what each picture of a set shows fills, in the middle.

    `weight` is how much of the picture is inked as a rule.
    """

    height: float
    width: float
    weight: float


@record(eq=False)
class Looks:
    """What the pictures of a set have in common.

    Attributes:
        shape: height, width and channels.
        low, high: the range of their values.
        whole: whether these are whole numbers.
        ground: (channels,) what is behind, as a share of the range.
        fill: where things are, when each was brought to one place and size; None when they may be anywhere.
    """

    shape: tuple[int, int, int]
    low: float
    high: float
    whole: bool
    ground: Floats
    fill: Fill | None

    @classmethod
    def of(cls, raw: Floats) -> Self:
        """The looks of pictures (n, height, width, channels)."""
        height, width, channels = raw.shape[1:]
        some = raw[:LOOKED_AT]
        low, high = _range(some)
        levels = (some - low) / (high - low)
        ground = _border(levels) if len(some) else np.zeros(channels)
        whole = bool(np.array_equal(np.round(some), some)) and high - low > 1
        return cls((height, width, channels), low, high, whole, ground, _fill(levels, ground))

    @property
    def ink(self) -> Floats:
        """(channels,) what is farthest from the ground."""
        return np.where(self.ground > 0.5, 0.0, 1.0)

    @property
    def empty(self) -> Floats:
        """A picture of nothing but the ground."""
        return self.sample(np.broadcast_to(self.ground, self.shape))

    def sample(self, levels: Floats) -> Floats:
        """A sample of levels (k·height, k·width, channels) from 0 to 1: the mean of each block in the range.

        So the handwritten digits were made: of 32×32 pixels those with ink were counted in blocks of 4×4.
        """
        height, width, channels = self.shape
        blocks = levels.reshape(height, levels.shape[0] // height, width, levels.shape[1] // width, channels)
        values: Floats = self.low + blocks.mean(axis=(1, 3)) * (self.high - self.low)
        return np.round(values) if self.whole else values


def _range(raw: Floats) -> tuple[float, float]:
    """Black and white: 0 and 1 or 0 and 255 where that is what the values seem to be, else their ends."""
    low, high = (float(raw.min()), float(raw.max())) if raw.size else (0.0, 1.0)
    if low >= 0 and high <= 1:
        return 0.0, 1.0
    if low >= 0 and BYTES <= high <= 255:
        return 0.0, 255.0
    return (low, high) if high > low else (low, low + 1.0)


def _border(levels: Floats) -> Floats:
    """(channels,) the colour that most of the border has: that of its outermost pixels in the middle."""
    edges = (levels[:, 0], levels[:, -1], levels[:, :, 0], levels[:, :, -1])
    ground: Floats = np.median(np.concatenate([edge.reshape(-1, levels.shape[-1]) for edge in edges]), axis=0)
    return ground


def _fill(levels: Floats, ground: Floats) -> Fill | None:
    """Where things are shown, if that is the same everywhere."""
    ink = np.abs(levels - ground).max(axis=3) if levels.size else np.empty((0, 1, 1))
    shown: NDArray[np.bool_] = ink > INK
    shown = shown[shown.any(axis=(1, 2))]
    if not len(shown):
        return None
    (top, bottom), (left, right) = (_ends(np.any(shown, axis=axis)) for axis in (2, 1))
    sizes = np.stack([bottom - top, right - left])
    middles = np.stack([(top + bottom) / 2, (left + right) / 2])
    if max(sizes.max(axis=0).std(), *middles.std(axis=1)) > ALIKE or sizes.max(axis=0).mean() < LEAST:
        return None
    tall, wide = (
        size if size >= 1 else size - 0.5 / pixels  # of an outer pixel half is inked, in the mean
        for size, pixels in zip(np.median(sizes, axis=1).tolist(), shown.shape[1:], strict=True)
    )
    return Fill(tall, wide, float(np.median(ink.mean(axis=(1, 2)))))


def _ends(shown: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """The first and the last place (n,) along a side where something is shown, in sides."""
    size = shown.shape[1]
    return shown.argmax(axis=1) / size, 1 - shown[:, ::-1].argmax(axis=1) / size
