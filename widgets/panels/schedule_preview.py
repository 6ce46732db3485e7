"""The learning rate over the planned epochs, as a small picture below the schedule's fields."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.analysis.curves import schedule_curve
from playground.experiment import Training
from playground.numbers.writing import entry
from playground.training.snapshot import Snapshot
from widgets import theme
from widgets.sentences import counted, sentence

HEIGHT = 72
LOWER = 18
"""Room for the epochs below the frame."""
GAP = 8
PADDING = 6
CAPTION_PIXELS = 11
FILL_ALPHA = 40


class SchedulePreview(QWidget):
    """A curve with the ends of its axes and a line where training stands; hidden for a constant rate.

    Signals:
        remarked: a sentence on what is odd about the schedule, "" when nothing is.
    """

    remarked = Signal(str)

    def __init__(self, gutter: int, parent: QWidget | None = None) -> None:
        """Begin the frame `gutter` pixels from the left, in line with the controls above."""
        super().__init__(parent)
        self._gutter = gutter
        self._training: Training | None = None
        self._steps_per_epoch = 1
        self._epochs, self._rates = np.zeros(1), np.zeros(1)
        self.epoch = 0.0
        """Where training stands."""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Learning rate over the planned epochs"))
        self.setToolTip(
            self.tr("The learning rate over the planned epochs; the line is where training stands.")
        )
        self.hide()
        theme.themes.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """As low as can be read."""
        return QSize(self._gutter + 100, HEIGHT)

    # --- what is shown ----------------------------------------------------------------------------------

    def show_training(self, training: Training) -> None:
        """Show the schedule of a training."""
        before, self._training = self._training, training
        if before is None or _of_rate(before) != _of_rate(training):
            self._compute(training)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """See how far training is; painted only when the line moves by a pixel."""
        if (steps := max(snapshot.steps_per_epoch, 1)) != self._steps_per_epoch:
            self._steps_per_epoch = steps
            if self._training is not None:
                self._compute(self._training)
        before, self.epoch = self._place(), snapshot.progress
        if self._place() != before:
            self.update()

    def _compute(self, training: Training) -> None:
        self._epochs, self._rates = schedule_curve(
            training.schedule, training.optimizer.learning_rate, training.epochs, self._steps_per_epoch
        )
        self.setVisible(bool(np.ptp(self._rates)))
        self.remarked.emit(sentence(training.schedule.remark(training.epochs, self._steps_per_epoch)))
        ends = self.tr("From {first} to {last}.")
        first, last = (entry(float(rate)) for rate in self._rates[[0, -1]])
        self.setAccessibleDescription(ends.format(first=first, last=last))
        self.update()

    # --- painting ---------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw frame, curve, ends and the line."""
        shown, frame = theme.current(), self._frame()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(shown.border), 1))
            painter.setBrush(QColor(shown.canvas))
            painter.drawRoundedRect(frame, 6, 6)
            self._paint_curve(painter, frame.adjusted(PADDING, PADDING, -PADDING, -PADDING))
            self._paint_ends(painter, frame)
            if (place := self._place()) is not None:
                painter.setPen(QPen(QColor(shown.accent), 1.4))
                painter.drawLine(QPointF(place, frame.top() + 2), QPointF(place, frame.bottom() - 2))

    def _paint_curve(self, painter: QPainter, inside: QRectF) -> None:
        colour = QColor(theme.current().lines[2])
        x = inside.left() + self._epochs / self._last_epoch * inside.width()
        y = inside.bottom() - self._rates / max(self._rates.max(), 1e-300) * inside.height()
        points = [QPointF(*place) for place in zip(x.tolist(), y.tolist(), strict=True)]
        ground = [QPointF(points[-1].x(), inside.bottom()), QPointF(points[0].x(), inside.bottom())]
        tint = QColor(colour)
        tint.setAlpha(FILL_ALPHA)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tint)
        painter.drawPolygon(QPolygonF(points + ground))
        painter.setPen(QPen(colour, 1.6))
        painter.drawPolyline(QPolygonF(points))

    def _paint_ends(self, painter: QPainter, frame: QRectF) -> None:
        font = QFont(self.font())
        font.setPixelSize(CAPTION_PIXELS)
        painter.setFont(font)
        painter.setPen(QColor(theme.current().muted))
        side = QRectF(0, frame.top() - 1, self._gutter - GAP, frame.height() + 2)
        below = QRectF(frame.left(), frame.bottom() + 2, frame.width(), LOWER - 2)
        right, left = Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignLeft
        top, bottom = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignBottom
        painter.drawText(side, right | top, entry(float(self._rates.max())))
        painter.drawText(side, right | bottom, "0")
        painter.drawText(below, left | top, "0")
        last = counted("{count} epoch", "{count} epochs", round(self._last_epoch))
        painter.drawText(below, right | top, last)

    @property
    def _last_epoch(self) -> float:
        return float(self._training.epochs) if self._training else 1.0

    def _frame(self) -> QRectF:
        return QRectF(self._gutter, 0, self.width() - self._gutter, self.height() - LOWER).adjusted(
            0.5, 0.5, -0.5, -0.5
        )

    def _place(self) -> int | None:
        """The pixel of the line; None before training and after its end."""
        if not 0 < self.epoch <= self._last_epoch:
            return None
        frame = self._frame()
        return round(frame.left() + PADDING + self.epoch / self._last_epoch * (frame.width() - 2 * PADDING))


def _of_rate(training: Training) -> tuple:
    """What the curve depends on."""
    return training.schedule, training.optimizer.learning_rate, training.epochs
