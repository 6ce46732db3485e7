"""Pictures as the bytes of files."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QWidget

SMALL = 320
"""The longest side, in pixels, of the picture in a file."""


def small_picture(shown: QWidget) -> bytes:
    """What a widget shows, as a small PNG file."""
    keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    return to_png(shown.grab().scaled(SMALL, SMALL, keep, smooth))


def to_png(picture: QImage | QPixmap) -> bytes:
    """A picture as a PNG file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not picture.save(buffer, "PNG"):
        raise ValueError("the picture cannot be written as PNG")
    return buffer.data().data()
