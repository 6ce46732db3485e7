"""How one sequence and the answer to it are drawn: lines over time with their names, or symbols."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from playground.numbers.writing import figures
from widgets.colouring import diverging_colours, places
from widgets.plots.legend import Legend
from widgets.plots.sequence_content import SequenceContent
from widgets.sequence_picture import ends_of, paint_symbols, paint_tracks
from widgets.theme import current

LEGEND_HEIGHT, FOOT_HEIGHT = 18.0, 16.0
GAP = 6.0


def paint_sequence_content(
    painter: QPainter, area: QRectF, content: SequenceContent, font: QFont, legend: Legend
) -> None:
    """Draw a sequence into an area."""
    painter.setFont(font)
    if content.symbols:
        symbols = (*content.symbols, *content.onward)
        colours = [current().text] * len(content.symbols) + [current().test] * len(content.onward)
        shades = () if content.shades is None else diverging_colours(places(content.shades, -1, 1), current())
        paint_symbols(painter, area, symbols, colours, max(content.room, len(symbols)), shades)
        return
    legend.show_names(list(dict.fromkeys((track.name, track.colour) for track in content.tracks)))
    legend.paint(painter, QRectF(area.left(), area.top(), area.width(), LEGEND_HEIGHT))
    inside = area.adjusted(0, LEGEND_HEIGHT + GAP, 0, -FOOT_HEIGHT)
    inside = _paint_axes(painter, inside, content, font)
    paint_tracks(painter, inside, content.tracks)


def _paint_axes(painter: QPainter, area: QRectF, content: SequenceContent, font: QFont) -> QRectF:
    """Draw the ends of both axes and the border behind the last step; returns where the lines go."""
    theme, metrics = current(), QFontMetricsF(font)
    (first, last), (low, high) = ends_of(content.tracks)
    marks = [figures(low, 2), figures(high, 2)]
    inside = area.adjusted(max(map(metrics.horizontalAdvance, marks)) + GAP, 0, -2, 0)
    painter.setPen(QColor(theme.muted))
    line = metrics.height()
    for text, top in ((marks[0], inside.bottom() - line), (marks[1], inside.top())):
        place = QRectF(area.left(), top, inside.left() - area.left() - GAP, line)
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
    foot = QRectF(inside.left(), inside.bottom() + 2, inside.width(), FOOT_HEIGHT)
    word = QCoreApplication.translate("Sequence", "step {0}")
    painter.drawText(foot, Qt.AlignmentFlag.AlignLeft, word.format(round(first) + 1))
    painter.drawText(foot, Qt.AlignmentFlag.AlignRight, str(round(last) + 1))
    painter.setPen(QPen(QColor(theme.border), 1))
    painter.drawLine(inside.bottomLeft(), inside.bottomRight())
    painter.drawLine(inside.topLeft(), inside.bottomLeft())
    border = inside.left() + (content.steps - 1 - first) / (last - first) * inside.width()
    if content.steps - 1 < last:
        painter.drawLine(QPointF(border, inside.top()), QPointF(border, inside.bottom()))
    return inside
