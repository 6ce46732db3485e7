"""Figures as files: PNG, SVG and PDF drawn by a figure's own painting, and CSV of the numbers it shows.

Without its ground a figure is transparent where nothing is drawn.  Everything is made in memory first, so
that a figure that cannot be drawn leaves no half a file.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from functools import partial
from io import StringIO
from pathlib import Path
from typing import Protocol

import numpy as np
from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter, QPdfWriter, QPicture
from PySide6.QtSvg import QSvgGenerator

from playground.words import shortened
from widgets import png
from widgets.figures.columns import Columns
from widgets.figures.ground import laid
from widgets.figures.svg_fonts import with_other_fonts

PNG_SCALE = 2
"""Pixels of a PNG for one on the screen, so that it is sharp in a document."""


class Drawable(Protocol):
    """What can be made a file of."""

    title: str

    def figure_size(self) -> QSize:
        """Its size on the screen."""

    def paint_figure(self, painter: QPainter) -> None:
        """Draw it, background and all, from (0, 0) to its size."""

    def columns(self) -> Columns:
        """The numbers it shows, columns of one length by name."""


def drawn(figure: Drawable, path: Path, ground: bool = True, scale: int = PNG_SCALE) -> Callable[[], bytes]:
    """What gives the content of a file of a figure as it is now; a PNG is packed where that is called.

    Args:
        figure: what is shown.
        path: where it is to be written; its suffix names the format.
        ground: whether it lies on the ground of the theme, or on nothing.
        scale: pixels of a PNG for one on the screen.

    Raises:
        ValueError: when there is no such format; the message says which there are.
    """
    suffix = path.suffix.lower().removeprefix(".")
    if suffix not in FORMATS:
        known = ", ".join(f".{name}" for name in FORMATS)
        raise ValueError(f"{shortened(path.name)}: the name must end in one of {known}")
    if suffix == "png":
        return partial(png.to_png, to_image(figure, scale, ground))
    content = FORMATS[suffix](figure, ground)
    return lambda: content


def to_image(figure: Drawable, scale: int = PNG_SCALE, ground: bool = True) -> QImage:
    """The figure as an image, `scale` pixels to one of the screen."""
    kind = QImage.Format.Format_RGB32 if ground else QImage.Format.Format_ARGB32_Premultiplied
    image = QImage(figure.figure_size() * scale, kind)
    image.fill(Qt.GlobalColor.transparent)
    image.setDevicePixelRatio(scale)
    _paint(figure, QPainter(image), ground)
    image.setDevicePixelRatio(1)
    dots_per_meter = round(resolution() * scale / 0.0254)
    image.setDotsPerMeterX(dots_per_meter)
    image.setDotsPerMeterY(dots_per_meter)
    return image


def to_png(figure: Drawable, ground: bool = True) -> bytes:
    """The figure as a PNG file."""
    return png.to_png(to_image(figure, ground=ground))


def to_svg(figure: Drawable, ground: bool = True) -> bytes:
    """The figure as an SVG file: lines and text, not pixels."""
    buffer = _open_buffer()
    size = figure.figure_size()
    generator = QSvgGenerator(QSvgGenerator.SvgVersion.Svg11)  # in which what is clipped stays so
    generator.setOutputDevice(buffer)
    generator.setResolution(resolution())
    generator.setSize(size)
    generator.setViewBox(QRectF(0, 0, size.width(), size.height()))
    generator.setTitle(figure.title)
    _paint(figure, QPainter(generator), ground)
    return with_other_fonts(buffer.data().data().decode()).encode()


def to_pdf(figure: Drawable, ground: bool = True) -> bytes:
    """The figure as a PDF file of one page of the figure's size."""
    buffer = _open_buffer()
    size = QSizeF(figure.figure_size()) * 72 / resolution()
    writer = QPdfWriter(buffer)
    writer.setTitle(figure.title)
    writer.setResolution(resolution())
    page = QPageSize(size, QPageSize.Unit.Point, figure.title, QPageSize.SizeMatchPolicy.ExactMatch)
    writer.setPageLayout(QPageLayout(page, QPageLayout.Orientation.Portrait, QMarginsF()))
    _paint(figure, QPainter(writer), ground)
    return buffer.data().data()


def to_csv(figure: Drawable, ground: bool = True) -> bytes:
    """The figure's numbers and names, a row of headings first; a number that is not finite is left empty."""
    columns = figure.columns()
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(zip(*(map(_cell, values.tolist()) for values in columns.values()), strict=True))
    return text.getvalue().encode("utf-8")


FORMATS: Mapping[str, Callable[[Drawable, bool], bytes]] = {
    "png": to_png,
    "svg": to_svg,
    "pdf": to_pdf,
    "csv": to_csv,
}


def resolution() -> int:
    """Pixels of the screen an inch; at any other resolution pyqtgraph's axes, QPictures, scale themselves."""
    return QPicture().logicalDpiX()


def _cell(value: float | str) -> str:
    if isinstance(value, str):
        return value
    return repr(value).removesuffix(".0") if np.isfinite(value) else ""


def _open_buffer() -> QBuffer:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    return buffer


def _paint(figure: Drawable, painter: QPainter, ground: bool) -> None:
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    with laid(ground):
        figure.paint_figure(painter)
    painter.end()
