"""What stands beside the tabs while gradients are checked: the button, and how far it is."""

from __future__ import annotations

from time import monotonic

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QWidget

from playground.numbers.writing import duration
from widgets.labels import label, show_text

BAR = 120
SURE = 0.5
"""Seconds after which the time that is left is said."""


class CheckHead(QWidget):
    """Begins and ends a check.

    Signals:
        pressed: the button was.
    """

    pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.button = QPushButton(self.tr("Check"))
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
        """A check is under way."""
        self._began = monotonic()
        self.bar.setValue(0)
        self.bar.show()
        self.button.setText(self.tr("Cancel"))
        self.button.setToolTip(self.tr("Leave the check; what was found so far stays."))

    def show_progress(self, done: int, of: int) -> None:
        """So many numbers are done, of all."""
        self.bar.setValue(round(100 * done / max(of, 1)))
        taken = monotonic() - self._began
        if taken > SURE and done:
            left = duration(taken * (of - done) / done)
            show_text(self.left, self.tr("{time} left").format(time=left))

    def rest(self) -> None:
        """None is under way."""
        self.bar.hide()
        self.left.setText("")
        self.button.setText(self.tr("Check"))
        self.button.setToolTip(self.tr("Compare the gradient with differences of the loss, on a copy."))
