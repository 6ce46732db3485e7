"""A picture of what will be in a file, in the dialog that makes it."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

CHECKS = 8
"""Pixels of a square of the pattern behind what is transparent."""


class Preview(QWidget):
    """An image as large as there is room for, over small squares where it is transparent."""

    def __init__(self) -> None:
        super().__init__()
        self.image = QImage()
        self.setMinimumSize(320, 240)
        self.setAccessibleName(self.tr("Preview"))

    def show_image(self, image: QImage) -> None:
        """Show this one."""
        self.image = image
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it in the middle, never larger than it is."""
        size = self.image.size()
        if size.width() > self.width() or size.height() > self.height():
            size = size.scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRect(
            (self.width() - size.width()) // 2, (self.height() - size.height()) // 2, *size.toTuple()
        )
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            if self.image.hasAlphaChannel():
                painter.fillRect(place, QColor("white"))
                painter.fillRect(place, QBrush(_checks()))
            painter.drawImage(place, self.image)


def _checks() -> QImage:
    image = QImage(2 * CHECKS, 2 * CHECKS, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    with QPainter(image) as painter:
        for corner in (0, CHECKS):
            painter.fillRect(corner, corner, CHECKS, CHECKS, QColor(0, 0, 0, 18))
    return image
