"""What augmentations of pictures (n, h, w, c) have in common: their range, and how pixels are moved."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from playground.data.augmentation.base import EachByItself
from playground.data.dataset import Dataset
from playground.data.sample import Floats
from playground.text import Text, say
from playground.value import Titles

CHUNK = 32_768
"""Values that are worked on at a time; so many stay near the processor."""

Beyond = Annotated[
    Literal["lowest", "edge"],
    Titles({"lowest": "Lowest value", "edge": "Border again"}),
    Field(
        title="Beyond",
        description="What comes in from beyond the border: the lowest value of all, or the border again.",
    ),
]


class OfPictures(EachByItself):
    """Varies pictures."""

    @classmethod
    def fits(cls, dataset: Dataset) -> bool:
        return is_picture(dataset)

    @classmethod
    def needs(cls) -> Text:
        return say("augmentation.needs_pictures", "pictures")


def is_picture(dataset: Dataset) -> bool:
    """Whether a sample is a picture."""
    return dataset.shape.is_picture


def padded(pictures: Floats, pixels: int, among: Floats, beyond: str) -> Floats:
    """The pictures with so many pixels more on every side."""
    around = ((0, 0), (pixels, pixels), (pixels, pixels), (0, 0))
    if beyond == "edge":
        return np.pad(pictures, around, mode="edge")
    return np.pad(pictures, around, constant_values=among.min())


def moved(pictures: Floats, turns: Floats, shifts: Floats, among: Floats, beyond: str) -> Floats:
    """Each pixel from where `turns` (n, 2, 2) and `shifts` (n, 2) say, down and across, around the middle.

    What lies between pixels is a blend of the four around it.
    """
    result = np.empty_like(pictures)
    wide = padded(pictures, 1, among, beyond)
    for part in parts(pictures):
        _move(wide[part], turns[part], shifts[part], result[part])
    return result


def _move(wide: Floats, turns: Floats, shifts: Floats, out: Floats) -> None:
    """Write the moved pictures (n, h, w, c) into `out`; `wide` has a pixel more on every side."""
    n, height, width, channels = out.shape
    down, across = np.mgrid[:height, :width].reshape(2, -1) - [[(height - 1) / 2], [(width - 1) / 2]]
    places = turns @ np.stack([down, across]) + shifts[:, :, np.newaxis]  # (n, 2, pixels)
    (top, low), (left, right) = _between(places[:, 0], height), _between(places[:, 1], width)
    line = width + 2
    corner = (np.arange(n)[:, np.newaxis] * (height + 2) + top) * line + left
    corners = [corner, corner + 1, corner + line, corner + line + 1]
    for channel in range(channels):
        pixels = np.ravel(wide[..., channel])
        above, beside, below, last = (pixels.take(each, mode="clip") for each in corners)
        _blend(above, beside, right)
        _blend(below, last, right)
        _blend(above, below, low)
        out[..., channel] = above.reshape(n, height, width)


def _blend(one: Floats, other: Floats, share: Floats) -> None:
    """Put so much of the other into the one."""
    other -= one
    other *= share
    one += other


def _between(places: Floats, size: int) -> tuple[NDArray[np.int64], Floats]:
    """Which pixel of the wide picture comes before each place, and how far behind it the place is, 0 to 1."""
    inside = np.clip(places + (size + 1) / 2, 0, size + 1)
    before = np.minimum(inside.astype(np.int64), size)
    return before, inside - before


def parts(pictures: Floats) -> Iterator[slice]:
    """The pictures in parts that are quick to work on."""
    count = max(1, CHUNK // max(1, prod(pictures.shape[1:])))
    return (slice(first, first + count) for first in range(0, len(pictures), count))
