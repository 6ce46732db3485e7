"""The lamp of a card: calm while a layer is well, else a sign that differs in form as in colour."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from playground.record import record
from widgets.theme import Theme

CALM, ALARM = 2.2, 5.0
"""The radius of a lamp that is calm, and of one that is not."""


@record
class Ailment:
    """What is wrong with one layer: a line for each trouble; `grave` where it learns next to nothing."""

    lines: tuple[str, ...]
    grave: bool = False


Ailments = Mapping[str, Ailment]
"""By the id of the layer, "input" for the data; those that are well are not in it."""


def told(ailments: Ailments | None, layer_id: str) -> tuple[str, ...]:
    """What the lamp of a layer says; nothing before the first look."""
    if ailments is None:
        return ()
    known = ailments.get(layer_id)
    return known.lines if known else (QCoreApplication.translate("CanvasCards", "No problems found"),)


def paint_lamp(painter: QPainter, place: QRectF, ailment: Ailment | None, theme: Theme) -> None:
    """A dot where all is well, a triangle for a warning, a square with a mark for what is grave."""
    middle = place.center()
    if ailment is None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.good))
        painter.drawEllipse(middle, CALM, CALM)
        return
    painter.setPen(QPen(QColor(theme.card), 1))
    painter.setBrush(QColor(theme.bad if ailment.grave else theme.warning))
    if ailment.grave:
        painter.drawRoundedRect(QRectF(middle - QPointF(ALARM, ALARM), middle + QPointF(ALARM, ALARM)), 2, 2)
    else:
        corners = (
            QPointF(0, -ALARM - 0.5),
            QPointF(ALARM + 0.8, ALARM - 0.7),
            QPointF(-ALARM - 0.8, ALARM - 0.7),
        )
        painter.drawPolygon(QPolygonF([middle + corner for corner in corners]))
    painter.setPen(QPen(QColor(theme.card), 1.4))
    painter.drawLine(middle + QPointF(0, -2.4), middle + QPointF(0, 0.8))
    painter.drawPoint(middle + QPointF(0, 3.0))
