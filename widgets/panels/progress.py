"""How far training has come: the epoch, its goal and the time that is left."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from playground.numbers.writing import duration, whole
from playground.training.snapshot import Snapshot, State
from widgets.panels.captioned import Captioned, LargeNumber, room_for

RESOLUTION = 1000
"""Positions of the progress bar."""

_WIDEST = "of 00 000 · 00 min left"


def seconds_left(snapshot: Snapshot) -> float | None:
    """Seconds until the goal at the present speed; None while that cannot be said."""
    if snapshot.state is not State.RUNNING or snapshot.steps_per_second <= 0:
        return None
    return (snapshot.goal - snapshot.progress) * snapshot.steps_per_epoch / snapshot.steps_per_second


class EpochProgress(QWidget):
    """The epoch counter, and beside it goal, time left and a bar."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        tip = self.tr("Passes over the training samples so far.")
        self.epoch = LargeNumber(self.tr("Epoch"), tip, widest="0 000")
        self.bar = QProgressBar()
        self.bar.setRange(0, RESOLUTION)
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(4)
        self.bar.setAccessibleName(self.tr("Progress"))
        self.bar.setToolTip(self.tr("How much of the planned training is done."))
        self.goal = Captioned("", self.bar)
        self.goal.caption.setMinimumWidth(room_for(self.goal.caption, _WIDEST))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self.epoch)
        layout.addWidget(self.goal, 1)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show how far this is."""
        self.epoch.show_text(whole(snapshot.epoch))
        words = self.tr("of {goal}").format(goal=whole(snapshot.goal))
        if (seconds := seconds_left(snapshot)) is not None:
            words += " · " + self.tr("{time} left").format(time=duration(seconds))
        self.goal.show_caption(words)
        place = round(RESOLUTION * snapshot.progress / max(snapshot.goal, 1))
        if place != self.bar.value():
            self.bar.setValue(place)
