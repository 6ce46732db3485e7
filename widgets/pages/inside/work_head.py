"""What stands beside the tabs where work is asked for that takes a while: a button, and how far it is."""

from __future__ import annotations

from time import monotonic

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QWidget

from playground.numbers.writing import duration
from widgets.labels import label, show_text

BAR = 120
SURE = 0.5
"""Seconds after which the time that is left is said."""


class WorkHead(QWidget):
    """Begins and ends some work.

    Signals:
        pressed: the button was.
    """

    pressed = Signal()

    def __init__(self, begin: str, tip: str, parent: QWidget | None = None) -> None:
        """With these words on the button while it rests, and what it then does."""
        super().__init__(parent)
        self._begin, self._tip = begin, tip
        self.button = QPushButton()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(BAR)
        self.bar.setAccessibleName(self.tr("Progress"))
        self.left = label(role="muted")
        self._began = 0.0
        self.button.clicked.connect(self.pressed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addStretch(1)
        for part in (self.left, self.bar, self.button):
            row.addWidget(part)
        self.rest()

    def begin(self) -> None:
        """Work is under way."""
        self._began = monotonic()
        self.bar.setValue(0)
        self.bar.show()
        self.button.setText(self.tr("Cancel"))
        self.button.setToolTip(self.tr("Leave it; what was found so far stays."))

    def show_progress(self, done: float, of: float) -> None:
        """So much is done, of all."""
        self.bar.setValue(round(100 * done / max(of, 1)))
        taken = monotonic() - self._began
        if taken > SURE and done:
            left = duration(taken * (of - done) / done)
            show_text(self.left, self.tr("{time} left").format(time=left))

    def rest(self) -> None:
        """None is under way."""
        self.bar.hide()
        self.left.setText("")
        self.button.setText(self._begin)
        self.button.setToolTip(self._tip)
