"""A wall of pictures that scrolls: those that are seen are drawn, however many there are."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QScrollBar, QSizePolicy, QToolTip, QWidget

from widgets.figures.columns import Columns
from widgets.figures.ground import lay
from widgets.plots.figure import Figure
from widgets.plots.pictures.images import WallImages
from widgets.plots.pictures.told import Told, WallContent
from widgets.theme import Theme, current

GAP, FRAME, CAPTION, LINE = 6, 2, 16, 13
WIDE = 1.7
"""Pictures that are wider than high are so many times as wide as others at most."""

NOTCH = 120
"""What a mouse wheel turns by in one notch."""


class PictureWall(Figure):
    """Pictures in rows, each with a caption; wrong ones are framed, and the chosen one is.

    Signals:
        chosen: the number of the sample that a click or a key went to.
    """

    chosen = Signal(int)

    def __init__(self, title: str, side: int, rows: int = 0, parent: QWidget | None = None) -> None:
        """`side` is how large a picture is at least, in pixels; so many rows are high, 0 for any number."""
        super().__init__(title, parent)
        self.least_side, self._rows = side, rows
        self.content: WallContent | None = None
        self.current = -1
        """The place of the chosen one; −1 for none."""
        self.columns_shown, self.caption, self.cell = 1, CAPTION, QSize(side, side)
        """How many stand in a row, how high a caption is, and the room of a picture with both and the gap."""
        self._images = WallImages()
        self.bar = QScrollBar(Qt.Orientation.Vertical, self)
        self.bar.valueChanged.connect(lambda _: self.update())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._share()

    # --- what is shown ----------------------------------------------------------------------------------

    def show_content(self, content: WallContent | None, sample: int = -1) -> None:
        """Hang these pictures, of which the one of a sample is the chosen one."""
        before = self.content
        if before is None or content is None or before.source is not content.source:
            self._images.clear()
        self.content = content
        self._share()
        self.choose(sample)
        self.update()

    def choose(self, sample: int) -> None:
        """Show a sample as the chosen one, where it hangs here."""
        place = -1
        if self.content is not None:
            found = np.flatnonzero(self.content.samples == sample)
            place = int(found[0]) if len(found) else -1
        if place != self.current:
            self.current = place
            self.update()
        self.setAccessibleDescription(self._told(place).words if place >= 0 else "")

    @property
    def count(self) -> int:
        """How many pictures there are."""
        return 0 if self.content is None else len(self.content.samples)

    def reveal(self, place: int) -> None:
        """Scroll as far as a picture needs."""
        top = place // self.columns_shown * self.cell.height()
        bottom = top + self.cell.height()
        if top < self.bar.value():
            self.bar.setValue(top)
        elif bottom > self.bar.value() + self.height():
            self.bar.setValue(bottom - self.height())

    def columns(self) -> Columns:
        """Each picture's number, and what is told of it."""
        if self.content is None:
            return {}
        told = [self.content.told(int(sample)).words for sample in self.content.samples]
        return {"sample": self.content.samples + 1, "told": np.array(told)}

    def _told(self, place: int) -> Told:
        assert self.content is not None
        return self.content.told(int(self.content.samples[place]))

    # --- where things are -------------------------------------------------------------------------------

    def _measure(self) -> None:
        room = max(1, self.width() - self.bar.sizeHint().width() - 2) + GAP
        lines, aspect = (1, 1.0) if self.content is None else (self.content.lines, self.content.aspect)
        least = self.least_side * min(max(1.0, aspect), WIDE)
        self.columns_shown = max(1, int(room // (least + 2 * FRAME + GAP)))
        self.caption = CAPTION if lines == 1 else lines * LINE + 2
        width = room // self.columns_shown
        high = round((width - GAP - 2 * FRAME) / max(1.0, aspect)) + 2 * FRAME
        self.cell = QSize(width, high + self.caption + 2)

    def place_at(self, point: QPointF) -> int:
        """Which picture is there; −1 for none."""
        column = int(point.x() // self.cell.width())
        place = int((point.y() + self.bar.value()) // self.cell.height()) * self.columns_shown + column
        return place if column < self.columns_shown and 0 <= place < self.count else -1

    def rect_of(self, place: int) -> QRectF:
        """Where a picture is, with its caption."""
        row, column = divmod(place, self.columns_shown)
        cell = self.cell
        top = row * cell.height() - self.bar.value()
        return QRectF(column * cell.width(), top, cell.width() - GAP, cell.height() - 2)

    def show_theme(self, theme: Theme) -> None:
        """Colour what is signed anew."""
        self._images.clear()
        super().show_theme(theme)

    def sizeHint(self) -> QSize:
        """Two rows of four."""
        side = self.least_side + 2 * FRAME
        return QSize(4 * (side + GAP) + self.bar.sizeHint().width(), 2 * (side + CAPTION + 2))

    def minimumSizeHint(self) -> QSize:
        """One row of two."""
        side = self.least_side + 2 * FRAME
        return QSize(2 * (side + GAP) + self.bar.sizeHint().width(), side + CAPTION + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room out anew."""
        super().resizeEvent(event)
        self._share()

    def show_rows(self, rows: int) -> None:
        """Be so many rows high."""
        self._rows = rows
        self._share()

    def _share(self) -> None:
        """See how large everything is, and how far there is to scroll."""
        self._measure()
        if self._rows:
            self.setFixedHeight(self._rows * self.cell.height() - 2)
        rows = -(-self.count // self.columns_shown)
        width = self.bar.sizeHint().width()
        self.bar.setGeometry(self.width() - width, 0, width, self.height())
        self.bar.setRange(0, max(0, rows * self.cell.height() - 2 - self.height()))
        self.bar.setSingleStep(self.cell.height())
        self.bar.setPageStep(max(1, self.height()))
        self.bar.setVisible(self.bar.maximum() > 0)

    # --- gestures ---------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the picture below the pointer."""
        place = self.place_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and place >= 0:
            self._go_to(place)
        else:
            super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from picture to picture."""
        across, page = self.columns_shown, max(1, self.height() // self.cell.height()) * self.columns_shown
        key = Qt.Key(event.key())
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -across, Qt.Key.Key_Down: across}
        steps |= {Qt.Key.Key_PageUp: -page, Qt.Key.Key_PageDown: page}
        steps |= {Qt.Key.Key_Home: -self.count, Qt.Key.Key_End: self.count}
        if key not in steps or not self.count:
            super().keyPressEvent(event)
            return
        start = self.current if self.current >= 0 else min(0, steps[key]) - (steps[key] == 1)
        self._go_to(int(np.clip(start + steps[key], 0, self.count - 1)))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll by the pixels of a touch pad, or a row a notch; what cannot be scrolled scrolls outside."""
        if self.bar.maximum() == 0:
            event.ignore()
            return
        turned = event.pixelDelta().y() or event.angleDelta().y() * self.cell.height() // NOTCH
        self.bar.setValue(self.bar.value() - turned)

    def event(self, event: QEvent) -> bool:
        """Tell of the picture below the pointer in its tool tip."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            place = self.place_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), self._told(place).words if place >= 0 else "", self)
            return True
        return super().event(event)

    def _go_to(self, place: int) -> None:
        assert self.content is not None
        sample = int(self.content.samples[place])
        self.choose(sample)
        self.reveal(place)
        self.chosen.emit(sample)

    # --- painting ---------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pictures that are seen."""
        with QPainter(self) as painter:
            self._paint(painter)
            self.paint_focus(painter)

    def paint_figure(self, painter: QPainter) -> None:
        """Draw them on the panel's colour."""
        lay(painter, self.rect(), current().panel)
        painter.setClipRect(self.rect())
        self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        painter.setFont(self.small_font())
        first = self.bar.value() // self.cell.height() * self.columns_shown
        rows = self.height() // self.cell.height() + 2
        for place in range(first, min(self.count, first + rows * self.columns_shown)):
            self._paint_one(painter, place)

    def _paint_one(self, painter: QPainter, place: int) -> None:
        assert self.content is not None
        told, rect, shown = self._told(place), self.rect_of(place), current()
        frame = QRectF(rect.left(), rect.top(), rect.width(), rect.height() - self.caption)
        image = self._images.of(self.content, int(self.content.samples[place]))
        inside = frame.adjusted(FRAME, FRAME, -FRAME, -FRAME)
        size = QSize(image.size()).scaled(inside.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
        picture = QRectF(inside.topLeft(), size)
        picture.moveCenter(inside.center())
        painter.drawImage(picture, image)
        edge = shown.accent if place == self.current else shown.bad if told.wrong else ""
        if edge:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(edge), FRAME))
            painter.drawRect(picture.adjusted(-1, -1, 1, 1))
        painter.setPen(QColor(shown.bad if told.wrong else shown.muted))
        below = QRectF(rect.left(), frame.bottom() + 1, rect.width(), min(LINE + 2, self.caption))
        for line in told.caption.split("\n"):
            words = QFontMetricsF(painter.font()).elidedText(line, Qt.TextElideMode.ElideRight, below.width())
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, words)
            below.translate(0, LINE)
