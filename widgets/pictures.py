"""Pictures from numbers: a sample or a layer's values as pixels."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from widgets.theme import Theme, diverging_table, table_to_qrgb


def grey_image(values: NDArray[np.floating]) -> tuple[QImage, NDArray[np.uint8]]:
    """Values (height, width) from black to white, and the pixels, which must live as long as the image."""
    low, high = float(values.min()), float(values.max())
    scaled = (values - low) * (255 / (high - low if high > low else 1))
    pixels = np.ascontiguousarray(np.rint(scaled).astype(np.uint8))
    height, width = pixels.shape
    return QImage(pixels.data, width, height, width, QImage.Format.Format_Grayscale8), pixels


def signed_image(
    values: NDArray[np.floating], ends: tuple[float, float], theme: Theme
) -> tuple[QImage, NDArray[np.uint8]]:
    """Values (height, width) in the diverging colours between two ends, and the pixels likewise."""
    low, high = ends
    shares = np.clip((values - low) / (high - low), 0, 1)
    pixels = np.ascontiguousarray(np.rint(shares * 255).astype(np.uint8))
    height, width = pixels.shape
    image = QImage(pixels.data, width, height, width, QImage.Format.Format_Indexed8)
    image.setColorTable(table_to_qrgb(diverging_table(theme)))
    return image, pixels
