"""The base of all views of trials: one of them is pointed at, by the pointer or by keys, and told of."""

from __future__ import annotations

from abc import abstractmethod

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent

from widgets.figures.columns import Columns
from widgets.plots.confusion_matrix import Spot
from widgets.plots.painted_figure import PaintedFigure
from widgets.plots.spot_label import SpotLabel
from widgets.plots.trials.trial_columns import Rows, TrialColumns
from widgets.theme import Theme, current

REACH = 14
"""Pixels around a trial in which it is pointed at."""
MOST_SETTINGS = 8
NEXT = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class TrialFigure(PaintedFigure):
    """Shows trials; arrow keys go from one to the next, Enter opens the one that is pointed at.

    Signals:
        trial_pointed: the row that is pointed at, or None.
        trial_chosen: the row that was clicked.
        trial_opened: the row that is to be opened.
    """

    trial_pointed = Signal(object)
    trial_chosen = Signal(int)
    trial_opened = Signal(int)

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.trials = TrialColumns()
        self.pointed: int | None = None
        """The row that is pointed at."""
        self._label = SpotLabel(self.small_font(), self)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.lie_on_panel()
        self.menu_button.hide()
        self._label.show_theme(current())

    # --- what is shown ----------------------------------------------------------------------------------

    def show_trials(self, trials: TrialColumns) -> None:
        """Show these."""
        if self.pointed is not None and trials.origin is not self.trials.origin:
            self.pointed = None
            self._label.hide()
        self.trials = trials
        self.update()

    @abstractmethod
    def rows(self) -> Rows:
        """The rows that have a place here, in the order in which keys go through them."""

    @abstractmethod
    def nearest(self, place: QPointF) -> int | None:
        """The row that is at a place of the widget."""

    @abstractmethod
    def spot(self, row: int) -> QPointF | None:
        """Where a row is seen, if it is."""

    def columns(self) -> Columns:
        """Number, state, goals and settings of the trials that are shown."""
        rows, trials = self.rows(), self.trials
        found: dict[str, np.ndarray] = {self.tr("trial"): trials.numbers[rows]}
        found |= {goal.title: goal.values[rows] for goal in trials.goals}
        for setting in trials.settings:
            values = setting.values[rows]
            if setting.names:
                values = np.array([setting.text(int(row)) for row in rows], dtype=object)
            found[setting.title] = values
        return found

    def words(self, row: int) -> str:
        """What is told of a trial."""
        trials = self.trials
        lines = [self.tr("Trial {number}").format(number=int(trials.numbers[row]))]
        lines += [f"{goal.title}  {goal.text(row)}" for goal in trials.goals]
        lines += [f"{each.title}  {each.text(row)}" for each in trials.settings[:MOST_SETTINGS]]
        return "\n".join(lines)

    def sizeHint(self) -> QSize:
        """Some room."""
        return QSize(320, 180)

    def minimumSizeHint(self) -> QSize:
        """Little room."""
        return QSize(120, 90)

    # --- drawing ----------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it on the ground of the panel."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(self.small_font())
            self.paint_ground(painter)
            if len(self.trials):
                self.paint(painter)
            else:
                painter.setPen(QColor(current().muted))
                painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.tr("no trials yet"))
            self.paint_focus(painter)

    def paint_figure(self, painter: QPainter) -> None:
        """Draw all of it, as lines and text."""
        painter.setFont(self.small_font())
        self.paint_ground(painter)
        self.paint_whole(painter)

    @abstractmethod
    def paint_whole(self, painter: QPainter) -> None:
        """Draw it for a file: at once, and without what is pointed at."""

    def show_theme(self, theme: Theme) -> None:
        """Take on the colours of another theme."""
        super().show_theme(theme)
        self._label.show_theme(theme)

    # --- pointing ---------------------------------------------------------------------------------------

    def point_to(self, row: int | None) -> None:
        """Bring out a trial, since it is pointed at here or elsewhere; the words stand where it is."""
        if row != self.pointed:
            self.pointed = row
            self._say()
            self.update()

    def _say(self) -> None:
        row = self.pointed
        place = None if row is None or not (self.underMouse() or self.hasFocus()) else self.spot(row)
        if row is None or place is None:
            self._label.show_spot(None)
            return
        self._label.show_spot(Spot(QRectF(place.x() - 4, place.y() - 4, 8, 8), self.words(row)))
        self.setAccessibleDescription(self.words(row))

    def _point(self, row: int | None) -> None:
        if row != self.pointed:
            self.point_to(row)
            self.trial_pointed.emit(row)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Point at what is there."""
        self._point(self.nearest(event.position()) if len(self.trials) else None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose what is there."""
        if event.button() == Qt.MouseButton.LeftButton and len(self.trials):
            row = self.nearest(event.position())
            if row is not None:
                self.trial_chosen.emit(row)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open what is there."""
        if (row := self.nearest(event.position())) is not None:
            self.trial_opened.emit(row)

    def leaveEvent(self, event: QEvent) -> None:
        """Point at nothing."""
        self._point(None)
        self._label.show_spot(None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What was pointed at is elsewhere."""
        super().resizeEvent(event)
        self._say()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the next trial or the one before, or open it."""
        key, rows = Qt.Key(event.key()), self.rows()
        if key in NEXT and len(rows):
            found = np.flatnonzero(rows == self.pointed)
            place = int(found[0]) + NEXT[key] if len(found) else (len(rows) - 1 if NEXT[key] < 0 else 0)
            self._point(int(rows[min(max(place, 0), len(rows) - 1)]))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.pointed is not None:
            self.trial_opened.emit(self.pointed)
        else:
            super().keyPressEvent(event)


def near(places: np.ndarray, place: QPointF, reach: float = REACH) -> int | None:
    """Which of places (n, 2) is the nearest to one, and not too far away."""
    if not len(places):
        return None
    far = np.hypot(places[:, 0] - place.x(), places[:, 1] - place.y())
    far = np.where(np.isfinite(far), far, np.inf)
    index = int(np.argmin(far))
    return index if far[index] <= reach else None
