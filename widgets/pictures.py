"""Pictures from numbers: a sample, a layer's values or a colouring's pixels as an image."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from playground.data.pictures.scale import looks_between
from widgets.colouring import Pixels, diverging_pixels, pack, places
from widgets.theme import Theme


def picture_image(values: NDArray[np.floating], ends: tuple[float, float] | None = None) -> QImage:
    """A picture (height, width[, channels]) as it looks, where three channels are red, green and blue.

    The ends are black and white, by default those of `looks_between`.  Of any other number of channels the
    first is shown, in grey.
    """
    low, high = looks_between(values) if ends is None else ends
    if values.ndim == 3 and values.shape[2] == 3:
        return image_of(pack(places(values, low, high)))
    return _grey(values[..., 0] if values.ndim == 3 else values, low, high)


def image_of_bytes(pixels: NDArray[np.uint8]) -> QImage:
    """A picture (height, width, channels) of 0 to 255 in grey or in colour, as an image of its own."""
    held = np.ascontiguousarray(pixels)
    height, width, channels = held.shape
    kind = QImage.Format.Format_RGB888 if channels == 3 else QImage.Format.Format_Grayscale8
    return QImage(held.data, width, height, channels * width, kind).copy()


def grey_image(values: NDArray[np.floating]) -> QImage:
    """Values (height, width) from black to white."""
    low, high = float(values.min()), float(values.max())
    return _grey(values, low, high if high > low else low + 1)


def _grey(values: NDArray[np.floating], low: float, high: float) -> QImage:
    pixels = np.ascontiguousarray(places(values, low, high))
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
