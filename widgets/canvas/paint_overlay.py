"""Paints what comes and goes above the network: rings, drop zones, and what the pointer carries."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from widgets import icons
from widgets.canvas.brush import Brush
from widgets.canvas.wires import middle
from widgets.theme import Theme


def paint_ring(painter: QPainter, rect: QRectF, colour: str, radius: float = 7.0) -> None:
    """A ring around a tile or another small thing."""
    painter.setPen(QPen(QColor(colour), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(-1, -1, 1, 1), radius, radius)


def paint_hovered_edge(
    painter: QPainter, lines: Sequence[QLineF], weight: float | None, theme: Theme
) -> None:
    """An edge under the pointer, with its sign for those who do not see the hue."""
    positive = (weight or 0) >= 0
    colour = QColor(theme.muted if weight is None else theme.positive if positive else theme.negative)
    for pen in (
        QPen(QColor(theme.canvas), 7, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap),
        QPen(colour, 3.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap),
    ):
        painter.setPen(pen)
        painter.drawLines(list(lines))
    if weight is None:
        return
    centre = middle(lines)
    painter.setPen(QPen(colour, 1.5))
    painter.setBrush(QColor(theme.canvas))
    painter.drawEllipse(centre, 8, 8)
    painter.setPen(QPen(QColor(theme.text), 1.8))
    painter.drawLine(centre - QPointF(4, 0), centre + QPointF(4, 0))
    if positive:
        painter.drawLine(centre - QPointF(0, 4), centre + QPointF(0, 4))


def paint_zone(painter: QPainter, rect: QRectF, active: bool, theme: Theme) -> None:
    """A gap in which what is dragged fits; `active` where it would be dropped now."""
    accent = QColor(theme.accent)
    painter.setPen(QPen(accent, 1.5, Qt.PenStyle.SolidLine if active else Qt.PenStyle.DashLine))
    fill = QColor(accent)
    fill.setAlpha(70 if active else 22)
    painter.setBrush(fill)
    painter.drawRoundedRect(rect, 10, 10)
    arm = 6 if active else 4.5
    painter.setPen(QPen(accent, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawLine(rect.center() - QPointF(arm, 0), rect.center() + QPointF(arm, 0))
    painter.drawLine(rect.center() - QPointF(0, arm), rect.center() + QPointF(0, arm))


def paint_ghost(
    painter: QPainter, at: QPointF, text: str, icon: str, refusal: str, view: QSizeF, brush: Brush
) -> None:
    """A small label beside the pointer: what it carries, and why that cannot be dropped here."""
    theme = brush.theme
    metrics = QFontMetricsF(brush.font)
    lines = [text, refusal] if refusal else [text]
    indent = 22 if icon else 0
    width = max(metrics.horizontalAdvance(text) + indent, metrics.horizontalAdvance(refusal)) + 20
    box = QRectF(at.x() + 14, at.y() + 12, width, 19 * len(lines) + 9)
    box.moveRight(min(box.right(), view.width() - 4))
    box.moveBottom(min(box.bottom(), view.height() - 4))
    painter.setPen(QPen(QColor(theme.bad if refusal else theme.accent), 1.5))
    painter.setBrush(QColor(theme.control))
    painter.drawRoundedRect(box, 8, 8)
    if icon:
        place = QRectF(box.left() + 10, box.top() + 6, 16, 16).toRect()
        icons.icon(icon, theme.accent).paint(painter, place)
    painter.setFont(brush.font)
    for row, line in enumerate(lines):
        painter.setPen(QColor(theme.bad if row else theme.text))
        area = QRectF(box.left() + 10 + (0 if row else indent), box.top() + 5 + 19 * row, width, 19)
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, line)
