"""The head of the table: of each column its name, what it is used for, how its values lie, and its kind."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QWidget

from playground.numbers.writing import whole
from widgets.histogram import paint_histogram
from widgets.pages.data.roles import INPUT, SIDES_SAID, TARGET, UNUSED, role_word
from widgets.pages.data.sheet import Meaning, SheetColumn
from widgets.theme import class_colours, current

HEIGHT = 86
PADDING = 8
CHIP = 16
SMALL = 11
HISTOGRAM = 22
WIDEST = 16.0
MOST_BARS = 12
MOST_COLOURED = 8
TONES = {TARGET: "warning", INPUT: "accent", UNUSED: "muted", SIDES_SAID: "good"}


@dataclass(frozen=True)
class Head:
    """What is written at the head of a column; a `choice` opens when its role is clicked."""

    column: SheetColumn
    role: str = ""
    choice: bool = False


class SamplesHeader(QHeaderView):
    """Sorts on a click, and asks for the choice of roles on a click on the role.

    Signals:
        role_clicked: the role of a column was, at this place of the screen.
    """

    role_clicked = Signal(int, QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._heads: tuple[Head, ...] = ()
        self._sorted: tuple[int | None, bool] = (None, False)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setFixedHeight(HEIGHT)
        self.setMinimumSectionSize(40)
        self.setToolTip(self.tr("Click to sort; click the word in the frame to use the column otherwise."))

    def show_heads(self, heads: tuple[Head, ...]) -> None:
        """Show these, one for each column."""
        self._heads = heads
        self.viewport().update()

    def show_sorting(self, column: int | None, descending: bool) -> None:
        """Mark the column that rows are sorted by."""
        self._sorted = (column, descending)
        self.viewport().update()

    def fitting(self, head: Head) -> int:
        """How wide a column is for its head."""
        small = QFontMetrics(self._small())
        names = self._bold(), head.column.name
        widths = (
            QFontMetrics(names[0]).horizontalAdvance(names[1]) + 14,
            small.horizontalAdvance(kind_words(head.column)),
            small.horizontalAdvance(role_word(head.role)) + CHIP,
        )
        return max(widths) + 2 * PADDING

    def chip(self, section: int) -> QRect:
        """Where the role of a column stands."""
        left = self.sectionViewportPosition(section) + PADDING
        words = role_word(self._heads[section].role)
        width = QFontMetrics(self._small()).horizontalAdvance(words) + CHIP
        return QRect(left, 27, width, CHIP)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on a role asks what else the column may be used for; any other sorts."""
        section = self.logicalIndexAt(event.position().toPoint())
        if 0 <= section < len(self._heads) and self._heads[section].choice:
            chip = self.chip(section)
            if chip.contains(event.position().toPoint()):
                self.role_clicked.emit(section, self.viewport().mapToGlobal(chip.bottomLeft()))
                return
        super().mousePressEvent(event)

    def sizeHint(self) -> QSize:
        """As high as all of it."""
        return QSize(super().sizeHint().width(), HEIGHT)

    # --- painting ---------------------------------------------------------------------------------------

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Draw one."""
        if section >= len(self._heads):
            return
        head, shown = self._heads[section], current()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(shown.control))
        painter.drawRoundedRect(QRectF(rect).adjusted(1, 0, -1, -3), 6, 6)
        inside = rect.adjusted(PADDING, 6, -PADDING, -6)
        self._paint_name(painter, inside, section, head)
        if head.role:
            self._paint_chip(painter, head, self.chip(section))
        self._paint_counts(painter, QRect(inside.left(), 47, inside.width(), HISTOGRAM - 6), head.column)
        painter.setFont(self._small())
        painter.setPen(QColor(shown.warning if head.column.missing else shown.muted))
        place = QRect(inside.left(), 64, inside.width(), 16)
        painter.drawText(place, _ALIGNED, _fitting(painter, kind_words(head.column), place.width()))
        painter.restore()

    def _paint_name(self, painter: QPainter, inside: QRect, section: int, head: Head) -> None:
        painter.setFont(self._bold())
        painter.setPen(QColor(current().text))
        column, descending = self._sorted
        mark = ("▼ " if descending else "▲ ") if section == column else ""
        place = QRect(inside.left(), inside.top(), inside.width(), 18)
        painter.drawText(place, _ALIGNED, _fitting(painter, mark + head.column.name, place.width()))

    def _paint_chip(self, painter: QPainter, head: Head, place: QRect) -> None:
        colour = QColor(getattr(current(), TONES[head.role]))
        painter.setFont(self._small())
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, 1, Qt.PenStyle.SolidLine if head.choice else Qt.PenStyle.NoPen))
        painter.drawRoundedRect(QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5), 7, 7)
        painter.setPen(colour)
        words = place if head.choice else place.translated(-CHIP // 2, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, role_word(head.role))

    def _paint_counts(self, painter: QPainter, place: QRect, column: SheetColumn) -> None:
        counts = column.counts[:MOST_BARS]
        colours = [current().training] * len(counts)
        if column.meaning is Meaning.TARGET and 1 < len(column.categories) <= MOST_COLOURED:
            colours = list(class_colours(len(column.categories)))
        area = QRectF(place).translated(0, -1)  # a QRect ends on its last pixel
        paint_histogram(painter, area, counts, colours, WIDEST)

    def _bold(self) -> QFont:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        return font

    def _small(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(SMALL)
        return font


_ALIGNED = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def kind_words(column: SheetColumn) -> str:
    """What kind of values a column has, or how many are missing."""
    if column.meaning not in (Meaning.VALUE, Meaning.TARGET):
        return ""
    if column.missing:
        return _tr("{count} missing").format(count=whole(column.missing))
    if column.categories:
        return _tr("category · {count}").format(count=whole(len(column.categories)))
    return _tr("number")


def _fitting(painter: QPainter, text: str, room: int) -> str:
    return painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)


def _tr(text: str) -> str:
    return QCoreApplication.translate("SamplesHeader", text)
