"""One sample and what the network says of it: a picture or its columns, and a bar for each class."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QCoreApplication, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.analysis.ranges import ANY, neuron_ranges
from playground.numbers.writing import whole
from widgets.colouring import Floats
from widgets.figures.columns import Columns
from widgets.figures.ground import lay
from widgets.pictures import picture_image, signed_image
from widgets.plots.figure import Figure
from widgets.plots.graph.sample import paint_sample_graph
from widgets.plots.legend import Legend
from widgets.plots.pictures.attribution import LEGEND, HangsOn, paint_hangs_on
from widgets.plots.sample_content import Bar, SampleContent
from widgets.plots.sequence_content import SequenceContent
from widgets.plots.sequence_painter import paint_sequence_content
from widgets.theme import current
from widgets.tips import tip

GAP = 14
TALLEST_ROW, LOWEST_ROW, BAR_HEIGHT = 24.0, 15.0, 6.0
STEPS_SHARE = 0.55
"""How much of the height the steps of a sequence take, where the answer stands below them."""
STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_PageUp: -10, Qt.Key.Key_PageDown: 10}


class SampleView(Figure):
    """The chosen sample at the left, the answer at the right.

    Signals:
        stepped: another sample is asked for, so many further on; arrow keys do.
        pointed: row and column of a neuron's map that the pointer is on.
    """

    stepped = Signal(int)
    pointed = Signal(int, int)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self.content: SampleContent | None = None
        self.hangs_on: HangsOn | None = None
        """What the answer hangs on, which lies over the picture where it is shown."""
        self.lie_on_panel()
        self._held: QWidget | None = None
        self.picture_place = QRectF()
        """Where the picture was painted last."""
        self.setMouseTracking(True)
        self._legend = Legend(self.small_font(), self)
        self._legend.hide()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(200, 120)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_content(self, content: SampleContent) -> None:
        """Show this sample."""
        self.content = content
        if self._held is not None:
            self._held.setVisible(content.picture is not None and content.given_back is None)
        self.setAccessibleDescription(content.words)
        self.update(self._room.toAlignedRect())

    def show_hangs_on(self, shown: HangsOn | None) -> None:
        """Lay this over the picture, or nothing."""
        if shown is not self.hangs_on:
            self.hangs_on = shown
            self.setToolTip(tip(shown.words) if shown is not None else "")
            self.update()

    @property
    def _room(self) -> QRectF:
        """All but what is at the lower edge."""
        area = QRectF(self.rect())
        if self._held is not None and not self._held.isHidden():
            area.setBottom(area.bottom() - self._held.height())
        return area

    def hold(self, bar: QWidget) -> None:
        """Have a choice at the lower edge, for pictures that are answered to."""
        self._held = bar

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the choice at the lower edge."""
        super().resizeEvent(event)
        if self._held is not None:
            height = self._held.sizeHint().height()
            self._held.setGeometry(0, self.height() - height, self.width(), height)

    def columns(self) -> Columns:
        """The answer as numbers, and the values of the sample."""
        if self.content is None:
            return {}
        if self.content.sequence is not None and self.content.sequence.tracks:
            return self.content.sequence.columns()
        bars = self.content.answer or self.content.values
        return {"name": np.array([bar.name for bar in bars]), "value": np.array([bar.share for bar in bars])}

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say which value of a map is pointed at."""
        super().mouseMoveEvent(event)
        content, place = self.content, self.picture_place
        if (
            content is None
            or content.picture is None
            or content.looks
            or not place.contains(event.position())
        ):
            return
        (height, width), inside = content.picture.shape[:2], event.position() - place.topLeft()
        row, column = int(inside.y() / place.height() * height), int(inside.x() / place.width() * width)
        self.pointed.emit(min(row, height - 1), min(column, width - 1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the sample before or behind."""
        if (step := STEPS.get(Qt.Key(event.key()))) is None:
            super().keyPressEvent(event)
        else:
            self.stepped.emit(step)

    # --- painting -----------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw both halves, and a ring when the keyboard led here."""
        with QPainter(self) as painter:
            self.paint_ground(painter)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint(painter)
            self.paint_focus(painter, thick=2)

    def paint_figure(self, painter: QPainter) -> None:
        """Draw both halves."""
        lay(painter, self.rect(), current().panel)
        self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        content, area = self.content, self._room
        if content is None:
            return
        if content.sequence is not None:
            self._paint_sequence(painter, area, content, content.sequence)
            return
        drawn = content.picture is not None or content.graph is not None
        split = 0.62 if drawn and content.given_back is None else 0.5
        left = QRectF(area.left(), area.top(), area.width() * split - GAP / 2, area.height())
        right = QRectF(left.right() + GAP, area.top(), area.right() - left.right() - GAP, area.height())
        if content.graph is not None:
            paint_sample_graph(painter, left, content.graph, self.small_font())
        elif content.picture is None:
            self._paint_bars(painter, left, content.values, current().accent)
        else:
            self._paint_picture(painter, left, content.picture, content.looks)
        if content.given_back is not None:
            self._paint_picture(painter, right, content.given_back, True)
        else:
            self._paint_bars(painter, right, likeliest(content.answer, right.height()), current().muted)

    def _paint_sequence(
        self, painter: QPainter, area: QRectF, content: SampleContent, sequence: SequenceContent
    ) -> None:
        """Draw its steps, and the answer below where that belongs to none of them."""
        bars = likeliest(content.answer, area.height() * (1 - STEPS_SHARE))
        share = STEPS_SHARE if bars else 1.0
        top = QRectF(area.left(), area.top(), area.width(), area.height() * share - (GAP if bars else 0))
        paint_sequence_content(painter, top, sequence, self.small_font(), self._legend)
        rest = QRectF(area.left(), top.bottom() + GAP, area.width(), area.bottom() - top.bottom() - GAP)
        self._paint_bars(painter, rest, bars, current().muted)

    def _paint_picture(self, painter: QPainter, area: QRectF, values: Floats, looks: bool) -> None:
        height, width = values.shape[:2]
        over = self.hangs_on if looks and self._fits(values) else None
        if over is not None:
            area = area.adjusted(0, 0, 0, -LEGEND)
        scale = min(area.width() / width, area.height() / height)
        place = QRectF(area.left(), area.top(), scale * width, scale * height)
        place.moveTop(area.top() + (area.height() - place.height()) / 2)
        self.picture_place = place
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        if over is not None:
            painter.setFont(self.small_font())
            paint_hangs_on(painter, place, over)
        else:
            painter.drawImage(place, picture_image(values) if looks else _signed(values))
        painter.setPen(QPen(QColor(current().border), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(place)

    def _fits(self, values: Floats) -> bool:
        """Whether what lies over the picture is of that picture."""
        return self.hangs_on is not None and np.array_equal(self.hangs_on.raw, values)

    def _paint_bars(self, painter: QPainter, area: QRectF, bars: Sequence[Bar], colour: str) -> None:
        if not bars:
            return
        theme, row = current(), min(area.height() / len(bars), TALLEST_ROW)
        font, bold = self.small_font(), QFont(self.small_font())
        bold.setWeight(QFont.Weight.DemiBold)
        names, numbers = QFontMetricsF(bold), QFontMetricsF(font)
        first = min(max(names.horizontalAdvance(bar.name) for bar in bars), area.width() * 0.5) + 6
        last = max(numbers.horizontalAdvance(bar.text) for bar in bars) + 6
        top = area.top() + (area.height() - row * len(bars)) / 2
        for place, bar in enumerate(bars):
            line = QRectF(area.left(), top + place * row, area.width(), row)
            painter.setFont(bold if bar.chosen else font)
            painter.setPen(QColor(theme.text if bar.chosen else theme.muted))
            room = QRectF(line.left(), line.top(), first - 6, row)
            shown = names.elidedText(bar.name, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, bar.text)
            if not bar.text:
                continue
            track = QRectF(line.left() + first, line.center().y() - BAR_HEIGHT / 2, 0, BAR_HEIGHT)
            track.setRight(max(line.right() - last, track.left()))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.border))
            painter.drawRoundedRect(track, 3, 3)
            if bar.share > 0:
                track.setWidth(max(bar.share * track.width(), 3.0))
                painter.setBrush(QColor(bar.colour or colour))
                painter.drawRoundedRect(track, 3, 3)


def likeliest(bars: Sequence[Bar], height: float) -> Sequence[Bar]:
    """All bars where there is room; else those that reach farthest, and how many are not shown."""
    room = max(2, int(height // LOWEST_ROW))
    if len(bars) <= room:
        return bars
    order = sorted(bars, key=lambda bar: (bar.chosen, bar.share), reverse=True)[: room - 1]
    more = QCoreApplication.translate("Sample", "+{count} more").format(count=whole(len(bars) - len(order)))
    return [*order, Bar(more, "", 0.0)]


def _signed(values: Floats) -> QImage:
    """The values of a neuron in the diverging colours."""
    low, high = neuron_ranges(values[np.newaxis], ANY)[0].tolist()
    return signed_image(values, (low, high), current())
