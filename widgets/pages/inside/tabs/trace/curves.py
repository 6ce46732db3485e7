"""From net input to loss: a unit's activation and the loss, as curves with the sample's point on each."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.analysis.inspections.trace.curves import CurveWithPoint
from playground.numbers.writing import figures, short
from widgets.theme import Theme, current, themes

LEFT, RIGHT, ABOVE, BELOW = 58, 12, 12, 36
TICKS = 3


class StepCurves(QWidget):
    """Two small plots side by side."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.curves: list[tuple[CurveWithPoint, str, str]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(130)
        self.setAccessibleName(self.tr("From net input to loss"))
        themes.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Low and wide."""
        return QSize(500, 220)

    def show_curves(self, curves: list[tuple[CurveWithPoint, str, str]]) -> None:
        """Show these, each with what its axis is called and the name of its colour."""
        self.curves = curves
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw them beside one another."""
        if not self.curves:
            return
        width = self.width() / len(self.curves)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for place, (curve, axis, colour) in enumerate(self.curves):
                area = QRectF(
                    place * width + LEFT, ABOVE, width - LEFT - RIGHT, self.height() - ABOVE - BELOW
                )
                _paint(painter, area, curve, axis, colour, current())


def _paint(
    painter: QPainter, area: QRectF, curve: CurveWithPoint, axis: str, colour: str, theme: Theme
) -> None:
    known = curve.y[np.isfinite(curve.y)]
    low, high = min(float(known.min()), curve.point[1]), max(float(known.max()), curve.point[1])
    high = high if high > low else low + 1
    left, right = float(curve.x[0]), float(curve.x[-1])

    def at(x: float, y: float) -> QPointF:
        across = area.left() + (x - left) / (right - left) * area.width()
        return QPointF(across, area.bottom() - (y - low) / (high - low) * area.height())

    _paint_axes(painter, area, (left, right), (low, high), axis, theme)
    painter.setPen(QPen(QColor(colour), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF([at(x, y) for x, y in zip(curve.x, curve.y, strict=True)]))
    point = at(*curve.point)
    painter.setPen(QPen(QColor(theme.accent), 1, Qt.PenStyle.DashLine))
    painter.drawLine(QPointF(point.x(), area.top()), QPointF(point.x(), area.bottom()))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.accent))
    painter.drawEllipse(point, 5, 5)
    text = figures(curve.point[1], 4)
    beside = QRectF(point.x() + 8, point.y() - 24, painter.fontMetrics().horizontalAdvance(text) + 8, 18)
    if beside.right() > area.right() + RIGHT:
        beside.moveRight(point.x() - 8)
    beside.moveTop(max(beside.top(), area.top() - 4))
    ground = QColor(theme.panel)
    ground.setAlphaF(0.8)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(beside, 4, 4)
    painter.setPen(QColor(theme.text))
    painter.drawText(beside, Qt.AlignmentFlag.AlignCenter, text)


def _paint_axes(
    painter: QPainter,
    area: QRectF,
    across: tuple[float, float],
    up: tuple[float, float],
    axis: str,
    theme: Theme,
) -> None:
    for share in np.linspace(0, 1, TICKS).tolist():
        y = area.bottom() - share * area.height()
        painter.setPen(QPen(QColor(theme.border), 1))
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
        painter.setPen(QColor(theme.muted))
        value = short(up[0] + share * (up[1] - up[0]), 2)
        beside = QRectF(area.left() - LEFT, y - 9, LEFT - 6, 18)
        painter.drawText(beside, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, value)
        x = area.left() + share * area.width()
        value = short(across[0] + share * (across[1] - across[0]), 2)
        below = QRectF(x - 30, area.bottom() + 2, 60, 16)
        if share == 1:
            below.moveRight(area.right() + RIGHT - 2)
        painter.drawText(
            below, Qt.AlignmentFlag.AlignRight if share == 1 else Qt.AlignmentFlag.AlignHCenter, value
        )
    painter.drawText(
        QRectF(area.left(), area.bottom() + 18, area.width(), 16), Qt.AlignmentFlag.AlignCenter, axis
    )
