"""Prints how far a surface by OpenGL is from the painted one, and which share of both is covered alike."""

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from widgets.plots.surface import opengl
from widgets.plots.surface.camera import SurfaceCamera
from widgets.plots.surface.faces import paint_faces
from widgets.plots.surface.ground import SurfaceGround
from widgets.viridis import viridis_pixels

AREA = QRectF(0, 0, 300, 200)


def pixels(image):
    image = image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1, 4)
    return rows.astype(float)


def main():
    """Draw a slope without lines, by both."""
    application = QApplication([])
    renderer = opengl.made()
    if renderer is None:
        print("none")
        return
    heights = np.tile(np.linspace(0, 1, 30), (30, 1))
    ground = SurfaceGround(heights, (0.0, 1.0, 0.0, 1.0), viridis_pixels(), levels=0)
    drawn = pixels(renderer.draw(ground, SurfaceCamera(), AREA, 1.0, moves=False))
    image = QImage(300, 200, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    with QPainter(image) as painter:
        paint_faces(painter, ground, SurfaceCamera(), AREA, moves=False)
    painted = pixels(image)
    both = (drawn[..., 3] == 255) & (painted[..., 3] == 255)
    either = (drawn[..., 3] > 0) | (painted[..., 3] > 0)
    print(np.median(np.abs(drawn - painted)[both]), both.sum() / either.sum())
    application.processEvents()


main()
