"""Pictures from numbers: a sample, a layer's values or a colouring's pixels as an image."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from widgets.colouring import Pixels, diverging_pixels, places
from widgets.theme import Theme


def grey_image(values: NDArray[np.floating]) -> QImage:
    """Values (height, width) from black to white."""
    low, high = float(values.min()), float(values.max())
    pixels = np.ascontiguousarray(places(values, low, high if high > low else low + 1))
    height, width = pixels.shape
    return QImage(pixels.data, width, height, width, QImage.Format.Format_Grayscale8).copy()


def signed_image(values: NDArray[np.floating], ends: tuple[float, float], theme: Theme) -> QImage:
    """Values (height, width) in the diverging colours between two ends."""
    return image_of(diverging_pixels(theme)[places(values, *ends)])


def image_of(pixels: Pixels) -> QImage:
    """Pixels (height, width) as an image of its own."""
    held = np.ascontiguousarray(pixels)
    height, width = held.shape
    return QImage(held.data, width, height, 4 * width, QImage.Format.Format_RGB32).copy()
