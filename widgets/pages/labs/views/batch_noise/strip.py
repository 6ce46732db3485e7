"""An epoch in front of one's eyes: a bar a sample in the order of the epoch, batch after batch."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.labs.batch_noise.walk import BatchMoment
from widgets import theme
from widgets.pages.labs.entries import entry_colour

HEIGHT = 20
GAP = 0.12
"""Of a bar's room, left between two."""
BETWEEN = 0.7
"""Of a bar's room, left between batches as long as there are not too many."""
SEEN, ROUND = 110, 2.0


class EpochStrip(QWidget):
    """Seen samples are grey, those of the batch coloured, those to come hollow."""

    def __init__(self) -> None:
        super().__init__()
        self._moment: BatchMoment | None = None
        self._size = 1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.themes.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """A low strip."""
        return QSize(200, HEIGHT)

    def show_moment(self, moment: BatchMoment, size: int) -> None:
        """Show the epoch under way, in batches of this size."""
        self._moment, self._size = moment, size
        words = self.tr("Samples {first} to {last} of {count}.")
        told = words.format(first=moment.begin + 1, last=moment.end, count=len(moment.order))
        self.setAccessibleName(self.tr("Epoch"))
        self.setAccessibleDescription(told)
        self.setToolTip(told)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bars."""
        if (moment := self._moment) is None:
            return
        shown, count = theme.current(), len(moment.order)
        batches = -(-count // self._size)
        room = self.width() / (count + BETWEEN * (batches - 1))
        batch, seen, ahead = QColor(entry_colour(0)), QColor(shown.muted), QColor(shown.border)
        seen.setAlpha(SEEN)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            for place in range(count):
                left = room * (place + BETWEEN * (place // self._size))
                colour = seen if place < moment.begin else batch if place < moment.end else ahead
                painter.setBrush(colour)
                bar = QRectF(left + GAP * room / 2, 2, room * (1 - GAP), HEIGHT - 4)
                painter.drawRoundedRect(bar, ROUND, ROUND)
