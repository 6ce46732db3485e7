"""How well the network does, in two sentences: on what it never saw, and on what it learns from."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from playground.training.in_words import on_known, on_new
from playground.training.snapshot import Snapshot
from widgets.labels import label, show_live
from widgets.sentences import sentence


class InWords(QWidget):
    """Two lines at the right of the run bar, in place of losses and accuracy."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.new = label(role="heading")
        self.known = label(role="muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addStretch(1)
        for line in (self.new, self.known):
            column.addWidget(line, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Say how well it does now."""
        show_live(self.new, sentence(on_new(snapshot)))
        show_live(self.known, sentence(on_known(snapshot)))
