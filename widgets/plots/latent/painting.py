"""How the plane of codes and what is decoded of it are painted."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPen, QPolygonF

from playground.numbers.writing import figures
from widgets.colouring import Floats
from widgets.plots.latent.content import CodeContent
from widgets.plots.latent.ground import Ground
from widgets.plots.ticks import linear_ticks
from widgets.theme import Theme, current

DOT = 4.0
CROSS = 7.0
VEILED = 0.55
"""How strongly a grid of pictures shows behind the dots."""

ROW, BAR = 22.0, 5.0
BESIDE = 4.0


def paint_axes(painter: QPainter, ground: Ground, font: QFont, up: bool) -> None:
    """The frame, a line through zero, and numbers below and, with `up`, at the left."""
    theme, area = current(), ground.area
    painter.fillRect(area, QColor(theme.canvas))
    painter.setFont(font)
    metrics = QFontMetricsF(font)
    for value, text in linear_ticks((ground.low[0], ground.high[0]), max(2, int(area.width() // 70))):
        x = float(ground.to_pixels(np.array([[value, ground.low[1]]]))[0, 0])
        _line(painter, QPointF(x, area.top()), QPointF(x, area.bottom()), theme, value == 0)
        room = QRectF(x - 40, area.bottom() + 2, 80, metrics.height())
        painter.setPen(QColor(theme.muted))
        painter.drawText(room, Qt.AlignmentFlag.AlignHCenter, text)
    if not up:
        return
    for value, text in linear_ticks((ground.low[1], ground.high[1]), max(2, int(area.height() // 40))):
        y = float(ground.to_pixels(np.array([[ground.low[0], value]]))[0, 1])
        _line(painter, QPointF(area.left(), y), QPointF(area.right(), y), theme, value == 0)
        room = QRectF(area.left() - 44, y - metrics.height() / 2, 40, metrics.height())
        painter.setPen(QColor(theme.muted))
        painter.drawText(room, Qt.AlignmentFlag.AlignRight, text)


def _line(painter: QPainter, start: QPointF, end: QPointF, theme: Theme, zero: bool) -> None:
    painter.setPen(QPen(QColor(theme.outline if zero else theme.border), 1))
    painter.drawLine(start, end)


def paint_grid(painter: QPainter, area: QRectF, image: QImage) -> None:
    """The decoded pictures behind everything."""
    painter.save()
    painter.setOpacity(VEILED)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    painter.drawImage(area, image)
    painter.restore()


def paint_dots(painter: QPainter, area: QRectF, dots: list[tuple[str, QPolygonF]]) -> None:
    """A dot for each sample."""
    painter.save()
    painter.setClipRect(area)
    edge = QColor(current().canvas)
    for colour, pixels in dots:
        for tint, width in ((edge, DOT + 1.6), (QColor(colour), DOT)):
            pen = QPen(tint, width)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawPoints(pixels)
    painter.restore()


def paint_point(painter: QPainter, ground: Ground, place: tuple[float, float], strip: bool) -> None:
    """A cross at the place that is decoded, or a line where codes are a single number."""
    theme = current()
    x, y = ground.to_pixels(np.array([place]))[0].tolist()
    painter.save()
    painter.setClipRect(ground.area)
    for colour, width in ((theme.canvas, 4.0), (theme.text, 1.8)):
        painter.setPen(QPen(QColor(colour), width))
        if strip:
            painter.drawLine(QPointF(x, ground.area.top()), QPointF(x, ground.area.bottom()))
            continue
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QPointF(x, y), CROSS, CROSS)
    painter.restore()


def paint_picture(painter: QPainter, area: QRectF, image: QImage) -> QRectF:
    """A picture as large as fits, whole pixels and all; where it was put."""
    scale = min(area.width() / image.width(), area.height() / image.height())
    place = QRectF(area.left(), area.top(), scale * image.width(), scale * image.height())
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    painter.drawImage(place, image)
    painter.setPen(QPen(QColor(current().border), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(place)
    return place


def paint_row(painter: QPainter, area: QRectF, content: CodeContent, font: QFont) -> None:
    """The numbers of a decoded row, each on its way from the lowest to the highest in training."""
    codes, theme = content.codes, current()
    assert codes.decoded is not None
    shown = max(1, int(area.height() // ROW))
    painter.setFont(font)
    metrics = QFontMetricsF(font)
    name_width = min(max(map(metrics.horizontalAdvance, codes.names[:shown])) + 8, area.width() * 0.45)
    text_width = metrics.horizontalAdvance("−0.0000")
    for place, (name, value) in enumerate(zip(codes.names[:shown], codes.decoded.tolist(), strict=False)):
        line = QRectF(area.left(), area.top() + place * ROW, area.width(), ROW)
        painter.setPen(QColor(theme.muted))
        room = QRectF(line.left(), line.top(), name_width - BESIDE, ROW)
        elided = metrics.elidedText(name, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, elided)
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(line, right, figures(value, 3))
        track = QRectF(line.left() + name_width, line.center().y() - BAR / 2, 0, BAR)
        track.setRight(max(line.right() - text_width - BESIDE, track.left()))
        _bar(painter, track, (value - float(codes.low[place])), float(codes.high[place] - codes.low[place]))


def _bar(painter: QPainter, track: QRectF, reach: float, span: float) -> None:
    theme = current()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.border))
    painter.drawRoundedRect(track, 2, 2)
    share = min(max(reach / span if span else 0.5, 0.0), 1.0)
    painter.setBrush(QColor(theme.accent))
    painter.drawRoundedRect(QRectF(track.left(), track.top(), share * track.width(), BAR), 2, 2)


def paint_steps(painter: QPainter, area: QRectF, values: Floats) -> None:
    """A decoded sequence (time, columns), a line for each column."""
    theme = current()
    painter.fillRect(area, QColor(theme.canvas))
    low, high = float(values.min()), float(values.max())
    span = (high - low) or 1.0
    x = np.linspace(area.left(), area.right(), len(values))
    for place, column in enumerate(values.T):
        y = area.bottom() - (column - low) / span * area.height()
        painter.setPen(QPen(QColor(theme.lines[place % len(theme.lines)]), 1.5))
        painter.drawPolyline(QPolygonF([QPointF(*each) for each in zip(x.tolist(), y.tolist(), strict=True)]))


def paint_legend(painter: QPainter, area: QRectF, content: CodeContent, font: QFont) -> None:
    """A dot and a name for each class, as many as there is room for."""
    theme, metrics = current(), QFontMetricsF(font)
    painter.setFont(font)
    x = area.left()
    for name, colour in content.legend():
        width = metrics.horizontalAdvance(name)
        if x + width + 12 > area.right():
            break
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        painter.drawEllipse(QPointF(x + 4, area.center().y()), 3.5, 3.5)
        painter.setPen(QColor(theme.text))
        painter.drawText(
            QRectF(x + 11, area.top(), width + 2, area.height()), Qt.AlignmentFlag.AlignVCenter, name
        )
        x += width + 24
