"""Parallel coordinates: an upright axis for each setting and the goal, a line for each trial through them."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QCoreApplication, QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen

from widgets.plots.trials.drawing import cover, faint, shades
from widgets.plots.trials.growing import GrowingPicture
from widgets.plots.trials.parallel_axes import NEAR_AXIS, Brushes, ParallelAxes, Range
from widgets.plots.trials.trial_columns import Rows, TrialColumns
from widgets.plots.trials.trial_figure import REACH, TrialFigure
from widgets.quick import draw_lines, joined
from widgets.theme import current

SIDE, TOP, BOTTOM = 34, 26, 22
TAP = 0.02
"""Below this share of an axis a drag was a click, which chooses all again."""
STEP = 0.05
COVER, LEFT_OUT = 90, 16
MOST_BEST = 12
"""So many lines are brought out at most."""
TIERS = 12
"""In so many colours lines are drawn, as each has a pen."""
NOTHING_CHOSEN: Brushes = {}


class ParallelPlot(TrialFigure):
    """Lines in the colour of the goal; drag along an axis to choose, click on it to choose all again.

    Left and right go from axis to axis, up and down move what is chosen of it: its upper end, or with Shift
    its lower one.

    Signals:
        rows_chosen: which rows are chosen, or None for all.
    """

    rows_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__(_tr("How settings go with the goal"))
        self._picture = GrowingPicture(self)
        self.laid = ParallelAxes.of(self.trials)
        self.brushes: Brushes = NOTHING_CHOSEN
        self._dragged: tuple[int, float] | None = None
        self._axis = 0

    # --- what is shown ----------------------------------------------------------------------------------

    def show_trials(self, trials: TrialColumns) -> None:
        """Show these; what is chosen stays as long as it is the same search."""
        if trials.origin is not self.trials.origin:
            self._picture.forget()
            self.choose(NOTHING_CHOSEN)
        self.laid = ParallelAxes.of(trials)
        super().show_trials(trials)
        if self.brushes:
            self.rows_chosen.emit(self.chosen())

    def rows(self) -> Rows:
        """All that are done."""
        return self.laid.rows

    def chosen(self) -> Rows | None:
        """The rows within all that is chosen; None where nothing is."""
        if not self.brushes:
            return None
        found: Rows = self.laid.rows[self.laid.within(self.brushes)]
        return found

    def choose(self, brushes: Brushes) -> None:
        """Choose what is within these."""
        if brushes != self.brushes:
            self.brushes = dict(brushes)
            self.rows_chosen.emit(self.chosen())
            self.update()

    # --- places -----------------------------------------------------------------------------------------

    @property
    def area(self) -> QRectF:
        """What the axes stand in."""
        return QRectF(self.rect()).adjusted(SIDE, TOP, -SIDE, -BOTTOM)

    def nearest(self, place: QPointF) -> int | None:
        """The line that passes nearest above or below the pointer, of those that are chosen."""
        return self.laid.line_at(self.area, place, REACH, self.laid.within(self.brushes))

    def spot(self, row: int) -> QPointF | None:
        """Where a line comes to the goal."""
        found = np.flatnonzero(self.laid.rows == row)
        if not len(found) or not self.laid.axes:
            return None
        place = self.laid.places(self.area, found)[0, -1]
        return QPointF(*place.tolist()) if np.isfinite(place).all() else None

    def _share_at(self, place: QPointF) -> float:
        return float(np.clip((self.area.bottom() - place.y()) / self.area.height(), 0, 1))

    # --- the pointer and keys ---------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to choose along an axis, or choose a line."""
        axis = self.laid.axis_at(self.area, event.position())
        if event.button() == Qt.MouseButton.LeftButton and axis is not None:
            self._dragged, self._axis = (axis, self._share_at(event.position())), axis
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Choose as far as the pointer is, or point at a line."""
        if self._dragged is None:
            on_axis = self.laid.axis_at(self.area, event.position()) is not None
            self.setCursor(Qt.CursorShape.SizeVerCursor if on_axis else Qt.CursorShape.ArrowCursor)
            super().mouseMoveEvent(event)
            return
        axis, begun = self._dragged
        here = self._share_at(event.position())
        self.choose({**self.brushes, axis: (min(begun, here), max(begun, here))})

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose; a click chooses all of this axis."""
        if self._dragged is not None:
            axis, begun = self._dragged
            self._dragged = None
            if abs(self._share_at(event.position()) - begun) < TAP:
                self.choose({each: brush for each, brush in self.brushes.items() if each != axis})

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the line that is there."""
        if self.laid.axis_at(self.area, event.position()) is None:
            super().mouseDoubleClickEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from axis to axis, and move what is chosen of one."""
        key, count = Qt.Key(event.key()), len(self.laid.axes)
        side = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(key)
        way = {Qt.Key.Key_Up: STEP, Qt.Key.Key_Down: -STEP}.get(key)
        if side is not None and count:
            self._axis = min(max(self._axis + side, 0), count - 1)
            self.update()
        elif way is not None and count:
            low, high = self.brushes.get(self._axis, (0.0, 1.0))
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                low = min(max(low + way, 0.0), high)
            else:
                high = max(min(high + way, 1.0), low)
            self.choose({**self.brushes, self._axis: (low, high)})
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.brushes:
            self.choose(NOTHING_CHOSEN)
        else:
            super().keyPressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is pointed at."""
        self.unsetCursor()
        super().leaveEvent(event)

    # --- drawing ----------------------------------------------------------------------------------------

    def paint(self, painter: QPainter) -> None:
        """Draw lines from their picture, the best and axes over them."""
        rows = self.rows()
        grown = int(np.log2(max(len(rows), 1)) * 8)  # ranks change as trials come: anew at each ninth more
        of = (self.trials.origin, self.laid.axes, tuple(sorted(self.brushes.items())), grown)
        self._picture.paint(painter, self.size(), of, len(rows), self._draw)
        self._paint_best(painter)
        if self.pointed is not None and len(found := np.flatnonzero(rows == self.pointed)):
            painter.setPen(QPen(QColor(current().text), 1.8))
            draw_lines(painter, joined(self.laid.places(self.area, found)))
        self._paint_axes(painter)

    def paint_whole(self, painter: QPainter) -> None:
        """Draw all at once."""
        self._draw(painter, 0, len(self.rows()))
        self._paint_best(painter)
        self._paint_axes(painter)

    def _draw(self, painter: QPainter, start: int, end: int) -> None:
        """Draw the lines of some rows: those left out, then a pen for each tier of goodness."""
        piece = slice(start, end)
        places, chosen = self.laid.places(self.area, piece), self.laid.within(self.brushes)[piece]
        painter.setPen(QPen(faint(current().muted, LEFT_OUT), 1))
        draw_lines(painter, joined(places[~chosen]))
        goodness = self.trials.goodness[self.rows()][piece]
        tiers = np.minimum((goodness * TIERS).astype(int), TIERS - 1)
        for tier in range(TIERS):
            painter.setPen(QPen(_colour((tier + 0.5) / TIERS, cover(COVER, len(self.rows()))), 1))
            draw_lines(painter, joined(places[chosen & (tiers == tier)]))

    def _paint_best(self, painter: QPainter) -> None:
        """Bring out the best of what is chosen."""
        goodness = np.where(self.laid.within(self.brushes), self.trials.goodness[self.rows()], -1.0)
        best = np.argsort(-goodness, kind="stable")[: min(MOST_BEST, max(len(goodness) // TIERS, 1))]
        painter.setPen(QPen(_colour(1.0, 255), 1.4))
        draw_lines(painter, joined(self.laid.places(self.area, best[goodness[best] >= 0])))

    def _paint_axes(self, painter: QPainter) -> None:
        area, shown, axes = self.area, current(), self.laid.axes
        room = area.width() / max(len(axes) - 1, 1) - 6
        small, bold = painter.font(), self.small_font()
        bold.setBold(True)
        for place, (axis, x) in enumerate(zip(axes, self.laid.lefts(area).tolist(), strict=True)):
            here = self.focused_by_key and place == self._axis
            painter.setPen(QPen(QColor(shown.focus if here else shown.muted), 1.6))
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
            painter.setFont(bold)
            painter.setPen(QColor(shown.text))
            _write(painter, x, 2, room, self.width(), axis.title)
            painter.setFont(small)
            painter.setPen(QColor(shown.muted))
            low, high = axis.ends()
            ends = low if low == high else f"{low} … {high}"
            _write(painter, x, area.bottom() + 3, room, self.width(), ends)
            if place in self.brushes:
                self._paint_brush(painter, x, self.brushes[place])

    def _paint_brush(self, painter: QPainter, x: float, brush: Range) -> None:
        low, high = (self.area.bottom() - share * self.area.height() for share in brush)
        painter.setPen(QPen(QColor(current().accent), 1))
        painter.setBrush(faint(current().accent, 60))
        painter.drawRoundedRect(QRectF(x - NEAR_AXIS / 2, high, NEAR_AXIS, max(low - high, 2)), 3, 3)


def _colour(goodness: float, opacity: int) -> QColor:
    result = QColor(*shades(np.array([goodness]))[0].tolist())
    result.setAlpha(opacity)
    return result


def _write(painter: QPainter, x: float, y: float, room: float, width: int, text: str) -> None:
    """Write around x, within the widget."""
    words = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(room))
    wide = painter.fontMetrics().horizontalAdvance(words) + 2
    left = min(max(x - wide / 2, 2), width - wide - 2)
    painter.drawText(QRectF(left, y, wide, 16), Qt.AlignmentFlag.AlignCenter, words)


def _tr(text: str) -> str:
    return QCoreApplication.translate("ParallelPlot", text)
