"""The network drawn as a diagram, painted for PNG and PDF."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from playground.diagrams.marks import Disc, InkLine, NetworkDrawing, Polygon, SketchMark, Spot, Words
from playground.diagrams.svg import head, svg
from playground.diagrams.tikz import tikz
from playground.text import say
from playground.value import InvalidValue
from widgets.figures import files
from widgets.figures.columns import Columns
from widgets.figures.ground import is_laid
from widgets.fonts import FAMILY

PIXELS = 96 / 72
"""Of the screen for a point of the diagram."""


def content(drawing: NetworkDrawing, path: Path, ground: bool = True) -> bytes:
    """What a file holds that shows a diagram; its name ends in .svg, .tex, .pdf or .png.

    Raises:
        InvalidValue: when it ends otherwise.
    """
    writers: dict[str, Callable[[], bytes]] = {
        ".svg": lambda: svg(drawing, paper="#ffffff" if ground else None).encode(),
        ".tex": lambda: tikz(drawing).encode(),
        ".pdf": lambda: files.to_pdf(DiagramFigure(drawing), ground),
        ".png": lambda: files.to_png(DiagramFigure(drawing), ground),
    }
    if (writer := writers.get(path.suffix.lower())) is None:
        raise InvalidValue(
            say("diagram.other_suffix", "A diagram is a file that ends in .svg, .pdf, .png or .tex.")
        )
    return writer()


class DiagramFigure:
    """A diagram, black on white."""

    def __init__(self, drawing: NetworkDrawing, title: str = "") -> None:
        self.title, self.drawing = title or drawing.title, drawing

    def figure_size(self) -> QSize:
        """Its size on the screen."""
        return QSize(round(self.drawing.width * PIXELS), round(self.drawing.height * PIXELS))

    def columns(self) -> Columns:
        """A drawing has no numbers."""
        return {"text": np.array([mark.text for mark in self.drawing.marks if isinstance(mark, Words)])}

    def paint_figure(self, painter: QPainter) -> None:
        """Draw it, on white where there is a ground."""
        if is_laid():
            painter.fillRect(QRectF(0, 0, *self.figure_size().toTuple()), QColor("white"))
        painter.save()
        painter.scale(PIXELS, PIXELS)
        for mark in self.drawing.marks:
            _paint(painter, mark)
        painter.restore()


def _paint(painter: QPainter, mark: SketchMark) -> None:
    if isinstance(mark, Words):
        _paint_words(painter, mark)
        return
    painter.setPen(QPen(_ink(1), mark.width) if mark.width else QPen(Qt.PenStyle.NoPen))
    if isinstance(mark, InkLine):
        _paint_line(painter, mark)
        return
    painter.setBrush(_ink(mark.fill) if mark.fill else Qt.BrushStyle.NoBrush)
    if isinstance(mark, Disc):
        painter.drawEllipse(QPointF(*mark.middle), mark.radius, mark.radius)
    elif isinstance(mark, Polygon):
        painter.drawPolygon(_polygon(mark.points))


def _paint_line(painter: QPainter, mark: InkLine) -> None:
    path = QPainterPath(QPointF(*mark.points[0]))
    if mark.curved:
        path.cubicTo(*(QPointF(*spot) for spot in mark.points[1:]))
    else:
        for spot in mark.points[1:]:
            path.lineTo(*spot)
    painter.strokePath(path, QPen(_ink(mark.ink), mark.width))
    if mark.arrow:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_ink(1))
        painter.drawPolygon(_polygon(head(mark.points)))


def _paint_words(painter: QPainter, mark: Words) -> None:
    font = QFont(FAMILY)
    font.setPixelSize(100)  # whole pixels alone, so that it is drawn large and brought to its size
    font.setWeight(QFont.Weight.DemiBold if mark.bold else QFont.Weight.Normal)
    wide = QFontMetricsF(font).horizontalAdvance(mark.text)
    back = {"start": 0.0, "middle": wide / 2, "end": wide}[mark.anchor]
    painter.save()
    painter.translate(*mark.place)
    painter.scale(mark.size / 100, mark.size / 100)
    painter.setPen(_ink(mark.ink))
    painter.setFont(font)
    painter.drawText(QPointF(-back, 0), mark.text)
    painter.restore()


def _polygon(points: tuple[Spot, ...]) -> QPolygonF:
    return QPolygonF([QPointF(*spot) for spot in points])


def _ink(share: float) -> QColor:
    return QColor.fromRgbF(0, 0, 0, min(share, 1.0))
