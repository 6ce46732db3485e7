"""The slim key beside a map: which colour means which value, or which class."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QLinearGradient, QPainter

from widgets.colouring import ColourKey
from widgets.theme import Theme

GAP = 8
WIDTH = 24
BAR_SPACE = GAP + WIDTH
"""The width that a map leaves free at its right."""
BAR_WIDTH = 8
LABEL_HEIGHT = 16


def paint_colour_bar(painter: QPainter, area: QRectF, key: ColourKey, theme: Theme) -> None:
    """Draw the bar, in the painter's font, into an area of `WIDTH`."""
    if key.ends is None:
        _paint_blocks(painter, area, key, theme)
    else:
        _paint_scale(painter, area, key, theme)


def _paint_scale(painter: QPainter, area: QRectF, key: ColourKey, theme: Theme) -> None:
    bar = QRectF(area.center().x() - BAR_WIDTH / 2, area.top() + LABEL_HEIGHT, BAR_WIDTH, 0)
    bar.setBottom(area.bottom() - LABEL_HEIGHT)
    blend = QLinearGradient(bar.bottomLeft(), bar.topLeft())
    for index, colour in enumerate(key.colours):
        place = index / (len(key.colours) - 1)
        if len(key.colours) == 4:  # two halves: the change is sudden
            place = (0, 0.4999, 0.5001, 1)[index]
        blend.setColorAt(place, QColor(colour))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(blend)
    painter.drawRoundedRect(bar, BAR_WIDTH / 2, BAR_WIDTH / 2)
    painter.setPen(QColor(theme.muted))
    wide = area.adjusted(-GAP, 0, GAP, 0)
    assert key.ends is not None
    painter.drawText(wide, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom, key.ends[0])
    painter.drawText(wide, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, key.ends[1])


def _paint_blocks(painter: QPainter, area: QRectF, key: ColourKey, theme: Theme) -> None:
    height = area.height() / len(key.names)
    metrics = QFontMetricsF(painter.font())
    for index, (name, colour) in enumerate(zip(key.names, key.colours, strict=True)):
        block = QRectF(area.left(), area.bottom() - (index + 1) * height, BAR_WIDTH, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        painter.drawRoundedRect(block.adjusted(0, 1, 0, -1), 3, 3)
        painter.setPen(QColor(theme.muted))
        beside = QRectF(block.right() + 4, block.top(), area.right() - block.right(), height)
        if metrics.horizontalAdvance(name) <= beside.width() - 4:
            painter.drawText(beside, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
        else:
            _paint_upright(painter, beside, metrics.elidedText(name, Qt.TextElideMode.ElideRight, height))


def _paint_upright(painter: QPainter, area: QRectF, text: str) -> None:
    """Text that reads upwards, centred along the area's left edge."""
    painter.save()
    painter.translate(area.left(), area.bottom())
    painter.rotate(-90)
    painter.drawText(QRectF(0, 0, area.height(), LABEL_HEIGHT), Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()
