"""Pictures of how one side of the split is judged: losses by class, how sure beside how often right."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from playground.analysis.calibration import Calibration, SideJudged
from playground.numbers.writing import figures, percent, whole
from widgets.plots.confusion_matrix import Spot
from widgets.sentences import counted
from widgets.theme import Theme, class_colours

ROW, LEAST_ROW, DOT = 26.0, 13.0, 7.0
AXIS = 36.0
MARK = 7.0
WIDE = 360.0
"""The width of the line below a calibration curve."""


def loss_spots(judged: SideJudged, names: Sequence[str], area: QRectF) -> list[Spot]:
    """Where the row of each class is, and what is said of it."""
    high = min(max(area.height() / len(names), LEAST_ROW), ROW)
    rows = [QRectF(area.left(), area.top() + high * place, area.width(), high) for place in range(len(names))]
    words = _tr("{name}: loss {loss} on average, {count} samples")
    return [
        Spot(row, words.format(name=name, loss=figures(loss, 3), count=whole(int(count))))
        for row, name, loss, count in zip(rows, names, judged.losses, judged.counts, strict=True)
        if row.bottom() <= area.bottom() + 1
    ]


def paint_losses(
    painter: QPainter, judged: SideJudged, names: Sequence[str], area: QRectF, font: QFont, theme: Theme
) -> None:
    """A bar for each class as long as its mean loss."""
    metrics = QFontMetricsF(font)
    painter.setFont(font)
    name_width = min(max(map(metrics.horizontalAdvance, names)) + 16, area.width() / 3)
    longest = float(np.nanmax(judged.losses)) if np.isfinite(judged.losses).any() else 0.0
    colours = class_colours(len(names))
    for place, spot in enumerate(loss_spots(judged, names, area)):
        row, loss = spot.area, float(judged.losses[place])
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours[place] if len(names) > 1 else theme.lines[1]))
        painter.drawEllipse(QRectF(row.left(), row.center().y() - DOT / 2, DOT, DOT))
        room, thick = row.width() - name_width - 60, min(12.0, row.height() - 3)
        share = loss / longest if longest > 0 and loss == loss else 0.0
        painter.drawRoundedRect(
            QRectF(row.left() + name_width, row.center().y() - thick / 2, max(share * room, 1), thick), 3, 3
        )
        painter.setPen(QColor(theme.text))
        shown = metrics.elidedText(names[place], Qt.TextElideMode.ElideRight, name_width - 16)
        side = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(row.adjusted(DOT + 6, 0, 0, 0), side | Qt.AlignmentFlag.AlignLeft, shown)
        painter.setPen(QColor(theme.muted))
        painter.drawText(row, side | Qt.AlignmentFlag.AlignRight, figures(loss, 3) if loss == loss else "–")


def calibration_square(area: QRectF) -> QRectF:
    """Where the square of a calibration curve is."""
    room = area.adjusted(AXIS, 4, -8, -AXIS)
    side = min(room.width(), room.height())
    return QRectF(room.left() + (room.width() - side) / 2, room.top(), side, side)


def calibration_spots(found: Calibration, area: QRectF) -> list[Spot]:
    """Where the points are, and what is said of them."""
    square = calibration_square(area)
    return [
        Spot(
            QRectF(x - MARK, y - MARK, 2 * MARK, 2 * MARK),
            counted(
                "{count} sample: sure by {sure}, right in {right}",
                "{count} samples: sure by {sure}, right in {right}",
                int(count),
                sure=percent(sure, 1),
                right=percent(right, 1),
            ),
        )
        for (x, y), sure, right, count in zip(
            _points(found, square), found.sure, found.right, found.counts, strict=True
        )
    ]


def paint_calibration(painter: QPainter, found: Calibration, area: QRectF, font: QFont, theme: Theme) -> None:
    """Points along the diagonal where the network is as sure as it should be."""
    square = calibration_square(area)
    painter.setFont(font)
    painter.setPen(QPen(QColor(theme.border), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(square)
    painter.setPen(QPen(QColor(theme.outline), 1, Qt.PenStyle.DashLine))
    painter.drawLine(square.bottomLeft(), square.topRight())
    painter.setPen(QPen(QColor(theme.lines[1]), 1.6))
    points = [QPointF(x, y) for x, y in _points(found, square)]
    painter.drawPolyline(QPolygonF(points))
    painter.setBrush(QColor(theme.lines[1]))
    largest = max(int(found.counts.max()), 1) if len(found.counts) else 1
    for point, count in zip(points, found.counts.tolist(), strict=True):
        radius = 2 + (MARK / 2) * (count / largest) ** 0.5
        painter.drawEllipse(point, radius, radius)
    _paint_axes(painter, found, square, theme)


def _paint_axes(painter: QPainter, found: Calibration, square: QRectF, theme: Theme) -> None:
    painter.setPen(QColor(theme.muted))
    middle = Qt.AlignmentFlag.AlignCenter
    for share in (0.0, 0.5, 1.0):
        x, y = square.left() + share * square.width(), square.bottom() - share * square.height()
        painter.drawText(QRectF(x - 24, square.bottom() + 3, 48, 14), middle, percent(share))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(square.left() - 44, y - 8, 38, 16), right, percent(share))
    below = QRectF(square.center().x() - WIDE / 2, square.bottom() + 17, WIDE, 16)
    error = _tr("how sure    ·    off by {error} on average").format(error=percent(found.error, 1))
    painter.drawText(below, middle, error)
    painter.save()
    painter.translate(square.left() - AXIS - 14, square.bottom())
    painter.rotate(-90)
    painter.drawText(QRectF(0, 0, square.height(), 14), middle, _tr("how often right"))
    painter.restore()


def _points(found: Calibration, square: QRectF) -> list[tuple[float, float]]:
    x = square.left() + found.sure * square.width()
    y = square.bottom() - found.right * square.height()
    return list(zip(x.tolist(), y.tolist(), strict=True))


def _tr(text: str) -> str:
    return QCoreApplication.translate("JudgedPlot", text)
