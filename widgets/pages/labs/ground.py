"""The colours of the heights of a terrain."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from playground.labs.race.terrain import Floats
from widgets.viridis import viridis

BANDS = 16
"""Heights between two of which there is a contour."""
LINE = 0.28
"""How much lighter a contour is than what is beside it."""


def ground_image(ground: Floats) -> QImage:
    """A terrain from above, bright where it is low, with contours; grey where it has no value."""
    rows, columns = ground.shape
    known = np.isfinite(ground)
    heights = np.where(known, ground, 0.0)[::-1]
    colours = viridis()[(255 * (1 - heights)).astype(np.intp)].astype(np.float64)
    on_line = _contours(heights)[..., np.newaxis]
    colours = np.where(on_line, colours + LINE * (255 - colours), colours)
    colours[~known[::-1]] = 128
    pixels = np.ascontiguousarray(colours.astype(np.uint8))
    return QImage(pixels.data, columns, rows, 3 * columns, QImage.Format.Format_RGB888).copy()


def _contours(heights: Floats) -> NDArray[np.bool_]:
    """Where one band meets the next."""
    bands = np.floor(heights * BANDS)
    found = np.zeros(heights.shape, bool)
    found[:-1] |= bands[:-1] != bands[1:]
    found[:, :-1] |= bands[:, :-1] != bands[:, 1:]
    return found
