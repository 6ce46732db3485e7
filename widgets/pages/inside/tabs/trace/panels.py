"""The panels of the tab Trace: a frame with a title, and something at the right of that."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget


class TitledPanel(QFrame):
    """A rounded frame with a heading; `right` stands at the end of its line."""

    def __init__(self, title: str, right: QWidget | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.heading = QLabel(title)
        self.heading.setProperty("role", "heading")
        row = QHBoxLayout()
        row.addWidget(self.heading, 1)
        if right is not None:
            row.addWidget(right)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(13, 9, 13, 11)
        self.column.setSpacing(6)
        self.column.addLayout(row)


def muted(text: str = "") -> QLabel:
    """Words that stand back, over several lines where they are long."""
    label = QLabel(text)
    label.setProperty("role", "muted")
    label.setWordWrap(True)
    return label
