"""What a map and a surface of the loss share: the route over it, a cross to move, a place to choose."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from playground.numbers.writing import figures
from playground.numbers.writing import loss as loss_text
from widgets.colouring import Floats
from widgets.figures.columns import Columns
from widgets.figures.ground import lay
from widgets.kept_picture import KeptPicture
from widgets.pages.inside.tabs.landscape.relief import Relief
from widgets.plots.colour_bar import BAR_SPACE, GAP, paint_colour_bar
from widgets.plots.decision_map import ARROWS
from widgets.plots.figure import Figure, label_style
from widgets.plots.map_painter import paint_cross
from widgets.theme import Theme, current

NOWHERE: Floats = np.empty((0, 2))
KEY_STEPS = 50
"""How many times an arrow key moves from one side to the other."""
CLICK = 4
"""Pixels that a pointer may move between press and release of a click."""
HALO, LIGHT = QColor(10, 12, 18, 190), QColor(255, 255, 255)
BESIDE = 12
KEY_SPACE = BAR_SPACE + 8
"""The width at the right for the colour bar and its numbers."""


class LandscapeFigure(Figure):
    """Shows a relief; a subclass says where places are drawn, and which place a pixel shows.

    Signals:
        chosen: the place (x, y) to which the person wants the network put.
    """

    chosen = Signal(float, float)

    ring_width: ClassVar[int] = 1
    """Pixels of the ring around the field while the keyboard is here."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self.relief: Relief | None = None
        self.route = NOWHERE
        """Places (n, 2) of the path, the last where the network is now."""
        self.names = ("", "")
        self.message = ""
        self.cross: tuple[float, float] | None = None
        self._pressed: QPointF | None = None
        self._kept = KeptPicture()
        self.label = QLabel(self)
        self.label.setFont(self.small_font())
        self.label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.label.setStyleSheet(label_style(current()))
        self.label.hide()
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(240, 200)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    # --- what is shown ------------------------------------------------------------------------------

    def show_relief(self, relief: Relief | None, names: tuple[str, str], message: str = "") -> None:
        """Show a landscape with the names of its axes, or a message where there is none."""
        self.relief, self.names, self.message = relief, names, message
        self.setAccessibleDescription(message)
        self._kept.forget()
        self.update()

    def show_route(self, places: Floats) -> None:
        """Show the path, whose last place (n, 2) is where the network is."""
        if not np.array_equal(places, self.route, equal_nan=True):
            self.route = places
            self.update()

    def columns(self) -> Columns:
        """The losses at every point of the grid."""
        return self.relief.columns() if self.relief is not None else {}

    def show_theme(self, theme: Theme) -> None:
        """Take on the colours of another theme."""
        super().show_theme(theme)
        self.label.setStyleSheet(label_style(theme))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the menu in its corner."""
        super().resizeEvent(event)
        size = self.menu_button.sizeHint()
        self.menu_button.move(self.width() - size.width(), self.height() - size.height())

    # --- where places are -----------------------------------------------------------------------------

    def pixels(self, places: Floats) -> Floats:
        """The pixels (n, 2) of places (n, 2)."""
        raise NotImplementedError

    def place_at(self, pixel: QPointF) -> tuple[float, float] | None:
        """The place that a pixel shows; None where it shows none."""
        raise NotImplementedError

    # --- painting -------------------------------------------------------------------------------------

    @property
    def field(self) -> QRectF:
        """Where the landscape is, beyond which no path is drawn."""
        return QRectF(self.rect())

    def view(self) -> tuple[object, ...]:
        """From where it is seen, for what can be turned."""
        return ()

    def paint_ground(self, painter: QPainter, relief: Relief) -> None:
        """Draw the landscape, which is kept as long as nothing of it changes."""
        raise NotImplementedError

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the landscape as it is kept, and what moves over it."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if (relief := self.relief) is None:
                self.paint_message(painter)
                self.paint_focus(painter, thick=self.ring_width)
                return
            seen = (relief, *self.view())
            self._kept.paint(painter, self.size(), seen, lambda inner: self.paint_ground(inner, relief))
            self.paint_route(painter)
            self.paint_marks(painter)
            self.paint_focus(painter, self.field, self.ring_width)

    def paint_figure(self, painter: QPainter) -> None:
        """Draw all but the cross."""
        lay(painter, self.rect(), current().panel)
        if self.relief is None:
            self.paint_message(painter)
            return
        self.paint_ground(painter, self.relief)
        self.paint_route(painter)

    def paint_message(self, painter: QPainter) -> None:
        """Say why there is nothing to be seen."""
        painter.setPen(QColor(current().muted))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(QRectF(self.rect()).adjusted(40, 0, -40, 0), flags, self.message)

    def paint_key(self, painter: QPainter, relief: Relief, top: float, bottom: float) -> None:
        """Draw the colour bar at the right edge."""
        bar = QRectF(self.width() - KEY_SPACE + GAP, top, BAR_SPACE - GAP, bottom - top)
        painter.setFont(self.small_font())
        paint_colour_bar(painter, bar, relief.key(current()), current())

    def paint_route(self, painter: QPainter) -> None:
        """Draw the path as a line, its beginning as a ring, and where the network is as a dot."""
        known = self.route[np.isfinite(self.route).all(axis=1)]
        if not len(known):
            return
        points = [QPointF(x, y) for x, y in self.pixels(known).tolist()]
        painter.save()
        painter.setClipRect(self.field)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width in ((HALO, 3.6), (LIGHT, 1.6)):
            painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawPolyline(QPolygonF(points))
        if len(points) > 1:
            painter.setPen(QPen(LIGHT, 1.6))
            painter.setBrush(QColor(16, 18, 23))
            painter.drawEllipse(points[0], 4.0, 4.0)
        painter.setBrush(QColor(current().accent))
        painter.setPen(QPen(LIGHT, 2))
        painter.drawEllipse(points[-1], 5.5, 5.5)
        painter.restore()

    def paint_marks(self, painter: QPainter) -> None:
        """Draw the cross that keys move."""
        if self.cross is not None:
            ((x, y),) = self.pixels(np.array([self.cross])).tolist()
            paint_cross(painter, QPointF(x, y))

    # --- pointing -------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a click."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.position()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End it: the place is chosen."""
        pressed, self._pressed = self._pressed, None
        if pressed is None or event.button() != Qt.MouseButton.LeftButton:
            return
        if (event.position() - pressed).manhattanLength() <= CLICK:
            self.choose(self.place_at(event.position()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell the loss under the pointer."""
        self.tell(self.place_at(event.position()), event.position())

    def leaveEvent(self, event: QEvent) -> None:
        """Tell no loss."""
        self.tell(None, QPointF())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Forget the cross."""
        super().focusOutEvent(event)
        self.cross = None
        self.label.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the cross from where the network is, or choose its place."""
        step, relief = ARROWS.get(Qt.Key(event.key())), self.relief
        if relief is None or (step is None and self.cross is None):
            super().keyPressEvent(event)
        elif step is not None:
            self.move_cross(relief, step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.choose(self.cross)
        else:
            super().keyPressEvent(event)

    def move_cross(self, relief: Relief, step: tuple[int, int]) -> None:
        """Move it a little across or up, and tell the loss there."""
        plane = relief.grid.plane
        start = np.array(self.cross) if self.cross is not None else self._beginning()
        span = np.array([plane.right - plane.left, plane.high - plane.low])
        moved = start + np.array(step) * span / KEY_STEPS
        x, y = np.clip(moved, [plane.left, plane.low], [plane.right, plane.high]).tolist()
        self.cross = (x, y)
        ((left, top),) = self.pixels(np.array([[x, y]])).tolist()
        self.tell((x, y), QPointF(left, top))
        self.update()

    def _beginning(self) -> Floats:
        known = self.route[np.isfinite(self.route).all(axis=1)]
        return known[-1] if len(known) else np.zeros(2)

    def choose(self, place: tuple[float, float] | None) -> None:
        """Want the network put there."""
        if place is not None:
            self.chosen.emit(*place)

    def tell(self, place: tuple[float, float] | None, pixel: QPointF) -> None:
        """Say beside a pixel what the loss is at a place."""
        if place is None or self.relief is None:
            self.label.hide()
            return
        train, test = self.relief.at(*place)
        shown = [loss_text(value) if np.isfinite(value) else self.tr("no number") for value in (train, test)]
        self.label.setText(
            self.tr("training {train}\ntest {test}\nx {x}, y {y}").format(
                train=shown[0], test=shown[1], x=figures(place[0], 3), y=figures(place[1], 3)
            )
        )
        self.label.adjustSize()
        x, y = pixel.x() + BESIDE, pixel.y() + BESIDE
        if x + self.label.width() > self.width():
            x = pixel.x() - BESIDE - self.label.width()
        if y + self.label.height() > self.height():
            y = pixel.y() - BESIDE - self.label.height()
        self.label.move(round(x), round(y))
        self.label.show()
