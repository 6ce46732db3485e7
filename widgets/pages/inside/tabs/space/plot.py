"""The scatter of what a layer makes of the samples, and of the plane that they lie on."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from widgets.colouring import Floats
from widgets.figures.columns import Columns
from widgets.figures.ground import lay
from widgets.pages.inside.tabs.space.content import Dots, SpaceContent, within_bounds
from widgets.plots.confusion_matrix import TITLE
from widgets.plots.decision_map import ARROWS
from widgets.plots.figure import Figure
from widgets.quick import draw_lines, draw_stamps, joined
from widgets.theme import Theme, current

DOT, EDGE, HOLE = 5.4, 7.0, 2.6
"""Diameters of a sample, with its edge, and of the hole in one of the test side."""

STAMP = 9.0
"""The side of the picture of a sample."""

REACH = 12.0
TURN = 0.01
"""Radians that a pixel of a drag turns three axes by."""
TURN_BY_KEY = 0.1

MOST_NAMED = 12


def paint_dot(painter: QPainter, place: QPointF, colour: str, of_test: bool, theme: Theme) -> None:
    """A sample: filled, or a ring where it is of the test side."""
    painter.setPen(Qt.PenStyle.NoPen)
    panel = QColor(theme.panel)
    for tint, width in ((panel, EDGE), (QColor(colour), DOT), (panel, HOLE if of_test else 0.0)):
        painter.setBrush(tint)
        painter.drawEllipse(place, width / 2, width / 2)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def stamped(colour: str, of_test: bool, theme: Theme, ratio: float) -> QPixmap:
    """A sample as a small picture."""
    side = round(STAMP * ratio)
    stamp = QPixmap(side, side)
    stamp.setDevicePixelRatio(ratio)
    stamp.fill(Qt.GlobalColor.transparent)
    with QPainter(stamp) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_dot(painter, QPointF(STAMP / 2, STAMP / 2), colour, of_test, theme)
    return stamp


class SpacePlot(Figure):
    """Samples in the colours of their classes, filled for training and rings for test."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Space"), parent)
        self.lie_on_panel()
        self.content: SpaceContent | None = None
        self.pointed: int | None = None
        """The sample that is read out."""
        self.turned = (0.6, 0.4)
        """How far three axes are turned to the side and up, in radians."""
        self._grabbed: QPointF | None = None
        self._stamps: dict[tuple[object, ...], QPixmap] = {}
        self._dots: list[Dots] = []
        self._lines: Floats = np.empty((0, 4))
        self._pixels: Floats = np.empty((0, 2))
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(260, 220)
        header = QHBoxLayout()
        header.setContentsMargins(0, 0, 0, 0)
        header.addStretch(1)
        header.addWidget(self.menu_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(header)
        column.addStretch(1)

    def show_content(self, content: SpaceContent | None) -> None:
        """Show where the samples are now."""
        self.content = content
        self._place()
        if content is not None:
            self.setAccessibleDescription(content.caption)

    def show_theme(self, theme: Theme) -> None:
        """Take on the colours of another theme."""
        super().show_theme(theme)
        self._place()

    def columns(self) -> Columns:
        """The places of the samples."""
        return {} if self.content is None else self.content.columns()

    # --- places -----------------------------------------------------------------------------------------

    def to_pixels(self, places: Floats) -> Floats:
        """Where places (…, axes) are seen, three axes as they are turned."""
        area = self._area()
        half = min(area.width(), area.height()) / 2
        if places.shape[-1] == 3:
            places = (places[..., np.newaxis] * self._view()).sum(axis=-2) / 1.3
        middle = np.array([area.center().x(), area.center().y()])
        pixels: Floats = middle + places * np.array([half, -half])
        return pixels

    def _view(self) -> Floats:
        """The two directions (3, 2) of the screen in the space of three axes."""
        side, up = self.turned
        across = (np.cos(side), 0.0, np.sin(side))
        high = (-np.sin(side) * np.sin(up), np.cos(up), np.cos(side) * np.sin(up))
        return np.array([across, high]).T

    def _area(self) -> QRectF:
        return QRectF(8, TITLE + 8, self.width() - 16, self.height() - 2 * TITLE - 16)

    def _place(self) -> None:
        content = self.content
        if content is None:
            self._dots, self._lines, self._pixels = [], np.empty((0, 4)), np.empty((0, 2))
        else:
            self._pixels = self.to_pixels(content.places)
            self._dots = content.dots(self._pixels, current())
            seen = content.grid and not content.embedded and len(content.seen.lines)
            self._lines = np.empty((0, 4))
            if seen:
                self._lines = joined(within_bounds(self.to_pixels(content.seen.lines)))
        if self.pointed is not None and self.pointed >= len(self._pixels):
            self.pointed = None
        self.update()

    # --- painting ---------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it, samples by stamps."""
        with QPainter(self) as painter:
            self._paint(painter, self._stamp_dots)
            self.paint_focus(painter)

    def paint_figure(self, painter: QPainter) -> None:
        self._paint(painter, self._draw_dots)

    def _paint(self, painter: QPainter, paint_dots: Callable[[QPainter, Theme], None]) -> None:
        theme = current()
        lay(painter, self.rect(), theme.panel)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.small_font())
        if self.content is None:
            return
        painter.setPen(QColor(theme.muted))
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(0, 0, self.width() - 30, TITLE), left, self.content.caption)
        painter.save()
        painter.setClipRect(QRectF(0, TITLE, self.width(), self.height() - 2 * TITLE))
        self._paint_lines(painter, theme)
        paint_dots(painter, theme)
        self._paint_pointed(painter, theme)
        painter.restore()
        self._paint_below(painter, self.content, theme)

    def _paint_lines(self, painter: QPainter, theme: Theme) -> None:
        colour = QColor(theme.outline)
        colour.setAlphaF(0.55)
        painter.setPen(QPen(colour, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        draw_lines(painter, self._lines)

    def _draw_dots(self, painter: QPainter, theme: Theme) -> None:
        """Each sample by itself, as sharp as a file can hold it."""
        for colour, of_test, pixels in self._dots:
            for x, y in pixels.tolist():
                paint_dot(painter, QPointF(x, y), colour, of_test, theme)

    def _stamp_dots(self, painter: QPainter, theme: Theme) -> None:
        """The same several times as fast."""
        ratio = self.devicePixelRatio()
        for colour, of_test, pixels in self._dots:
            key = (colour, of_test, theme.name, ratio)
            if key not in self._stamps:
                self._stamps[key] = stamped(colour, of_test, theme, ratio)
            draw_stamps(painter, pixels, self._stamps[key])

    def _paint_pointed(self, painter: QPainter, theme: Theme) -> None:
        if self.pointed is not None:
            painter.setPen(QPen(QColor(theme.text), 1.6))
            painter.drawEllipse(QPointF(*self._pixels[self.pointed].tolist()), EDGE, EDGE)

    def _paint_below(self, painter: QPainter, content: SpaceContent, theme: Theme) -> None:
        """What is pointed at, or else which colour is which class."""
        line = QRectF(0, self.height() - TITLE, self.width(), TITLE)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if self.pointed is not None:
            painter.setPen(QColor(theme.text))
            painter.drawText(line, left, content.words(self.pointed))
            return
        for name, colour in content.legend(theme)[:MOST_NAMED]:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colour))
            painter.drawEllipse(QPointF(line.left() + 5, line.center().y()), 4, 4)
            painter.setPen(QColor(theme.muted))
            painter.drawText(line.adjusted(14, 0, 0, 0), left, name)
            line.setLeft(line.left() + 30 + painter.fontMetrics().horizontalAdvance(name))
        painter.setBrush(Qt.BrushStyle.NoBrush)

    # --- the pointer ------------------------------------------------------------------------------------

    @property
    def turns(self) -> bool:
        """Whether there are three axes, which a drag turns."""
        return self.content is not None and self.content.places.shape[1] == 3

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of three axes."""
        if event.button() == Qt.MouseButton.LeftButton and self.turns:
            self._grabbed = event.position()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of them."""
        self._grabbed = None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Turn the axes, or read out the sample that is pointed at."""
        if self._grabbed is not None:
            moved, self._grabbed = event.position() - self._grabbed, event.position()
            self._turn(moved.x() * TURN, moved.y() * TURN)
            return
        found = None
        if len(self._pixels):
            away = np.hypot(*(self._pixels - np.array([event.position().x(), event.position().y()])).T)
            nearest = int(away.argmin())
            found = nearest if away[nearest] < REACH else None
        self._point_at(found)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn three axes by Shift and arrows, go from sample to sample by arrows alone."""
        step = ARROWS.get(Qt.Key(event.key()))
        if step is None or not len(self._pixels):
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            if self.turns:
                self._turn(step[0] * TURN_BY_KEY, -step[1] * TURN_BY_KEY)
        else:
            before = -1 if self.pointed is None else self.pointed
            self._point_at((before + round(step[0] - step[1])) % len(self._pixels))

    def _turn(self, aside: float, down: float) -> None:
        side, up = self.turned
        self.turned = side - aside, float(np.clip(up + down, -1.5, 1.5))
        self._place()

    def _point_at(self, sample: int | None) -> None:
        if sample != self.pointed:
            self.pointed = sample
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Read out nothing."""
        self.pointed = None
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place all anew."""
        super().resizeEvent(event)
        self._place()
