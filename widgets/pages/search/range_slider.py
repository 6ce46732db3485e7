"""A slider with two handles, for where a setting varies."""

from __future__ import annotations

from bisect import bisect_left

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.gesture import new_gesture
from widgets.key_focus import KeyFocus
from widgets.theme import current, themes

HEIGHT, GROOVE, HANDLE = 18, 4.0, 5.0


class RangeSlider(KeyFocus):
    """Stands on stops, which rise; the handle that is nearer to the pointer goes along with it.

    Left and right move the upper end, with Shift the lower one.

    Signals:
        moved: the new ends, and the gesture.
    """

    moved = Signal(float, float, int)

    def __init__(self, stops: tuple[float, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stops = stops
        self.ends = (stops[0], stops[-1])
        self._held: int | None = None
        self._gesture = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        themes.changed.connect(self.update)

    def show_ends(self, low: float, high: float) -> None:
        """Stand there; nothing is emitted."""
        if (low, high) != self.ends:
            self.ends = (low, high)
            self.update()

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(160, HEIGHT)

    # --- places -----------------------------------------------------------------------------------------

    def _nearest(self, number: float) -> int:
        index = min(bisect_left(self.stops, number), len(self.stops) - 1)
        if index and number - self.stops[index - 1] < self.stops[index] - number:
            index -= 1
        return index

    def left_of(self, number: float) -> float:
        """The pixel at which a number stands."""
        share = self._nearest(number) / max(len(self.stops) - 1, 1)
        return HANDLE + share * (self.width() - 2 * HANDLE)

    def _stop_at(self, x: float) -> int:
        share = (x - HANDLE) / max(self.width() - 2 * HANDLE, 1)
        return round(min(max(share, 0.0), 1.0) * (len(self.stops) - 1))

    def _move(self, end: int, stop: int) -> None:
        places = [self._nearest(each) for each in self.ends]
        places[end] = min(stop, places[1]) if end == 0 else max(stop, places[0])
        low, high = (self.stops[place] for place in places)
        ends = (low, self.ends[1]) if end == 0 else (self.ends[0], high)
        if ends != self.ends and ends[0] <= ends[1]:
            self.moved.emit(*ends, self._gesture)

    # --- the pointer and keys ---------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the nearer handle."""
        if event.button() == Qt.MouseButton.LeftButton:
            x = event.position().x()
            low, high = map(self.left_of, self.ends)
            self._held = 0 if abs(x - low) < abs(x - high) or (low == high and x < low) else 1
            self._gesture = new_gesture()
            self._move(self._held, self._stop_at(x))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Take it along."""
        if self._held is not None:
            self._move(self._held, self._stop_at(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let it go."""
        self._held = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move an end by keys; a key held down is one gesture."""
        way = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if way is None:
            super().keyPressEvent(event)
            return
        if not event.isAutoRepeat():
            self._gesture = new_gesture()
        end = 0 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
        stop = self._nearest(self.ends[end]) + way
        self._move(end, min(max(stop, 0), len(self.stops) - 1))

    # --- drawing ----------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw groove, range and handles."""
        shown, middle = current(), self.height() / 2
        low, high = map(self.left_of, self.ends)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            for left, right, colour in ((0, self.width(), shown.border), (low, high, shown.accent)):
                painter.setBrush(QColor(colour))
                groove = QRectF(left, middle - GROOVE / 2, max(right - left, GROOVE), GROOVE)
                painter.drawRoundedRect(groove, GROOVE / 2, GROOVE / 2)
            if self.underMouse() or self._held is not None or self.focused_by_key:
                painter.setPen(QPen(QColor(shown.accent), 1.6))
                painter.setBrush(QColor(shown.panel))
                for x in (low, high):
                    painter.drawEllipse(QPointF(x, middle), HANDLE - 1, HANDLE - 1)
