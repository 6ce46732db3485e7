"""A picture from a file, brought to look like those of a set."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from playground.data.pictures.decoding import decoded, dimensions
from playground.data.pictures.limits import MOST_BYTES
from playground.data.pictures.looks import INK, Looks
from playground.data.pictures.problem import PictureProblem
from playground.data.pictures.sizing import LARGEST, SMALLEST, Sizing
from playground.data.sample import Floats
from playground.text import say

FAINT = 0.1
"""What differs less from the ground than this, as a share of the range, is no ink."""


def sample_of_file(path: Path, looks: Looks, sizing: Sizing | None = None) -> Floats:
    """The sample (height, width, channels) that the picture in a file makes.

    Raises:
        PictureProblem: when it cannot be read, in words to put behind its name.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES)
    except OSError:
        raise PictureProblem(say("pictures.file_not_read", "cannot be read")) from None
    return sample_of(data, looks, sizing)


def sample_of(data: bytes, looks: Looks, sizing: Sizing | None = None) -> Floats:
    """The sample (height, width, channels) that a picture makes, by the bytes of its file.

    Pictures of a person's own have a sizing, by which this one is read as they were.  It is taken as it is,
    too, when it has the size of the set.  Otherwise, where the pictures of the set show what they show in one
    place and size, what it shows is cut out and brought there, dark on bright or bright on dark as theirs is;
    the thickness of its lines stays.

    Raises:
        PictureProblem: when it cannot be read, in words to put behind its name.
    """
    height, width, channels = looks.shape
    side = min(max(height, width, SMALLEST), LARGEST)
    plain = Sizing(side=side, colour="colour" if channels == 3 else "grey")
    if sizing is not None or looks.fill is None or dimensions(data)[:2] == (width, height):
        levels = decoded(data, sizing or plain) / 255.0
        return looks.sample(_resized(levels, height, width))
    return looks.sample(_inked(decoded(data, plain.with_(side=LARGEST)) / 255.0, looks))


def _inked(levels: Floats, looks: Looks) -> Floats:
    """What stands out from the border, where and as large as in the set, in its ink on its ground."""
    height, width, channels = looks.shape
    fine = max(1, LARGEST // max(height, width))
    found = np.broadcast_to(looks.ground, (height * fine, width * fine, channels)).copy()
    edges = np.concatenate([levels[0], levels[-1], levels[:, 0], levels[:, -1]])
    ink = np.abs(levels - np.median(edges, axis=0)).max(axis=2)
    if ink.max() < FAINT:
        return found
    ink = ink / ink.max()
    rows, columns = (np.flatnonzero((ink > INK).any(axis=axis)) for axis in (1, 0))
    cut = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    assert looks.fill is not None
    room = np.array([looks.fill.height * height, looks.fill.width * width]) * fine
    scale = float(min(room / cut.shape))
    tall, wide = (max(1, round(size * scale)) for size in cut.shape)
    top, left = (len(found) - tall) // 2, (found.shape[1] - wide) // 2
    share = _resized(cut[..., np.newaxis], tall, wide)
    place = found[top : top + tall, left : left + wide]
    place += share * (looks.ink - looks.ground)
    return found


def _resized(levels: Floats, height: int, width: int) -> Floats:
    """Levels (h, w, channels) at another size, averaged or between those that there are."""
    from PIL import Image

    if levels.shape[:2] == (height, width):
        return levels
    size = (width, height)
    planes = [
        Image.fromarray(plane.astype(np.float32)).resize(size, Image.Resampling.BILINEAR)
        for plane in np.moveaxis(levels, 2, 0)
    ]
    return np.stack([np.asarray(plane, np.float64) for plane in planes], axis=2)
