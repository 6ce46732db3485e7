"""Strokes as pixels: drawn fine, and brought to what the pictures of a set look like."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF

from playground.data.pictures.looks import Looks
from playground.data.pictures.strokes import PenStroke, placed
from playground.data.sample import Floats

FINE = 4
"""Pixels along a pixel of the sample: its value is the mean of the block."""


def sample_of(strokes: tuple[PenStroke, ...], looks: Looks) -> Floats:
    """The sample that strokes make, (height, width, channels) in the range of the set."""
    return looks.sample(levels_of(placed(strokes, looks), looks))


def levels_of(strokes: tuple[PenStroke, ...], looks: Looks) -> Floats:
    """Strokes on the ground, (4·height, 4·width, channels) from 0 to 1."""
    height, width, channels = looks.shape
    image = QImage(width * FINE, height * FINE, QImage.Format.Format_RGB32)
    with QPainter(image) as painter:
        paint_strokes(painter, strokes, looks, QRectF(image.rect()))
    return levels_in(image, channels)


def levels_in(image: QImage, channels: int) -> Floats:
    """The pixels of an image, (height, width, channels) from 0 to 1; in grey where there is one channel."""
    if channels == 1:
        image = image.convertToFormat(QImage.Format.Format_Grayscale8)
    else:
        image = image.convertToFormat(QImage.Format.Format_RGB888)
    held = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    depth = 1 if channels == 1 else 3
    pixels = held[:, : image.width() * depth].reshape(image.height(), image.width(), depth)
    levels: Floats = pixels[..., :channels] / 255.0
    return levels if channels in (1, 3) else np.repeat(levels[..., :1], channels, axis=2)


def paint_strokes(painter: QPainter, strokes: tuple[PenStroke, ...], looks: Looks, room: QRectF) -> None:
    """Draw the ground and the strokes where there is room for a picture."""
    painter.fillRect(room, colour_of(looks.ground))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for stroke in strokes:
        width = stroke.width * room.height()
        pen = QPen(colour_of(stroke.colour), width)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        points = stroke.points * (room.width(), room.height()) + (room.left(), room.top())
        if len(points) == 1:
            painter.drawPoint(QPointF(*points[0]))
        else:
            painter.drawPolyline(QPolygonF([QPointF(*point) for point in points.tolist()]))


def colour_of(levels: Floats) -> QColor:
    """The colour of a pixel (channels,)."""
    red, green, blue = levels if len(levels) == 3 else (levels[0],) * 3
    return QColor.fromRgbF(float(red), float(green), float(blue))
