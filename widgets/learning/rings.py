"""Rings around what a lesson means, with bubbles beside them; they follow what moves and stop no click."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QPoint, QPointF, QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QVBoxLayout, QWidget

from playground.lessons.plan import Callout
from widgets import theme
from widgets.labels import label, together

PAUSE = 100
"""Milliseconds between two looks at where things are."""
ROUND = 6
"""How far a ring is from what it is around."""
TIP = 8
"""How far the tip of a bubble stands out."""
WIDEST = 250
EDGE = 6
"""How near the edge of the window a bubble may come."""
SIDES = (Qt.Edge.LeftEdge, Qt.Edge.RightEdge, Qt.Edge.TopEdge, Qt.Edge.BottomEdge)
"""Where the tip of a bubble may be, as it is tried: the bubble is right of the ring, left, below or above."""
_BELOW = (Qt.Edge.TopEdge, *SIDES)
_ABOVE = (Qt.Edge.BottomEdge, *SIDES)
_SIDES = {"layer": _BELOW, "input": _BELOW, "tab": _ABOVE}
"""Of what has neighbours left and right, which a bubble beside it would cover."""


class Ring(QWidget):
    """A dashed line around a place."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            pen = QPen(QColor(theme.current().accent), 2, Qt.PenStyle.CustomDashLine)
            pen.setDashPattern([3, 2])
            painter.setPen(pen)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), 9, 9)


class Bubble(QWidget):
    """What is said of a place, with a tip towards it."""

    def __init__(self, callout: Callout, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.sides = _SIDES.get(callout.place.partition(":")[0], SIDES)
        """Where the tip may be, as it is tried."""
        self._side = Qt.Edge.LeftEdge
        self._tip = 0.0
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(12 + TIP, 8 + TIP, 12 + TIP, 9 + TIP)
        column.setSpacing(2)
        self.setMaximumWidth(WIDEST + 2 * TIP)
        self._labels = [label(together(text), wraps=True) for text in (callout.title, callout.text) if text]
        for number, shown in enumerate(self._labels):
            font = shown.font()
            font.setBold(number == 0 and bool(callout.title))
            shown.setFont(font)
            column.addWidget(shown)
        self._recolour()
        theme.themes.changed.connect(self._recolour)
        self.hide()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to say."""
        return not self._labels

    def size_needed(self) -> QSize:
        """As large as its words need."""
        width = min(WIDEST + 2 * TIP, self._column.sizeHint().width())
        return QSize(width, self._column.totalHeightForWidth(width))

    def point(self, side: Qt.Edge, along: float) -> None:
        """Let the tip stand out at a side, so far along it."""
        if (side, along) != (self._side, self._tip):
            self._side, self._tip = side, along
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground and the tip."""
        body = QRectF(self.rect()).adjusted(TIP, TIP, -TIP, -TIP)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.current().accent))
            painter.drawRoundedRect(body, 6, 6)
            painter.drawPolygon(self._tip_of(body))

    def _tip_of(self, body: QRectF) -> QPolygonF:
        along, half = self._tip, TIP - 1
        if self._side in (Qt.Edge.LeftEdge, Qt.Edge.RightEdge):
            left = self._side == Qt.Edge.LeftEdge
            base, end = (body.left() + 1, 0) if left else (body.right() - 1, self.width())
            points = (QPointF(base, along - half), QPointF(end, along), QPointF(base, along + half))
        else:
            top = self._side == Qt.Edge.TopEdge
            base, end = (body.top() + 1, 0) if top else (body.bottom() - 1, self.height())
            points = (QPointF(along - half, base), QPointF(along, end), QPointF(along + half, base))
        return QPolygonF(points)

    def _recolour(self) -> None:
        for shown in self._labels:
            shown.setStyleSheet(f"color: {theme.current().on_accent};")


class LessonRings(QObject):
    """Shows the callouts of a step, each where its place is now; none where it is nowhere to be seen."""

    def __init__(
        self,
        window: QWidget,
        place_of: Callable[[str], QRect | None],
        kept_free: Callable[[], tuple[QRect, ...]],
    ) -> None:
        """`place_of` tells where a place is in the window; None while it is not seen.

        What is `kept_free` is evaded by bubbles; that which covers the last of it, where the lesson itself
        is read, is not shown.
        """
        super().__init__(window)
        self._kept_free = kept_free
        self._window, self.place_of = window, place_of
        self.shown: list[tuple[Callout, Ring, Bubble]] = []
        self._timer = QTimer(self, interval=PAUSE)
        self._timer.timeout.connect(self.follow)

    def show(self, callouts: Sequence[Callout]) -> None:
        """Ring these places and no others."""
        for _, *widgets in self.shown:
            for widget in widgets:
                widget.hide()
                widget.deleteLater()
        self.shown = [(each, Ring(self._window), Bubble(each, self._window)) for each in callouts]
        if self.shown:
            self._timer.start()
            self.follow()
        else:
            self._timer.stop()

    def follow(self) -> None:
        """Put everything where its place is now."""
        for callout, ring, bubble in self.shown:
            found = self.place_of(callout.place)
            area = self._window.rect()
            seen = None if found is None else found.adjusted(-ROUND, -ROUND, ROUND, ROUND) & area
            visible = seen is not None and not seen.isEmpty()
            if visible:
                if ring.geometry() != seen:
                    ring.setGeometry(seen)
                self._place_bubble(bubble, seen)
            ring.setVisible(visible)
            covers = bubble.geometry().adjusted(TIP, TIP, -TIP, -TIP).intersects(self._kept_free()[-1])
            bubble.setVisible(visible and not bubble.is_empty and not covers)
            if visible:
                ring.raise_()
                bubble.raise_()

    def _place_bubble(self, bubble: Bubble, ring: QRect) -> None:
        """Beside the ring, where there is room first."""
        size, area = bubble.size_needed(), self._window.rect().adjusted(EDGE, EDGE, -EDGE, -EDGE)
        side, corner = placed(size, ring, area, bubble.sides, self._kept_free())
        middle = ring.center() - corner
        sideways = side in (Qt.Edge.LeftEdge, Qt.Edge.RightEdge)
        length = size.height() if sideways else size.width()
        along = min(max(middle.y() if sideways else middle.x(), 2.5 * TIP), length - 2.5 * TIP)
        bubble.point(side, along)
        place = QRect(corner, size)
        if bubble.geometry() != place:
            bubble.setGeometry(place)


def placed(
    size: QSize, ring: QRect, area: QRect, sides: Sequence[Qt.Edge] = SIDES, free: Sequence[QRect] = ()
) -> tuple[Qt.Edge, QPoint]:
    """At which side of a bubble its tip is, and where its corner: whole within the area.

    It is the first of the sides where there is room, or the last; beside a high ring it stands at its top.
    What it would cover of the places to be left free it evades, to the right or upwards, where it can.
    """
    width, height = size.width(), size.height()
    middle = ring.center() - QPoint(width // 2, height // 2)
    beside = ring.top() if ring.height() > 2 * height else middle.y()
    corners = {
        Qt.Edge.LeftEdge: QPoint(ring.right() + 1, beside),
        Qt.Edge.RightEdge: QPoint(ring.left() - width, beside),
        Qt.Edge.TopEdge: QPoint(middle.x(), ring.bottom() + 1),
        Qt.Edge.BottomEdge: QPoint(middle.x(), ring.top() - height),
    }
    side = next((each for each in sides if _has_room(each, corners[each], size, area)), sides[-1])
    x = min(max(corners[side].x(), area.left()), area.right() - width)
    y = min(max(corners[side].y(), area.top()), area.bottom() - height)
    for place in free:
        body = QRect(x, y, width, height).adjusted(TIP, TIP, -TIP, -TIP)
        if body.intersects(place) and side is Qt.Edge.LeftEdge:
            right, up = place.right() + 1, place.top() - height + TIP
            if place.top() <= ring.center().y() <= place.bottom() and right + width <= area.right():
                x = right
            elif up >= area.top() - TIP:
                y = up
    return side, QPoint(x, y)


def _has_room(side: Qt.Edge, corner: QPoint, size: QSize, area: QRect) -> bool:
    if side in (Qt.Edge.LeftEdge, Qt.Edge.RightEdge):
        return area.left() <= corner.x() and corner.x() + size.width() <= area.right()
    return area.top() <= corner.y() and corner.y() + size.height() <= area.bottom()
