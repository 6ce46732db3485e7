"""Drawing pictures by formula: points finer than pixels, colours of them, and pixels that blend those."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.random import PCG64, Generator
from numpy.typing import NDArray

from playground.data.sample import Floats
from playground.randomness import Source

POINTS = 48
"""About so many points lie along a side, however few pixels there are."""

AT_ONCE = 100_000
"""Points that are worked on at a time; so many stay near the processor."""


def fineness(side: int) -> int:
    """How many points lie along a pixel, two at least."""
    return max(2, POINTS // side)


def points(side: int) -> tuple[Floats, Floats]:
    """Where the points lie across and up, (p,) each, the uppermost row first; the picture spans [−1, 1]²."""
    along = side * fineness(side)
    places = (np.arange(along) + 0.5) / along * 2 - 1
    return np.tile(places, along), np.repeat(-places, along)


def blended(values: Floats, side: int) -> Floats:
    """Values (n, p, channels) of points as pixels (n, side, side, channels)."""
    n, _, channels = values.shape
    fine = fineness(side)
    pixels: Floats = values.reshape(n, side, fine, side, fine, channels).mean(axis=(2, 4))
    return pixels


def parts(count: int, side: int) -> Iterator[slice]:
    """So many pictures in parts that are quick to draw."""
    most = max(1, AT_ONCE // (side * fineness(side)) ** 2)
    return (slice(first, min(first + most, count)) for first in range(0, count, most))


def turned(x: Floats, y: Floats, angle: Floats) -> tuple[Floats, Floats]:
    """Places as something sees them that is turned by these angles to the left."""
    cos, sin = np.cos(angle), np.sin(angle)
    return x * cos + y * sin, y * cos - x * sin


def rgb(hue: Floats, saturation: Floats, brightness: Floats) -> Floats:
    """Red, green and blue (n, 3) of hues (n,), of which any whole number is red."""
    from_hue = np.abs((hue[:, np.newaxis] + [1, 2 / 3, 1 / 3]) % 1 * 6 - 3) - 1
    full = np.clip(from_hue, 0, 1)
    colours: Floats = brightness[:, np.newaxis] * (1 + saturation[:, np.newaxis] * (full - 1))
    return colours


def dice(source: Source) -> Generator:
    """A generator of the many numbers that pixels need, begun with one from the source."""
    return Generator(PCG64(int(source.uniform(1)[0] * 2**53)))


def speckled(pictures: Floats, generator: Generator, percent: float) -> Floats:
    """Pictures of 0 to 1 with noise that has a standard deviation of a half at 100 %."""
    pictures += generator.standard_normal(pictures.shape) * (percent / 200)
    return np.clip(pictures, 0, 1, out=pictures)


def classes_in_turn(count: int, classes: int) -> NDArray[np.int64]:
    """The class of each of so many samples, one after the other."""
    return np.arange(count, dtype=np.int64) % classes
