"""Frames around what a laboratory shows: a head line with a name, a remark and links, then the content."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from widgets.elided_label import ElidedLabel
from widgets.labels import label


class LabFrame(QFrame):
    """A panel with a head line.

    Attributes:
        remark: the muted words in the head line.
        head, column: the head line, and what is below it.
    """

    def __init__(self, title: str, content: QWidget, links: Sequence[QWidget] = ()) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self.remark = ElidedLabel()
        self.remark.setProperty("role", "muted")
        self.head = QHBoxLayout()
        self.head.setSpacing(8)
        self.head.addWidget(label(title, "heading"))
        self.head.addWidget(self.remark, 1)
        for link in links:
            self.head.addWidget(link)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(12, 8, 12, 8)
        self.column.setSpacing(4)
        self.column.addLayout(self.head)
        self.column.addWidget(content, 1)
