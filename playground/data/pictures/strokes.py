"""Strokes of a pen: how they are brought to the place and size that the pictures of a set have."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from playground.data.pictures.looks import Looks
from playground.data.sample import Floats

PEN = 0.08
"""The width of the pen on the pad, in sides of it."""

THINNEST, WIDEST = 0.5, 0.2
"""The pen's width in a picture: in pixels at least, in heights of it at most."""

TINY = 0.02
"""What is smaller than this, in sides of the pad, is a dot, and is not drawn larger."""

ROUNDS = 3
"""The pen's width follows from the length of the strokes, and this from the room that the pen leaves."""


@dataclass(frozen=True, eq=False)
class PenStroke:
    """A line that was drawn without lifting the pen.

    Attributes:
        points: (n, 2) across and down, in shares of the pad.
        colour: (channels,) from 0 to 1.
        width: of the pen, in heights of the pad.
    """

    points: Floats
    colour: Floats
    width: float = PEN


def placed(strokes: tuple[PenStroke, ...], looks: Looks) -> tuple[PenStroke, ...]:
    """The strokes where the pictures of a set have theirs; as they were drawn, where these may be anywhere.

    What is drawn is made as large as a picture's content is, keeps its proportions unless it is too wide,
    stands in the middle, and is drawn with a pen that inks as much as is usual.
    """
    if looks.fill is None or not strokes:
        return strokes
    height, width, _ = looks.shape
    aspect = width / height
    points = [stroke.points * (aspect, 1.0) for stroke in strokes]  # both ways in heights
    low, high = np.concatenate(points).min(axis=0), np.concatenate(points).max(axis=0)
    extent = high - low
    thinnest = THINNEST / height
    pen = PEN
    for _ in range(ROUNDS):
        room = np.maximum((looks.fill.width * aspect - pen, looks.fill.height - pen), thinnest)
        scale = _scale(extent, room)
        length = sum(float(np.hypot(*(np.diff(each, axis=0) * scale).T).sum()) for each in points)
        pen = float(np.clip(looks.fill.weight * aspect / max(length, thinnest), thinnest, WIDEST))
    middle = (low + high) / 2
    moved = [((each - middle) * scale) / (aspect, 1.0) + 0.5 for each in points]
    return tuple(PenStroke(each, stroke.colour, pen) for each, stroke in zip(moved, strokes, strict=True))


def _scale(extent: Floats, room: Floats) -> Floats:
    """How much larger it is drawn across and down: as high as there is room, and no wider."""
    if extent.max() < TINY:
        return np.ones(2)
    down = room[1] / max(extent[1], TINY)
    across = min(down, room[0] / max(extent[0], TINY))
    if extent[1] * 4 < extent[0]:  # a line that lies: high it cannot be
        return np.full(2, across)
    return np.array([across, down])
