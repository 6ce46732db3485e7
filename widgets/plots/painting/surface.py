"""The surface over the map on which points are painted, by the pointer and by keys."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QMenu

from widgets.colouring import Floats
from widgets.kept_picture import KeptPicture
from widgets.key_focus import KeyFocus
from widgets.plots.decision_map import ARROWS, KEY_STEPS, ROUNDING, DecisionMap
from widgets.plots.map_painter import paint_cross
from widgets.plots.painting import edits, menu
from widgets.plots.painting.brush import HIGHS, LOWS, Place
from widgets.plots.painting.dots import colouring_of, paint_dots, paint_rings
from widgets.plots.painting.painting import Painting, Tool
from widgets.theme import current, themes

Key = Qt.Key
LEFT, SHIFT = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier
DIGITS = tuple(Key(Key.Key_1 + number) for number in range(8))
LIGHT, DARK = QPen(QColor(255, 255, 255, 220), 1.2), QPen(QColor(0, 0, 0, 150), 3)


class Surface(KeyFocus):
    """Covers the map while points are painted: it shows them all, and passes on what is done to them."""

    def __init__(self, shown: DecisionMap, painting: Painting) -> None:
        super().__init__(shown)
        self.map, self.painting = shown, painting
        self.menu = QMenu(self)
        self.menu.setAccessibleName(self.tr("Painting"))
        self._pointer: Place | None = None
        self._kept = KeptPicture()
        self._marked: object = None
        self.setAccessibleName(self.tr("Painting"))
        self.setAccessibleDescription(
            self.tr(
                "Arrow keys move the place, Enter paints a point, Delete erases the nearest, "
                "digits choose the class, Escape ends."
            )
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.CrossCursor)
        shown.installEventFilter(self)
        painting.changed.connect(self.update)
        painting.turned.connect(self._turn)
        themes.changed.connect(self.update)
        self._turn(painting.on)

    def _turn(self, on: bool) -> None:
        self.resize(self.map.size())
        self.setVisible(on)
        self.map.point_at(None)
        if on:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Be as large as the map."""
        if event.type() == QEvent.Type.Resize:
            self.resize(self.map.size())
        return super().eventFilter(watched, event)

    # --- places and pixels ------------------------------------------------------------------------------

    def place_at(self, pixel: QPointF) -> Place:
        """The place of the plane at a pixel, beyond its edges too."""
        square = self.map.square
        across = (pixel.x() - square.left()) / square.width()
        up = (square.bottom() - pixel.y()) / square.height()
        x, y = (LOWS + np.array([across, up]) * (HIGHS - LOWS)).tolist()
        return x, y

    def pixels_of(self, places: Floats) -> Floats:
        """The pixels (n, 2) of places (n, 2)."""
        square, share = self.map.square, (places - LOWS) / (HIGHS - LOWS)
        return np.array([square.left(), square.bottom()]) + share * [square.width(), -square.height()]

    def _pixel_of(self, place: Place) -> QPointF:
        ((x, y),) = self.pixels_of(np.array([place])).tolist()
        return QPointF(x, y)

    # --- painting it ------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the points, and how far the brush reaches."""
        if not self.painting.on:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setClipRect(self.map.square)
            self._paint_dots(painter)
            self._paint_pointer(painter)
            if self.focused_by_key:
                painter.setPen(QPen(QColor(current().focus), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(self.map.square.adjusted(1, 1, -1, -1), ROUNDING, ROUNDING)

    def _paint_dots(self, painter: QPainter) -> None:
        """The points, drawn anew when there are others, or others are chosen."""
        points, chosen = self.painting.points, self.painting.draft.chosen
        if chosen is not self._marked:
            self._marked = chosen
            self._kept.forget()

        def draw(inner: QPainter) -> None:
            pixels = self.pixels_of(points.places)
            paint_dots(inner, pixels, colouring_of(points).point_colours(points.targets, current()))
            paint_rings(inner, pixels[chosen])

        self._kept.paint(painter, self.size(), (points, self.map.square), draw)

    def _paint_pointer(self, painter: QPainter) -> None:
        painting = self.painting
        painter.setBrush(Qt.BrushStyle.NoBrush)
        box = painting.stroke.box if painting.stroke is not None else None
        for pen in (DARK, LIGHT):
            painter.setPen(pen)
            if box is not None:
                painter.drawRect(QRectF(self._pixel_of(box[0]), self._pixel_of(box[1])).normalized())
            elif self._pointer is not None and painting.tool is not Tool.CHOOSE:
                reach = painting.brush.radius / float(HIGHS[0] - LOWS[0]) * self.map.square.width()
                painter.drawEllipse(self._pixel_of(self._pointer), reach, reach)
        if self.map.probe is not None:
            paint_cross(painter, self._pixel_of(self.map.probe))

    # --- the pointer ------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a stroke on the map, not beside it; other buttons leave a stroke alone."""
        if event.button() != LEFT or not self.map.square.contains(event.position()):
            return
        self.map.point_at(None)
        self.painting.press(self.place_at(event.position()), bool(event.modifiers() & SHIFT))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with the stroke, or end it when the button was released where nobody saw it."""
        self._pointer = self.place_at(event.position())
        if not event.buttons() & LEFT:
            self.painting.release()
        self.painting.move(self._pointer)
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the stroke."""
        if event.button() == LEFT:
            self.painting.move(self.place_at(event.position()))
            self.painting.release()

    def leaveEvent(self, event: QEvent) -> None:
        """Forget where the pointer was."""
        self._pointer = None
        self.update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done to the points at the pointer, or where the keys are; not in a stroke."""
        if self.painting.stroke is not None or not self.painting.on:
            return
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        place = self.place_at(QPointF(event.pos())) if by_mouse else self._place()
        at = event.globalPos() if by_mouse else self.mapToGlobal(self._pixel_of(place).toPoint())
        self.open_menu(place, at)

    def open_menu(self, place: Place, at: QPoint) -> None:
        """Offer what can be done to the points at a place."""
        menu.fill(self.menu, self.painting, edits.meant(self.painting, place))
        self.menu.popup(at)

    # --- the keyboard -----------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Keep keys that do something here from the shortcuts of the window; end a stroke that is lost."""
        if event.type() in (QEvent.Type.WindowDeactivate, QEvent.Type.UngrabMouse):
            self.painting.release()
        if event.type() == QEvent.Type.ShortcutOverride and self.call_of(event) is not None:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what a key stands for."""
        call = self.call_of(event)
        if call is None:
            super().keyPressEvent(event)
        else:
            call()

    def call_of(self, event: QKeyEvent) -> Callable[[], object] | None:
        """What a key does here; None where it does nothing."""
        painting, key = self.painting, Key(event.key())
        if event.matches(QKeySequence.StandardKey.SelectAll):
            return lambda: edits.choose_all(painting)
        if event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier):
            return None
        if key in ARROWS:
            return lambda: self._step(ARROWS[key])
        if key in DIGITS:
            return lambda: edits.choose_class(painting, DIGITS.index(key))
        calls = {
            Key.Key_Return: lambda: edits.place_one(painting, self._place()),
            Key.Key_Enter: lambda: edits.place_one(painting, self._place()),
            Key.Key_Delete: lambda: edits.erase_nearest(painting, self._place()),
            Key.Key_Backspace: lambda: edits.erase_nearest(painting, self._place()),
            Key.Key_Escape: self._escape,
        }
        return calls.get(key)

    def _escape(self) -> None:
        (self.painting.abandon if self.painting.stroke is not None else self.painting.stop)()

    def _place(self) -> Place:
        """Where keys act: where they led, at the pointer, or else in the middle."""
        return self.map.probe or self._pointer or (0.0, 0.0)

    def _step(self, direction: tuple[int, int]) -> None:
        step = np.multiply(direction, (HIGHS - LOWS) / KEY_STEPS)
        x, y = np.clip(np.add(self._place(), step), LOWS, HIGHS).tolist()
        self.map.point_at((x, y))
        self.update()

    def hideEvent(self, event: QHideEvent) -> None:
        """End a stroke that cannot be seen any more."""
        super().hideEvent(event)
        self.painting.release()
