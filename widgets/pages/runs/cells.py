"""How the cells of the list of runs are drawn: ticks in the colours of the runs, names, small curves."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QFontMetrics, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from widgets import theme
from widgets.pages.runs.colours import run_colour
from widgets.pages.runs.rows import Row
from widgets.plots.sparkline import paint_sparkline

ROW = Qt.ItemDataRole.UserRole
"""Where the items of a line keep its row."""
BELOW = Qt.ItemDataRole.UserRole + 1
"""Where the item of a name keeps what stands under it."""

DOT = "·"
"""Between the epoch and what is special of a run."""

TICK = 15.0
NAME = 126
"""Pixels that a name may take."""
SPARKLINE = QSize(56, 18)
INDEX = QModelIndex | QPersistentModelIndex


class TickCell(QStyledItemDelegate):
    """A box, filled in the colour of the run where its losses are drawn."""

    def sizeHint(self, option: QStyleOptionViewItem, index: INDEX) -> QSize:
        """Room around the box."""
        return QSize(round(TICK) + 14, round(TICK) + 8)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: INDEX) -> None:
        """Draw it."""
        super().paint(painter, option, index)
        row: Row = index.data(ROW)
        box = QRectF(0, 0, TICK, TICK)
        box.moveCenter(QRectF(option.rect).center())
        colour = QColor(run_colour(row.colour))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour, 1.4))
        painter.setBrush(colour if row.ticked else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 3, 3)
        if row.ticked:
            painter.setPen(QPen(QColor(theme.current().panel), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            sign = ((0.24, 0.52), (0.43, 0.71), (0.77, 0.32))
            places = [QPointF(box.left() + x * TICK, box.top() + y * TICK) for x, y in sign]
            painter.drawPolyline(QPolygonF(places))
        painter.restore()


class NameCell(QStyledItemDelegate):
    """The name of a run, bold, and a few words under it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: INDEX) -> QSize:
        """Room for both lines."""
        bold, small = _fonts(option)
        width = max(
            _width(bold, index.data(Qt.ItemDataRole.DisplayRole)), _width(small, index.data(BELOW) or "")
        )
        return QSize(min(width + 12, NAME), super().sizeHint(option, index).height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: INDEX) -> None:
        """Draw both lines."""
        self.initStyleOption(option, index)
        text, below = option.text, index.data(BELOW) or ""
        option.text = ""
        style = option.widget.style() if option.widget is not None else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        bold, small = _fonts(option)
        area = option.rect.adjusted(6, 4, -4, -4)
        now = theme.current()
        painter.save()
        top = Qt.AlignmentFlag.AlignTop if below else Qt.AlignmentFlag.AlignVCenter
        for font, words, colour, place in (
            (bold, text, now.text, top),
            (small, below, now.accent if DOT in below else now.muted, Qt.AlignmentFlag.AlignBottom),
        ):
            painter.setFont(font)
            painter.setPen(QColor(colour))
            shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, area.width())
            painter.drawText(area, Qt.AlignmentFlag.AlignLeft | place, shown)
        painter.restore()


class CurveCell(QStyledItemDelegate):
    """The test loss of a run as a curve as small as a word."""

    def sizeHint(self, option: QStyleOptionViewItem, index: INDEX) -> QSize:
        """The same for all."""
        return SPARKLINE

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: INDEX) -> None:
        """Draw it."""
        super().paint(painter, option, index)
        row: Row = index.data(ROW)
        if "test_loss" not in row.history:
            return
        area = QRectF(option.rect).adjusted(4, 0, -4, 0)
        area.setHeight(min(area.height(), SPARKLINE.height()))
        area.moveCenter(QRectF(option.rect).center())
        painter.save()
        paint_sparkline(painter, area, row.history["epoch"], row.history["test_loss"], run_colour(row.colour))
        painter.restore()


def cells(parent: QWidget) -> tuple[TickCell, NameCell, CurveCell]:
    """One of each."""
    return TickCell(parent), NameCell(parent), CurveCell(parent)


def _fonts(option: QStyleOptionViewItem) -> tuple[QFont, QFont]:
    """The fonts of a name and of what stands under it."""
    bold, small = QFont(option.font), QFont(option.font)
    bold.setWeight(QFont.Weight.DemiBold)
    size = QFontInfo(option.font).pixelSize()
    small.setPixelSize(max(9, round(size * 0.85)))
    return bold, small


def _width(font: QFont, text: str) -> int:
    return QFontMetrics(font).horizontalAdvance(text)
