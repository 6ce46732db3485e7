"""How a heat map is drawn: its places in colours, with the names of rows and columns."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from playground.numbers.writing import figures
from playground.record import record
from widgets.pictures import signed_image
from widgets.plots.heat_map.content import HeatContent
from widgets.theme import current, diverging_table

FOOT, GAP = 32.0, 6.0
BAR, BAR_ROOM = 8.0, 46.0
"""The width of the colour bar, and with what is written beside it."""


@record
class HeatMap:
    """Where a map of so many rows and columns is, and what is free for its names."""

    area: QRectF
    rows: int
    columns: int

    @classmethod
    def of(cls, content: HeatContent, room: QRectF, font: QFont) -> HeatMap:
        """The map within some room: as large as can be, square where it is to be."""
        rows, columns = content.values.shape
        metrics = QFontMetricsF(font)
        names = max(metrics.horizontalAdvance(content.row_name(row)) for row in range(rows))
        area = room.adjusted(names + metrics.height() + 3 * GAP, 2, -BAR_ROOM, -FOOT)
        if content.largest is not None:
            side = min(area.width() / columns, area.height() / rows, content.largest)
            area = QRectF(area.left(), area.top(), side * columns, side * rows)
        return cls(area, rows, columns)

    def place(self, at: QPointF) -> tuple[int, int] | None:
        """The row and the column at a point; None beside the map."""
        if not self.area.contains(at):
            return None
        row = int((at.y() - self.area.top()) / self.area.height() * self.rows)
        column = int((at.x() - self.area.left()) / self.area.width() * self.columns)
        return min(row, self.rows - 1), min(column, self.columns - 1)

    def cell(self, row: int, column: int, rows: int = 1, columns: int = 1) -> QRectF:
        """Where a place is, or several beside one another."""
        wide, high = self.area.width() / self.columns, self.area.height() / self.rows
        left, top = self.area.left() + column * wide, self.area.top() + row * high
        return QRectF(left, top, columns * wide, rows * high)


def paint_heat_map(
    painter: QPainter, shown: HeatMap, content: HeatContent, pointed: tuple[int, int] | None, font: QFont
) -> None:
    """Draw the map with its names and its colours; the row that is pointed at lights up."""
    theme = current()
    painter.setFont(font)
    smooth = QPainter.RenderHint.SmoothPixmapTransform
    painter.setRenderHint(smooth, False)
    image = signed_image(content.values, (-content.ends[1], content.ends[1]), theme)
    painter.drawImage(shown.area, image)
    gone = shown.columns - len(content.column_names)
    if content.column_names and gone > 0:
        _dim(painter, shown.cell(0, len(content.column_names), shown.rows, gone))
        if content.lit:
            _dim(painter, shown.cell(len(content.column_names), 0, gone, shown.columns))
    painter.setPen(QPen(QColor(theme.border), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(shown.area)
    _paint_names(painter, shown, content, pointed)
    _paint_titles(painter, shown, content)
    _paint_bar(painter, shown, content)
    if pointed is not None:
        _paint_pointed(painter, shown, content, pointed)


def _paint_pointed(painter: QPainter, shown: HeatMap, content: HeatContent, pointed: tuple[int, int]) -> None:
    row, column = pointed
    if content.lit:
        _dim(painter, shown.cell(0, 0, row, shown.columns))
        _dim(painter, shown.cell(row + 1, 0, shown.rows - row - 1, shown.columns))
    painter.setPen(QPen(QColor(current().text), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if content.lit:
        painter.drawRect(shown.cell(row, 0, 1, shown.columns))
    painter.drawRect(shown.cell(row, column))


def _dim(painter: QPainter, place: QRectF) -> None:
    colour = QColor(current().panel)
    colour.setAlpha(170)
    painter.fillRect(place, colour)


def _paint_names(
    painter: QPainter, shown: HeatMap, content: HeatContent, pointed: tuple[int, int] | None
) -> None:
    """Names of rows at the left and of columns below, as many as there is room for."""
    metrics, theme = painter.fontMetrics(), current()
    widest = max((metrics.horizontalAdvance(name) for name in content.column_names), default=8) + 2
    every = max(1, round(-(-widest // max(shown.area.width() / shown.columns, 0.1))))
    for column in range(0, len(content.column_names), every):
        cell = shown.cell(0, column)
        place = QRectF(cell.center().x() - 40, shown.area.bottom() + 2, 80, metrics.height())
        here = pointed is not None and pointed[1] == column
        painter.setPen(QColor(theme.text if here else theme.muted))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, content.column_names[column])
    every = max(1, -(-metrics.height() // max(round(shown.area.height() / shown.rows), 1)))
    for row in range(0, len(content.column_names) if content.lit else shown.rows, every):
        cell = shown.cell(row, 0)
        place = QRectF(cell.left() - GAP - 60, cell.center().y() - 10, 60, 20)
        here = pointed is not None and pointed[0] == row
        painter.setPen(QColor(theme.text if here else theme.muted))
        painter.drawText(
            place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, content.row_name(row)
        )


def _paint_titles(painter: QPainter, shown: HeatMap, content: HeatContent) -> None:
    """What the names at the left and below are."""
    painter.setPen(QColor(current().muted))
    below, beside = content.titles
    high = painter.fontMetrics().height()
    place = QRectF(shown.area.left(), shown.area.bottom() + high + 1, max(shown.area.width(), 40), high)
    painter.drawText(place, Qt.AlignmentFlag.AlignHCenter, below)
    painter.save()
    painter.translate(high / 2 + 1, shown.area.center().y())
    painter.rotate(-90)
    painter.drawText(QRectF(-60, -high / 2, 120, high), Qt.AlignmentFlag.AlignCenter, beside)
    painter.restore()


def _paint_bar(painter: QPainter, shown: HeatMap, content: HeatContent) -> None:
    """The colours, from the highest value down to the lowest."""
    low, high = content.ends
    table = diverging_table(current())[0 if low < 0 else 128 :]
    bar = QRectF(shown.area.right() + 10, shown.area.top(), BAR, shown.area.height())
    part = bar.height() / len(table)
    for place, (red, green, blue) in enumerate(table[::-1].tolist()):
        stripe = QRectF(bar.left(), bar.top() + place * part, BAR, part + 0.5)
        painter.fillRect(stripe, QColor(int(red), int(green), int(blue)))
    painter.setPen(QColor(current().muted))
    line = painter.fontMetrics().height()
    for value, top in ((high, bar.top() - 2), (low, bar.bottom() - line + 2)):
        painter.drawText(
            QRectF(bar.right() + 4, top, 40, line), Qt.AlignmentFlag.AlignLeft, figures(value, 2)
        )
